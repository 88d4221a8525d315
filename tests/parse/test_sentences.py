"""Blocks and sentences: what is read as title, heading, bullet, body, and what is furniture."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.catalog.language import load_language
from pipelines.parse.sentences import Sentence, split_sentences

FR = load_language("fr")

BULLETIN = """Point hebdomadaire

BULLETIN DES OPERATIONS
SEMAINE DU 05 AU 11 MAI 2025

L'armée a rendu public son point.

1. THEATRE OUEST

Zone d'opération Alpha (région de Ségou)

- Le 6, un guetteur a été neutralisé. Une moto a été saisie ;
- le 7, deux suspects ont été
interpellés.

2. THEATRE EST

Rien à signaler.

A. B.
www.exemple.com
"""


def read(text: str, *, has_title: bool = True) -> list[tuple[str, str]]:
    return [(s.kind, text[s.start : s.end]) for s in split_sentences(text, FR, has_title=has_title)]


def find(text: str, start: str) -> tuple[Sentence, list[Sentence]]:
    sentences = split_sentences(text, FR)
    return next(s for s in sentences if text[s.start : s.end].startswith(start)), sentences


def test_a_bulletin_is_laid_out() -> None:
    assert read(BULLETIN) == [
        ("title", "Point hebdomadaire"),
        ("heading", "BULLETIN DES OPERATIONS"),
        ("heading", "SEMAINE DU 05 AU 11 MAI 2025"),
        ("body", "L'armée a rendu public son point."),
        ("heading", "THEATRE OUEST"),
        ("heading", "Zone d'opération Alpha (région de Ségou)"),
        ("bullet", "Le 6, un guetteur a été neutralisé."),
        ("bullet", "Une moto a été saisie ;"),
        ("bullet", "le 7, deux suspects ont été\ninterpellés."),
        ("heading", "THEATRE EST"),
        ("body", "Rien à signaler."),
        ("noise", "A. B.\nwww.exemple.com"),
    ]


@pytest.mark.parametrize(
    ("sentence", "headings"),
    [
        ("L'armée", ["BULLETIN DES OPERATIONS", "SEMAINE DU 05 AU 11 MAI 2025"]),
        ("Une moto", ["THEATRE OUEST", "Zone d'opération Alpha (région de Ségou)"]),
        ("Rien", ["THEATRE EST"]),
    ],
)
def test_headings_govern_what_stands_below(sentence: str, headings: list[str]) -> None:
    found, sentences = find(BULLETIN, sentence)
    governing = [BULLETIN[sentences[i].start : sentences[i].end] for i in found.headings]
    assert governing[-len(headings) :] == headings
    assert all(sentences[i].kind == "heading" for i in found.headings)


def test_the_heading_of_a_list_ends_with_the_list() -> None:
    text = (
        "Titre\n\nAutres faits saillants :\n- Le 5, un mort.\n- Le 6, un blessé.\n\nLe calme est revenu dans la ville."
    )
    assert find(text, "Le 6")[0].headings == (1,)
    assert find(text, "Le calme")[0].headings == ()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Il est mort. Deux autres sont blessés.", 2),
        ("Le Gal. Diarra et M. Traoré ont vu J. K. à Gao.", 1),
        ("Niamey, 24 sept. (ANP) - Trois morts.", 1),
        ("« Ils sont venus. Ils ont tiré. » Le maire confirme.", 3),
        ("« Ça suffit ! », a dit le maire.", 1),
        ("Qui ? Personne ne sait… Rien.", 3),
        ("Six AK-47, 12.7 mm, 10.000 cartouches. Fin.", 2),
        ("Le bilan : 1 mort, 2 blessés ; 3 motos.", 1),
        ("Il est tombé au km 22. 03 motos saisies.", 2),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: int) -> None:
    assert len(read(text, has_title=False)) == sentences


@pytest.mark.parametrize(
    "line",
    [
        "Lire aussi : Deux morts à Mopti",
        "Suivez-nous sur WhatsApp | Facebook",
        "© Journal - Tous droits réservés",
        "Source : agences",
        "T. K., Abidjan",
        "Par F. K.",
        "La Rédaction",
        "journal.net - Votre avis nous intéresse",
        "Abonnez-vous à notre lettre",
    ],
)
def test_page_furniture_is_noise(line: str) -> None:
    text = f"Titre\n\nDix soldats sont morts lundi dans une embuscade à Tessit.\n\n{line}"
    assert read(text)[-1] == ("noise", line)


def test_all_below_the_comments_is_noise() -> None:
    text = (
        "Titre\n\nDix soldats sont morts lundi à Tessit, dit l'armée.\n\n3 commentaires\nJean : ils en "
        "ont tué 40 à Gao hier !"
    )
    assert [kind for kind, _ in read(text)] == ["title", "body", "noise", "noise"]


def test_teasers_after_the_signature_are_noise() -> None:
    text = (
        "Titre\n\nDix soldats sont morts lundi à Tessit, dit l'armée.\n\nLa Rédaction\n\n– Marché : "
        "l'oignon s'envole\n– Mercato"
    )
    assert [kind for kind, _ in read(text)] == ["title", "body", "noise", "noise", "noise"]


def test_results_in_bullets_at_the_end_are_no_furniture() -> None:
    text = "Titre\n\nLe bilan de l'embuscade de lundi est le suivant :\n- Côté FAMa : 09 morts\n- Côté GAT : 15 morts"
    assert [kind for kind, _ in read(text)][-2:] == ["bullet", "bullet"]


def test_a_caption_is_told_apart() -> None:
    assert read("Titre\n\nPhoto d'archives : des soldats à Gao en 2019\n\nLe camp a été attaqué.")[1][0] == "caption"


def test_a_paragraph_told_twice_counts_once() -> None:
    paragraph = "Dix soldats sont morts lundi dans une embuscade à Tessit, dans la région de Gao."
    assert [kind for kind, _ in read(f"Titre\n\n{paragraph}\n\n{paragraph}")] == ["title", "body", "noise"]


def test_the_title_once_more_is_a_sentence_of_its_own() -> None:
    title = "Insécurité : trois personnes tuées par l'explosion d'une mine, tout près de Gao"
    again = "Insécurité : trois personnes tuées par l'explosion d'une mine, près de Gao"
    assert read(f"{title}\n\n{again}\nTrois personnes ont péri.")[1:] == [
        ("body", again),
        ("body", "Trois personnes ont péri."),
    ]


def test_a_dateline_heads_nothing() -> None:
    text = "Titre\n\nAPA - Ouagadougou (Burkina Faso)\n\nLe camp a été attaqué."
    assert read(text)[1][0] == "noise"
    assert find(text, "Le camp")[0].headings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Une patrouille est tombée dans le cercle de\nBankass.",
        "Les FAMa ont saisi 10\n000 cartouches.",
        "Un communiqué qui a été coupé par la page à la largeur de ses lignes sans\nraison a été lu.",
    ],
)
def test_a_sentence_goes_on_in_the_next_line(text: str) -> None:
    assert read(text, has_title=False) == [("body", text)]


PIECES = st.sampled_from(
    [
        "Titre",
        "\n",
        "\n\n",
        ". ",
        " ",
        "- ",
        "1. ",
        "• ",
        "THEATRE EST",
        "Lire aussi",
        "3 commentaires",
        "Photo",
        "dit M. ",
        "« ",
    ]
)


@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=80)), st.booleans())
@settings(max_examples=300)
def test_sentences_stand_in_order_and_lose_no_word(text: str, has_title: bool) -> None:
    sentences = split_sentences(text, FR, has_title=has_title)
    for sentence in sentences:
        assert 0 <= sentence.start < sentence.end <= len(text)
        assert all(index < len(sentences) and sentences[index].kind == "heading" for index in sentence.headings)
    assert all(left.end <= right.start for left, right in pairwise(sentences))
    covered = {at for s in sentences for at in range(s.start, s.end)}
    assert not any(text[at].isalpha() for at in range(len(text)) if at not in covered and not _is_label(text, at))


def _is_label(text: str, at: int) -> bool:
    """Whether a letter belongs to the label of a list: a), IV."""
    return text[at] in "abcdefghIVX"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Plusieurs sont morts, selon la source.Par ailleurs, un poste a été pris.", 2),
        ("Le bilan est lourd.L'armée ratisse la zone.", 2),
        ("Voir maliweb.net et la page de M.Diarra.", 1),
        ("Version 2.Une", 1),
    ],
)
def test_sentences_without_a_blank_between(text: str, count: int) -> None:
    assert len(read(text, has_title=False)) == count
