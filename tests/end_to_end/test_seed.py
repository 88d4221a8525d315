"""The article that started it: four incidents and a total, each value with its words and their place in the text.

The sample holds its facts in other words. Where the article itself lies beside the checkout, it is read too.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.evaluate.match import fold_name
from pipelines.export.gold import article_from_record
from pipelines.mentions import Span
from pipelines.models import Article, Reading
from pipelines.run.knowledge import load_knowledge, read_article
from pipelines.sample import NOW
from pipelines.sample.article import read_articles

BESIDE = Path(__file__).parents[2].parent / "shared" / "seed"
STAFF = "État-major général des armées"


def list_texts() -> dict[str, tuple[str, str]]:
    """name -> (title, text): the sample's version always, the article itself where it is there."""
    reworded = next(article for article in read_articles(NOW) if "quatre-coups" in article.slug)
    texts = {"reworded": (reworded.title, reworded.body)}
    texts |= {path.stem: ("", path.read_text(encoding="utf-8")) for path in sorted(BESIDE.glob("*.txt"))}
    return texts


TEXTS = list_texts()


@pytest.fixture(scope="module", params=sorted(TEXTS))
def read(request: pytest.FixtureRequest) -> tuple[Article, Reading]:
    title, text = TEXTS[request.param]
    article = article_from_record({"title": title, "text": text, "published": "2025-07-20", "country": "ML"})
    return article, read_article(article, load_knowledge())


def test_four_incidents_each_with_day_place_and_figures(read: tuple[Article, Reading]) -> None:
    found = [
        (
            report.when.start,
            report.when.end,
            fold_name(report.where.place or ""),
            report.where.admin1,
            [(toll.outcome, toll.side, toll.figure.low, toll.figure.best, toll.figure.high) for toll in report.tolls],
        )
        for report in read[1].reports
    ]
    assert found == [
        (date(2025, 7, 15), date(2025, 7, 15), "anderamboukane", "Ménaka", [("neutralised", "non-state", 36, 40, 44)]),
        (date(2025, 7, 17), date(2025, 7, 17), "niono", "Ségou", [("neutralised", "non-state", 25, 30, 35)]),
        (date(2025, 7, 19), date(2025, 7, 19), "aguelhoc", "Kidal", []),
        (date(2025, 7, 19), date(2025, 7, 19), "tinaicha", "Tombouctou", []),
    ]


def test_what_was_destroyed(read: tuple[Article, Reading]) -> None:
    things = [[(m.category, m.quantity, m.status, m.side) for m in report.materiel] for report in read[1].reports]
    base = ("base", 1, "destroyed", "non-state")
    assert things[0] == []
    assert base in things[1]
    assert ("vehicle", 2, "destroyed", "non-state") in things[2]
    assert base in things[3]


def test_who_did_it_and_who_says_so(read: tuple[Article, Reading]) -> None:
    first, *others = read[1].reports
    assert first.sub_event_type == "Air/drone strike"
    assert first.initiator
    assert {first.initiator.name, *(party.name for party in first.others)} >= {"AES Unified Force"}
    assert [report.initiator.name for report in others if report.initiator] == ["Military Forces of Mali"] * 3
    assert {report.claimant for report in read[1].reports} == {STAFF}


def test_the_totals_are_no_events(read: tuple[Article, Reading]) -> None:
    dead, *things = read[1].totals
    assert (dead.outcome, dead.figure.low, dead.figure.best, dead.figure.high) == ("neutralised", 100, 100, None)
    assert things
    assert {total.status for total in things} == {"destroyed"}


def test_every_value_has_its_words_at_its_place(read: tuple[Article, Reading]) -> None:
    article, reading = read
    spans: list[Span] = [total.span for total in reading.totals]
    for report in reading.reports:
        spans += [*report.evidence, report.trigger, *(t.span for t in report.tolls), *(m.span for m in report.materiel)]
        spans += [span for span in (report.when.span, report.where.span) if span]
        spans += [party.span for party in (report.initiator, report.target, *report.others) if party]
    assert len(spans) > 20
    assert all(article.text[span.start : span.end] == span.text for span in spans)
