"""Figures: what each wording means in low, best and high, and which numbers are none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.catalog.language import load_language
from pipelines.parse.counts import Count, find_counts
from pipelines.parse.dates import find_dates

FR = load_language("fr")


def read(text: str) -> list[tuple[str, int | None, int | None, int | None]]:
    return [(text[c.start : c.end], c.low, c.best, c.high) for c in find_counts(text, FR)]


def read_one(text: str) -> Count:
    (count,) = find_counts(text, FR)
    return count


@pytest.mark.parametrize(
    ("words", "low", "best", "high"),
    [
        ("six", 6, 6, 6),
        ("02", 2, 2, 2),
        ("trois (03)", 3, 3, 3),
        ("trente deux (32)", 32, 32, 32),
        ("cent soixante-trois (163)", 163, 163, 163),
        ("un (01)", 1, 1, 1),
        ("15 (quinze)", 15, 15, 15),
        ("vingt et un", 21, 21, 21),
        ("vingt-et-un", 21, 21, 21),
        ("soixante et onze", 71, 71, 71),
        ("quatre-vingts", 80, 80, 80),
        ("quatre-vingt-dix-neuf", 99, 99, 99),
        ("deux cent douze", 212, 212, 212),
        ("mille deux cents", 1200, 1200, 1200),
        ("deux mille", 2000, 2000, 2000),
        ("10 000", 10000, 10000, 10000),
        ("10\n000", 10000, 10000, 10000),
        ("45.555", 45555, 45555, 45555),
        ("1 176 528", 1176528, 1176528, 1176528),
        ("1,4 million", 1400000, 1400000, 1400000),
        ("20 mille", 20000, 20000, 20000),
        ("une dizaine", 8, 10, 12),
        ("une douzaine", 12, 12, 12),
        ("une quinzaine", 13, 15, 17),
        ("une bonne vingtaine", 17, 20, 23),
        ("une trentaine", 25, 30, 35),
        ("une quarantaine", 35, 40, 45),
        ("une cinquantaine", 45, 50, 55),
        ("une soixantaine", 55, 60, 65),
        ("une centaine", 85, 100, 115),
        ("une autre centaine", 85, 100, 115),
        ("une demi-douzaine", 6, 6, 6),
        ("environ une dizaine", 8, 10, 12),
        ("environ 40", 36, 40, 44),
        ("environ quatre-vingts (80)", 72, 80, 88),
        ("quelque 160", 144, 160, 176),
        ("quelques 35", 31, 35, 39),
        ("près de deux cents (200)", 180, 200, 220),
        ("8 000 environ", 7200, 8000, 8800),
        ("environ 7", 6, 7, 8),
        ("plus de 100", 100, 100, None),
        ("plus d'une centaine", 100, 100, None),
        ("au moins six", 6, 6, None),
        ("au moins une vingtaine", 20, 20, None),
        ("pas moins de 12", 12, 12, None),
        ("moins de dix", None, 10, 10),
        ("jusqu'à 20", None, 20, 20),
        ("deux à trois", 2, 3, 3),
        ("10 à 15", 10, 13, 15),
        ("entre 10 et 20", 10, 15, 20),
        ("5-6", 5, 6, 6),
        ("quatre ou cinq", 4, 5, 5),
        ("une dizaine à une quinzaine", 10, 13, 15),
        ("une à deux dizaines", 10, 15, 20),
        ("plusieurs", 2, None, None),
        ("quelques", 2, None, None),
        ("de nombreux", 2, None, None),
        ("des", 2, None, None),
        ("d'autres", 2, None, None),
        ("plusieurs dizaines", 20, None, None),
        ("des dizaines", 20, None, None),
        ("plusieurs centaines", 200, None, None),
        ("plusieurs milliers", 2000, None, None),
        ("des dizaines de milliers", 20000, None, None),
        ("aucun", 0, 0, 0),
        ("pas de", 0, 0, 0),
        ("sans", 0, 0, 0),
    ],
)
def test_a_figure_by_its_wording(words: str, low: int | None, best: int | None, high: int | None) -> None:
    assert read(f"On signale {words} morts.") == [(words, low, best, high)]


def test_an_article_is_one() -> None:
    count = read_one("une mitrailleuse")
    assert (count.best, count.rule) == (1, "article")


@pytest.mark.parametrize(
    "text",
    [
        "munitions de 12,7 et de 14.5",
        "AK-47, RPG-7, M16, TB2, PKM et 4x4",
        "mortier de 120 mm",
        "vers 12h45, à 09:30, à 00 h 50 et à 9 heures",
        "à 17 heures 30 minutes",
        "à 22 km de Tessit, à une vingtaine de kilomètres",
        "sur la RN6 et la RN 16",
        "les secteurs 4 et 5, la zone n° 8, le Secteur 4",
        "Numéros verts : 08 00 11 20 / 08 00 11 21",
        "le berger de 34 ans",
        "70 % du territoire, 16 milliards de FCFA",
        "le score (2-1), la 81e minute",
        "sept sur dix",
        "depuis 2012, en 2021, l'accord de 2015",
        "le 12 septembre 2025, du 3 au 5, le 12/03/2024",
        "Kalan 1 et Kalan 2, l'opération EMALOBE 2 ratisse",
        "deux jours plus tard, trois longs mois, quelques heures",
        "à deux-roues, le dix-neuvième corps",
        "la plaque AB-1234-MD",
        "l'article 12, la résolution 2085",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert [words for words in read(text) if words[0] not in {"des"}] == []


def test_calibres_do_not_hide_the_figures_beside_them() -> None:
    text = "84 cartouches de 12,7 en vrac, 1 440 de 7,62 court et 99 chargeurs"
    assert [c.best for c in find_counts(text, FR)] == [84, 1440, 99]


def test_a_bulleted_item_has_a_figure_and_a_label() -> None:
    assert read("1. Le 17 mars, 03 suspects ;\n2. Le 18, 1 240 patients") == [
        ("03", 3, 3, 3),
        ("1 240", 1240, 1240, 1240),
    ]


def test_a_modifier_behind_the_noun_counts_too() -> None:
    assert read("Cinq terroristes au moins y ont péri") == [("Cinq", 5, 5, None)]
    assert read("Quarante-cinq d'entre eux au moins") == [("Quarante-cinq", 45, 45, None)]
    assert read("dix soldats et au moins cinq civils") == [("dix", 10, 10, 10), ("au moins cinq", 5, 5, None)]


def test_a_figure_that_has_changed_is_no_range() -> None:
    assert [c.best for c in find_counts("le bilan est passé de 10 à 12 morts", FR)] == [10, 12]


def test_others_are_marked() -> None:
    assert [c.is_other for c in find_counts("trois morts et deux autres ; une autre dizaine", FR)] == [
        False,
        True,
        True,
    ]


def test_what_is_vague_is_marked() -> None:
    assert [c.is_vague for c in find_counts("plusieurs motos, 3 chars, une dizaine", FR)] == [True, False, False]


def test_a_proper_name_before_a_figure_and_a_plural_noun() -> None:
    assert [c.best for c in find_counts("Bilan à Gao 2 morts", FR)] == [2]


def test_figures_glued_to_words() -> None:
    assert [c.best for c in find_counts("les15 militaires et 15militaires", FR)] == [15, 15]


def test_dates_given_are_not_sought_again() -> None:
    text = "le 12 septembre, 12 morts"
    assert find_counts(text, FR, find_dates(text, FR)) == find_counts(text, FR)
    assert [c.best for c in find_counts(text, FR, [])] == [12, 12]


def test_another_language_gives_only_plain_figures() -> None:
    assert [c.best for c in find_counts("The army killed 12 men on Monday, 3 were wounded", FR)] == [12, 3]


NUMERALS = [*FR.section("numbers")["units"], *FR.section("numbers")["tens"]]
SIGNS = ["-", "(", ")", ",", ".", "\n", "12", "03", "1.000", "12,7", "2021", "km"]
WORDS = st.sampled_from(
    [*NUMERALS, *SIGNS, *"cent mille et une dizaine plus de d' entre à morts des".split(), "au moins"]  # noqa: SIM905 - short
)


@given(
    st.one_of(
        st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS, max_size=25).map("".join), st.text(max_size=60)
    )
)
@settings(max_examples=300)
def test_counts_stand_in_order_and_have_sane_bounds(text: str) -> None:
    counts = find_counts(text, FR)
    for count in counts:
        assert 0 <= count.start < count.end <= len(text)
        assert text[count.start : count.end].strip() == text[count.start : count.end]
        bounds = [value for value in (count.low, count.best, count.high) if value is not None]
        assert bounds == sorted(bounds)
        assert bounds
        assert min(bounds) >= 0
    assert all(left.end <= right.start for left, right in pairwise(counts))


@given(st.integers(0, 999_999))
def test_digits_and_words_agree_with_themselves(number: int) -> None:
    grouped = f"{number:,}".replace(",", " ")
    for written in {str(number), grouped}:
        if 1900 <= number <= 2100 and " " not in written:
            continue  # a bare number like a year is one unless a plural noun follows; it does here
        assert read_one(f"{written} soldats").best == number
