"""The articles are what the sample promises, and their expectations keep to the labelling rules."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any, get_args

import pytest

from pipelines.catalog.country import load_atlas
from pipelines.errors import ConfigError
from pipelines.mentions import Category, Outcome, Relation, Side, Status
from pipelines.sample import LATER_NOW, NOW, article
from pipelines.sample.article import SampleArticle, read_articles
from pipelines.text import fold

ARTICLES = {a.name: a for a in (*read_articles(NOW), *read_articles(LATER_NOW))}
EVENTS = [(a, event) for a in ARTICLES.values() for event in a.expected["events"]]
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
EVENT_KEYS = {
    "date_start", "date_end", "date_precision", "sub_event_type", "initiator", "target", "others", "country", "admin1",
    "place", "where", "tolls", "materiel", "claimant",
}  # fmt: skip


def name_case(value: object) -> str | None:
    return value.name if isinstance(value, SampleArticle) else None


def test_about_forty_articles_over_two_years_and_three_countries():
    assert 40 <= len(ARTICLES) <= 50
    assert {a.published.year for a in ARTICLES.values()} == {2025, 2026}
    assert {event["country"] for _, event in EVENTS} == {"ML", "BF", "NE"}
    assert sum(1 for a in ARTICLES.values() if not a.expected["is_security"]) >= 10
    assert sum(1 for a in ARTICLES.values() if len(a.expected["events"]) > 1) >= 6


def test_numbers_and_slugs_name_one_article_of_an_outlet():
    for key in ("number", "slug"):
        counted = Counter((a.outlet, getattr(a, key)) for a in ARTICLES.values())
        assert counted.most_common(1)[0][1] == 1


def test_only_one_article_changes_and_only_one_is_new_when_the_clock_moves_on():
    before, after = ({a.name: a for a in read_articles(now)} for now in (NOW, LATER_NOW))
    assert set(after) - set(before) == {"ml-2026-03-02-hombori"}
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["ml-2026-02-25-farabougou"]
    assert after[changed[0]].modified > NOW >= before[changed[0]].modified


def test_every_replacement_of_the_revision_takes_hold():
    before, after = ({a.name: a for a in read_articles(now)} for now in (NOW, LATER_NOW))
    old, new = before["ml-2026-02-25-farabougou"], after["ml-2026-02-25-farabougou"]
    assert (old.title.count(" six "), new.title.count(" six "), new.title.count(" huit ")) == (1, 0, 1)
    assert (old.body.count("Six "), new.body.count("Six "), new.body.count("Huit ")) == (1, 0, 1)


@pytest.mark.parametrize("told", ARTICLES.values(), ids=name_case)
def test_weekdays_are_those_of_the_calendar(told: SampleArticle):
    pattern = rf"({'|'.join(WEEKDAYS)}) (\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?"
    for weekday, day, month, year in re.findall(pattern, told.text):
        named = date(int(year or told.published.year), MONTHS.index(month) + 1, int(day))
        assert WEEKDAYS[named.weekday()] == weekday, (weekday, named)


@pytest.mark.parametrize(("told", "event"), EVENTS, ids=name_case)
def test_an_expected_event_uses_the_gold_terms(told: SampleArticle, event: dict[str, Any]):
    assert set(event) <= EVENT_KEYS
    assert {"date_start", "sub_event_type", "country", "place", "where"} - set(event) <= {"sub_event_type"}
    assert event["date_start"] <= event["date_end"] <= told.published.date()
    assert event["where"] in get_args(Relation)
    for party in (event.get("initiator"), event.get("target"), *event.get("others", ())):
        assert party is None or (set(party) == {"name", "side"} and party["side"] in get_args(Side))


@pytest.mark.parametrize(("told", "event"), EVENTS, ids=name_case)
def test_an_expected_figure_stands_in_order_and_is_of_a_known_kind(told: SampleArticle, event: dict[str, Any]):
    for toll in event.get("tolls", ()):
        assert toll["outcome"] in get_args(Outcome)
        assert toll["side"] in get_args(Side)
        known = [toll[key] for key in ("low", "best", "high") if toll[key] is not None]
        assert known == sorted(known)
    for thing in event.get("materiel", ()):
        assert thing["category"] in get_args(Category)
        assert thing["status"] in get_args(Status)


def test_expected_regions_are_those_in_force_on_the_day():
    atlas = load_atlas()
    for told, event in EVENTS:
        if "admin1" in event:
            assert event["admin1"] in atlas.admin1_names(event["country"], event["date_start"]), told.name


@pytest.mark.parametrize(("told", "event"), EVENTS, ids=name_case)
def test_an_expected_place_stands_in_the_text(told: SampleArticle, event: dict[str, Any]):
    for name in event["place"].split(" - "):
        assert fold(name) in fold(told.text)


def test_the_four_operations_of_july_are_told_with_their_days_and_places():
    told = ARTICLES["ml-2025-07-20-quatre-operations"]
    told_events = [(e["date_start"].day, e["place"], e["admin1"], e["country"]) for e in told.expected["events"]]
    assert told.published.date() == date(2025, 7, 20)
    assert told_events == [
        (15, "Anderamboukane", "Ménaka", "ML"),
        (17, "Niono", "Ségou", "ML"),
        (19, "Aguelhoc", "Kidal", "ML"),
        (19, "Tin Aïcha", "Tombouctou", "ML"),
    ]


def test_headings_lose_their_marks_in_the_text():
    told = ARTICLES["ml-2025-05-13-point-hebdomadaire"]
    assert "## Théâtre Est" in told.body
    assert "\nThéâtre Est\n" in told.text
    assert "##" not in told.text


def test_a_key_that_no_article_has_is_named(tmp_path, monkeypatch):
    (tmp_path / "x.yml").write_text("outlet: a\npublished: 2025-01-01T00:00:00Z\ncolour: red\n", encoding="utf-8")
    monkeypatch.setattr(article, "FOLDER", tmp_path)
    with pytest.raises(ConfigError, match=r"x\.yml.*colour"):
        read_articles.__wrapped__(NOW)
