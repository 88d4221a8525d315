"""Checks of events: days, types, parties, figures, what hangs on them."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from pipelines.schema.codebook import code_interaction, load_codebook
from pipelines.validate.rows import Rows
from pipelines.validate.surroundings import Surroundings

LONGEST_SPANS = {1: 1, 2: 6, 3: 7}  # days by date_prec
ACLED_OF_UCDP = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}
CIVILIANS = 7
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _days(start: date, end: date) -> int:
    return (end - start).days + 1


def check_published(rows: Rows, around: Surroundings) -> list[bool]:
    """No event begins after the first article that reports it was published."""
    first: dict[str, date] = {}
    for event_id, article_id in around.rows["reports"].walk("event_id", "article_id"):
        day = around.published.get(article_id)
        if day is not None:
            first[event_id] = min(day, first.get(event_id, day))
    return [start <= first.get(event_id, start) for event_id, start in rows.walk("event_id", "date_start")]


def check_span(rows: Rows, _: Surroundings) -> list[bool]:
    """The span is as short as its precision says."""
    walked = rows.walk("date_start", "date_end", "date_prec")
    return [_days(start, end) <= LONGEST_SPANS.get(prec, 10**6) for start, end, prec in walked]


def check_short(rows: Rows, _: Surroundings) -> list[bool]:
    """The span is no longer than a month."""
    return [_days(start, end) <= 31 for start, end in rows.walk("date_start", "date_end")]


def check_time_precision(rows: Rows, _: Surroundings) -> list[bool]:
    """UCDP's and ACLED's precision of the days go together."""
    return [ACLED_OF_UCDP.get(prec) == acled for prec, acled in rows.walk("date_prec", "time_precision")]


def check_event_type(rows: Rows, _: Surroundings) -> list[bool]:
    """Event type and disorder type are those of the sub-event type."""
    rule = load_codebook().sub_event_types
    walked = rows.walk("sub_event_type", "event_type", "disorder_type")
    return [sub not in rule or tuple(rule[sub]) == (event, disorder) for sub, event, disorder in walked]


def check_civilian_target(rows: Rows, _: Surroundings) -> list[bool]:
    """Civilian targeting has civilians as actor2."""
    return [target is None or inter == CIVILIANS for target, inter in rows.walk("civilian_targeting", "inter2")]


def check_interaction(rows: Rows, _: Surroundings) -> list[bool]:
    """The interaction is made of the two kinds."""
    return [code_interaction(one, two) == code for one, two, code in rows.walk("inter1", "inter2", "interaction")]


def check_initiator(rows: Rows, _: Surroundings) -> list[bool]:
    """Who struck is named."""
    walked = rows.walk("initiator", "actor1", "actor2")
    return [who is None or (who == "actor1" and one) or (who == "actor2" and two) for who, one, two in walked]


def check_actors(rows: Rows, _: Surroundings) -> list[bool]:
    """The two actors have different names."""
    return [one is None or one != two for one, two in rows.walk("actor1", "actor2")]


def check_label(rows: Rows, _: Surroundings) -> list[bool]:
    """An actor's name is a name: it begins with a capital letter or a digit, as every canonical name does."""
    walked = rows.walk("actor1", "actor2")
    return [all(name is None or not name[:1].islower() for name in names) for names in walked]


def check_best(rows: Rows, _: Surroundings) -> list[bool]:
    """best is the sum of the stated deaths."""
    walked = rows.walk("best", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    return [_sum(deaths) == best for best, *deaths in walked]


def _sum(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def check_articles(rows: Rows, around: Surroundings) -> list[bool]:
    """number_of_articles is what reports holds."""
    articles: dict[str, set[str]] = defaultdict(set)
    for event_id, article_id in around.rows["reports"].walk("event_id", "article_id"):
        articles[event_id].add(article_id)
    return [len(articles[event_id]) == number for event_id, number in rows.walk("event_id", "number_of_articles")]


def check_claimant(rows: Rows, _: Surroundings) -> list[bool]:
    """A single party's claim names the party."""
    return [said != "single_party" or who is not None for said, who in rows.walk("verification", "claimant")]


def check_filed(rows: Rows, _: Surroundings) -> list[bool]:
    """The partition is the month of the first day."""
    walked = rows.walk("date_start", "year", "month")
    return [(day.year, day.month) == (year, month) for day, year, month in walked]


def check_plain(rows: Rows, _: Surroundings) -> list[bool]:
    """No control characters in names."""
    walked = rows.walk("location", "admin1", "actor1", "actor2", "claimant")
    return [not any(text and _CONTROL.search(text) for text in texts) for texts in walked]


EVENT_CHECKS = {
    "published": check_published,
    "span": check_span,
    "short": check_short,
    "time_precision": check_time_precision,
    "event_type": check_event_type,
    "civilian_target": check_civilian_target,
    "interaction": check_interaction,
    "initiator": check_initiator,
    "actors": check_actors,
    "label": check_label,
    "best": check_best,
    "articles": check_articles,
    "claimant": check_claimant,
    "filed": check_filed,
    "plain": check_plain,
}
