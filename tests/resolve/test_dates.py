"""Dates resolved: each form against publication, statement, the date before it, and the bulletin's period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipelines.catalog.language import load_language
from pipelines.mentions import DateMention, Span
from pipelines.models import When
from pipelines.parse.dates import find_dates
from pipelines.resolve.date_chains import resolve_chain
from pipelines.resolve.dates import resolve_date

FR = load_language("fr")
PUBLISHED = date(2025, 9, 17)  # a Wednesday


def resolve_last(text: str, published: date = PUBLISHED, period: When | None = None) -> tuple[str, str, str, str]:
    """Start, end, precision and basis of the last date in the text, the others being its chain."""
    *before, last = find_dates(text, FR)
    when = resolve_chain(last, before[::-1], published=published, period=period, lexicon=FR)
    assert when.span == last.span
    return str(when.start), str(when.end), when.precision, when.basis


def day(iso: str, basis: str = "explicit") -> tuple[str, str, str, str]:
    return iso, iso, "day", basis


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ce 09 septembre 2025", day("2025-09-09")),
        ("le 28 décembre", day("2024-12-28")),
        ("le 17 septembre", day("2025-09-17")),
        ("le 18 septembre", day("2024-09-18")),
        ("le 29 février", day("2024-02-29")),
        ("le 12/03/2024", day("2024-03-12")),
        ("le 06/09 à Gao", day("2025-09-06")),
        ("le 12 septembre 2099", ("None", "None", "unknown", "explicit")),
        ("du 22 au 28 août", ("2025-08-22", "2025-08-28", "range", "explicit")),
        ("entre le 28 et le 3", ("2025-08-28", "2025-09-03", "range", "explicit")),
        ("DU 28 DECEMBRE 2021 AU 02 JANVIER 2022", ("2021-12-28", "2022-01-02", "range", "explicit")),
        ("du 28 décembre au 2 janvier", ("2024-12-28", "2025-01-02", "range", "explicit")),
        ("Semaine du 05 au 11 décembre 2022", ("2022-12-05", "2022-12-11", "week", "explicit")),
        ("les 12 et 13 mars", ("2025-03-12", "2025-03-13", "range", "explicit")),
        ("dans la nuit du 12 au 13", ("2025-09-12", "2025-09-13", "range", "explicit")),
        ("dans la nuit du 31 août au 1er septembre", ("2025-08-31", "2025-09-01", "range", "explicit")),
        ("dans la nuit de lundi à mardi", ("2025-09-15", "2025-09-16", "range", "weekday")),
        ("dans la nuit de dimanche à lundi", ("2025-09-14", "2025-09-15", "range", "weekday")),
        ("dans la nuit de dimanche à hier", ("2025-09-15", "2025-09-16", "range", "relative")),
        ("dans la nuit d'hier à aujourd'hui", ("2025-09-16", "2025-09-17", "range", "relative")),
        ("Le lendemain 5 février 2022", day("2022-02-05")),
        ("dans la nuit du samedi 13 au dimanche 14", ("2025-09-13", "2025-09-14", "range", "explicit")),
        ("vendredi et samedi", ("2025-09-12", "2025-09-13", "range", "weekday")),
        ("mercredi", day("2025-09-17", "weekday")),
        ("ce mercredi", day("2025-09-17", "weekday")),
        ("mercredi dernier", day("2025-09-10", "weekday")),
        ("jeudi", day("2025-09-11", "weekday")),
        ("lundi15", day("2025-09-15")),
        ("lundi 8", day("2025-09-08")),
        ("hier", day("2025-09-16", "relative")),
        ("hier mardi", day("2025-09-16", "relative")),
        ("hier lundi", day("2025-09-15", "relative")),
        ("avant-hier", day("2025-09-15", "relative")),
        ("ce matin", day("2025-09-17", "relative")),
        ("il y a trois jours", day("2025-09-14", "relative")),
        ("il y a une semaine", day("2025-09-10", "relative")),
        ("cette nuit", ("2025-09-16", "2025-09-17", "range", "relative")),
        ("ce week-end", ("2025-09-13", "2025-09-14", "range", "relative")),
        ("le week-end du 6 septembre", ("2025-09-06", "2025-09-07", "range", "explicit")),
        ("la semaine écoulée", ("2025-09-08", "2025-09-14", "week", "relative")),
        ("cette semaine", ("2025-09-15", "2025-09-17", "week", "relative")),
        ("en début de semaine", ("2025-09-15", "2025-09-16", "range", "relative")),
        ("en fin de semaine", ("2025-09-12", "2025-09-14", "range", "relative")),
        ("en janvier", ("2025-01-01", "2025-01-31", "month", "explicit")),
        ("en novembre", ("2024-11-01", "2024-11-30", "month", "explicit")),
        ("en février 2024", ("2024-02-01", "2024-02-29", "month", "explicit")),
        ("début mars", ("2025-03-01", "2025-03-10", "month", "explicit")),
        ("à la mi-juin", ("2025-06-11", "2025-06-20", "month", "explicit")),
        ("fin décembre 2021", ("2021-12-21", "2021-12-31", "month", "explicit")),
        ("fin septembre", ("2024-09-21", "2024-09-30", "month", "explicit")),
        ("les dix derniers jours de juin", ("2025-06-21", "2025-06-30", "range", "explicit")),
        ("la première quinzaine de mars", ("2025-03-01", "2025-03-15", "month", "explicit")),
        ("le mois dernier", ("2025-08-01", "2025-08-31", "month", "relative")),
        ("à la fin du mois dernier", ("2025-08-21", "2025-08-31", "month", "relative")),
        ("de novembre à février", ("2024-11-01", "2025-02-28", "month", "explicit")),
        ("en 2021", ("None", "None", "unknown", "explicit")),
        ("mercredi prochain", ("None", "None", "unknown", "explicit")),
        ("jour de Tabaski", day("2025-06-06")),
        ("premier jour du Ramadan", day("2025-03-01")),
        ("veille de Noël", day("2024-12-24")),
        ("à Noël", day("2024-12-25")),
        ("la Toussaint", day("2024-11-01")),
        ("le 31 février", ("None", "None", "unknown", "explicit")),
    ],
)
def test_a_date_by_its_wording(text: str, expected: tuple[str, str, str, str]) -> None:
    assert resolve_last(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le 12 mars, un raid. La veille", day("2025-03-11", "relative")),
        ("Le 12 mars, un raid. Le lendemain", day("2025-03-13", "relative")),
        ("Le 12 mars, un raid. L'avant-veille", day("2025-03-10", "relative")),
        ("Le 12 mars, un raid. Deux jours plus tard", day("2025-03-14", "relative")),
        ("Le 12 mars, un raid. Quarante-huit heures plus tôt", day("2025-03-10", "relative")),
        ("Le 12 mars, un raid. Une semaine plus tard", day("2025-03-19", "relative")),
        ("Le 12 mars, un raid. Le même jour", day("2025-03-12", "same_day")),
        ("Le 12 mars, un raid. Ce jour-là", day("2025-03-12", "same_day")),
        ("Le 12 mars, un raid. Deux heures plus tard", day("2025-03-12", "same_day")),
        ("Le 12 mars, un raid. Le 18", day("2025-03-18")),
        ("Le 28 août, un raid. Le 2", day("2025-09-02")),
        ("dans la nuit du 12 au 13 mars. Le lendemain", day("2025-03-14", "relative")),
        (
            "du 21 au 30 juin. Le 22 juin, un raid. Sur la même période",
            ("2025-06-21", "2025-06-30", "range", "same_day"),
        ),
        ("mardi. La veille. Le même jour", day("2025-09-15", "same_day")),
        ("samedi, selon un communiqué publié lundi. Le même jour", day("2025-09-13", "same_day")),
        ("samedi, selon un communiqué publié lundi. Le lendemain", day("2025-09-14", "relative")),
        ("Un bilan publié dimanche, des combats survenus la veille", day("2025-09-13", "relative")),
        ("le week-end du 13 septembre. La semaine précédente", ("2025-09-01", "2025-09-07", "week", "relative")),
        ("Le même jour", ("None", "None", "unknown", "same_day")),
        ("La veille", day("2025-09-16", "relative")),
        ("Le lendemain", ("None", "None", "unknown", "relative")),
    ],
)
def test_a_date_that_leans_on_the_one_before(text: str, expected: tuple[str, str, str, str]) -> None:
    assert resolve_last(text) == expected


def test_weekdays_and_bare_days_of_a_bulletin_lie_in_its_period() -> None:
    period = When(date(2025, 8, 25), date(2025, 8, 31), "week", "explicit")
    assert resolve_last("Mercredi", period=period) == day("2025-08-27", "weekday")
    assert resolve_last("dans la nuit de lundi à mardi", period=period)[:2] == ("2025-08-25", "2025-08-26")
    assert resolve_last("dans la nuit de dimanche à lundi", period=period)[:2] == ("2025-08-31", "2025-09-01")
    assert resolve_last("A Toumour, le 28, un homme", period=period) == day("2025-08-28")
    assert resolve_last("rendu public ce mardi", period=period) == day("2025-09-16", "weekday")
    assert resolve_last("au cours de la période", period=period) == ("2025-08-25", "2025-08-31", "week", "bulletin")


def test_a_speaker_s_yesterday_leans_on_the_day_of_the_statement() -> None:
    quoted, own = find_dates("« Hier, la base a été attaquée », dit le maire. Hier", FR)
    statement = date(2025, 9, 10)
    assert resolve_date(quoted, published=PUBLISHED, statement=statement).start == date(2025, 9, 9)
    assert resolve_date(own, published=PUBLISHED, statement=statement).start == date(2025, 9, 16)
    assert resolve_date(quoted, published=PUBLISHED).start == date(2025, 9, 16)


def test_the_week_with_no_more_is_the_bulletin_s() -> None:
    period = When(date(2025, 9, 1), date(2025, 9, 7), "week", "explicit")
    assert resolve_last("durant la semaine", period=period) == ("2025-09-01", "2025-09-07", "week", "bulletin")


def read_cases() -> Iterator[tuple[str, str, date, str | None]]:
    """The rows of `dates.yml`: text, days, day of publication, and the part that the last date must have."""
    told = yaml.safe_load((Path(__file__).parent / "dates.yml").read_text(encoding="utf-8"))
    for name, rows in told.items():
        published = PUBLISHED if name == "report" else date.fromisoformat(name.removeprefix("published "))
        yield from ((text, days, published, "report" if name == "report" else None) for text, days in rows.items())


@pytest.mark.parametrize(("text", "expected", "published", "part"), [*read_cases()])
def test_a_date_as_the_press_writes_it(text: str, expected: str, published: date, part: str | None) -> None:
    found = find_dates(text, FR)
    assert (expected == "no date") == (not found)
    if found:
        start, end = resolve_last(text, published)[:2]
        told = start if start == end else f"{start}..{end}"
        assert told.replace("None", "unknown") == expected
        assert (found[-1].part == "report") == (part == "report")


def test_feasts_are_unknown_without_their_tables() -> None:
    (feast,) = find_dates("jour de Tabaski", FR)
    assert resolve_date(feast, published=PUBLISHED).precision == "unknown"
    assert resolve_date(feast, published=date(1999, 1, 1), lexicon=FR).precision == "unknown"


def test_a_feast_of_many_days_is_a_month() -> None:
    (feast,) = find_dates("au Ramadan", FR)
    when = resolve_date(feast, published=PUBLISHED, lexicon=FR)
    assert (when.start, when.end, when.precision) == (date(2025, 3, 1), date(2025, 3, 30), "month")


NEAR = ["day", "weekday", "last_days", "offset", "same_day", "same_period", "period", "vague"]
FORMS = st.sampled_from(
    [*NEAR, "range", "night", "week", "weekend", "month", "month_part", "month_range", "year", "feast"]
)
SMALL = st.one_of(st.none(), st.integers(-400, 400))
MENTIONS = st.builds(
    DateMention,
    span=st.just(Span(0, 1, "x")),
    form=FORMS,
    day=st.one_of(st.none(), st.integers(1, 31)),
    month=st.one_of(st.none(), st.integers(1, 12)),
    year=st.one_of(st.none(), st.integers(1, 9999)),
    end_day=st.one_of(st.none(), st.integers(1, 31)),
    end_month=st.one_of(st.none(), st.integers(1, 12)),
    end_year=st.one_of(st.none(), st.integers(1, 9999)),
    weekday=st.one_of(st.none(), st.integers(0, 6)),
    offset_days=SMALL,
    anchor=st.sampled_from(["none", "previous", "statement", "publication"]),
    part=st.sampled_from(
        [None, "start", "second", "end", "open", "week", "night", "last", "this", "before", "report", "tabaski"]
    ),
)


@given(MENTIONS, st.dates(), st.one_of(st.none(), st.dates()))
def test_any_mention_gives_days_in_order_or_none(mention: DateMention, published: date, told: date | None) -> None:
    previous = When(told, told, "day", "explicit") if told else None
    when = resolve_date(mention, published=published, previous=previous, period=previous, lexicon=FR)
    assert (when.start is None) == (when.end is None)
    assert (when.start is None) == (when.precision == "unknown")
    if when.start is not None and when.end is not None:
        assert when.start <= when.end <= published
        assert when.precision != "day" or when.start == when.end


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(1, 28), st.integers(1, 12))
def test_a_day_without_a_year_is_the_nearest_not_after_publication(published: date, number: int, month: int) -> None:
    mention = DateMention(Span(0, 1, "x"), "day", day=number, month=month)
    found = resolve_date(mention, published=published).start
    assert found is not None
    assert published - timedelta(366) < found <= published


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_one_of_the_last_seven_days(published: date, weekday: int) -> None:
    mention = DateMention(Span(0, 1, "x"), "weekday", weekday=weekday, anchor="publication")
    found = resolve_date(mention, published=published).start
    assert found is not None
    assert found.weekday() == weekday
    assert published - timedelta(7) < found <= published
