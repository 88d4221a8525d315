"""Laws of a whole reading: exact spans, no exception, bounded work, whatever comes in."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.mentions import Span
from pipelines.models import Article
from pipelines.parse.reading import LONGEST_TEXT
from pipelines.resolve import resolve_claims
from tests.parse.readings import knowledge, make_article, parse

PIECES = st.sampled_from(
    ["Le 3 mars,", "lundi", "à Niono,", "près de Gao", "des terroristes", "les FAMa", "ont attaqué", "ont été tués",
     "trois soldats", "deux (02) motos", "saisies", "une frappe", ";", ".", "\n\n", "\n- ", "dont", "autres", "Bilan :",
     "côté ami", "aucune perte", "Au total", "«", "»", "Ã©", "&nbsp;", "(03)", "qui", "selon l'armée", "THEATRE EST\n",
     "en janvier 2099", "le même jour", "ils", "une dizaine d'", "par", "contre", "le village de"]
)  # fmt: skip


def list_spans(value: Any) -> list[Span]:
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple | list):
        return [span for item in value for span in list_spans(item)]
    if is_dataclass(value):
        return [span for field in fields(value) for span in list_spans(getattr(value, field.name))]
    return []


def check_laws(article: Article) -> None:
    parsed = parse(article)
    resolved = resolve_claims(parsed, article, *knowledge())
    for span in list_spans((parsed.claims, resolved.reports, resolved.totals)):
        assert article.text[span.start : span.end] == span.text
    for report in resolved.reports:
        assert report.evidence
        assert 0 <= report.confidence <= 1
        for toll in report.tolls:
            assert toll.subset_of is None or 0 <= toll.subset_of < len(report.tolls)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_words_of_the_genre_keep_the_laws(pieces: list[str]) -> None:
    check_laws(make_article(" ".join(pieces) + " attaque terroriste"))


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip()))
def test_any_text_keeps_the_laws(text: str) -> None:
    check_laws(make_article("Attaque terroriste : deux soldats tués. " + text))


HOSTILE = [
    "x" * 300_000,
    "attaque " * 60_000,
    "trois soldats tués, " * 20_000,
    "(" * 50_000 + " attaque terroriste deux soldats tués",
    "<div><p>Deux soldats tués</p><script>attaque()</script>" * 2_000,
    "Two soldiers were killed in an attack near Gao on Monday.",
    "\x00\x01\x02 attaque \ufffd terroriste",
    "12 13 14 15 16 " * 5_000,
    "à " * 50_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_gives_a_reading(text: str) -> None:
    check_laws(make_article(text))


def test_a_text_that_is_too_long_is_said_to_be() -> None:
    article = make_article("Attaque terroriste à Gao : deux soldats tués lundi. " * 2_000)
    assert len(article.text) > LONGEST_TEXT
    assert [issue.code for issue in parse(article).issues] == ["text_too_long"]


def test_without_a_day_of_publication_an_issue_says_so() -> None:
    article = make_article("Des terroristes ont attaqué le poste de Niono lundi : deux soldats tués.", published="")
    resolved = resolve_claims(parse(article), article, *knowledge())
    assert [issue.code for issue in resolved.issues] == ["no_publication_date"]


def test_the_country_in_the_title_outweighs_the_outlet_s() -> None:
    text = "Huit soldats ont été tués mardi par des hommes armés à Kpinkankandi, dans le nord."
    home = parse(make_article(text, title="Togo : huit soldats tués", country="CI")).home
    assert home == "TG"
    assert parse(make_article(text, title="Huit soldats tués", country="CI")).home == "CI"
    assert parse(make_article(text, title="Mali, Togo : huit soldats tués", country="CI")).home == "CI"
