"""One event with all that is told of it: versions of the outlets, marked words, figures, changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.page.columns import DAYS, NUMBERS, POINTS, SPARE, WORDS
from pipelines.page.dataset import Dataset
from pipelines.page.marking import Piece, Word, mark_words

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]

ARTICLE_COLUMNS = ("url", "title", "published_date", "published_at", "fetched_at", "is_communique", "issuer")
IN_COLUMNS = {"event_id", *WORDS, *NUMBERS, *DAYS, *POINTS}
OF_EVENT = {"event_id", "report_id", "article_id", "claim_id", "published_at"}


class _Linked:
    """The rows of a table by the key that they hang on; rows become Python objects only when asked for."""

    def __init__(self, table: pa.Table, key: str) -> None:
        self._table, self._key = table, key
        self._numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, value in enumerate(table.column(key).to_pylist()):
            self._numbers[value].append(number)

    def pick(self, keys: Iterable[str]) -> defaultdict[str, list[Row]]:
        """The rows of some keys, grouped by them."""
        numbers = [number for key in dict.fromkeys(keys) for number in self._numbers.get(key, ())]
        grouped: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self._table.take(numbers).to_pylist() if numbers else ():
            grouped[row[self._key]].append(row)
        return grouped


class Details:
    """What hangs on the events."""

    def __init__(self, dataset: Dataset) -> None:
        self._reports = _Linked(dataset.read_table("reports"), "event_id")
        self._tolls = _Linked(dataset.read_table("tolls"), "event_id")
        self._materiel = _Linked(dataset.read_table("materiel"), "event_id")
        self._revisions = _Linked(dataset.read_table("revisions"), "event_id")
        self._replaced = _Linked(dataset.read_table("retired"), "superseded_by")
        self._articles = _Linked(dataset.read_table("articles"), "article_id")

    def describe(self, events: Sequence[Row]) -> list[Row]:
        """Some events with their columns that the page does not hold already, their reports, their changes."""
        keys = [event["event_id"] for event in events]
        reports = self._reports.pick(keys)
        articles = self._articles.pick(row["article_id"] for rows in reports.values() for row in rows)
        told = _Told(reports, self._tolls.pick(keys), self._materiel.pick(keys), articles)
        revisions, replaced = self._revisions.pick(keys), self._replaced.pick(keys)
        return [
            {
                **_describe_event(event),
                "reports": told.describe_reports(event),
                "revisions": [drop_nulls(row) for row in revisions[event["event_id"]]],
                "replaced": [drop_nulls(row) for row in replaced[event["event_id"]]],
            }
            for event in events
        ]


class _Told(NamedTuple):
    """What the articles tell of some events: all but the articles by event."""

    reports: Mapping[str, list[Row]]
    tolls: Mapping[str, list[Row]]
    materiel: Mapping[str, list[Row]]
    articles: Mapping[str, list[Row]]

    def describe_reports(self, event: Row) -> list[Row]:
        """The versions of the outlets, the leading one first."""
        tolls, materiel = (_group_rows(rows[event["event_id"]], "report_id") for rows in (self.tolls, self.materiel))
        reports = []
        for row in self.reports[event["event_id"]]:
            article = next(iter(self.articles[row["article_id"]]), {})
            reports.append(_describe_report(row, event, article, tolls[row["report_id"]], materiel[row["report_id"]]))
        return sorted(reports, key=lambda report: report["article"].get("url") != event["source_url"])


def _describe_event(event: Row) -> Row:
    return drop_nulls({name: value for name, value in event.items() if name not in IN_COLUMNS and name not in SPARE})


def _describe_report(report: Row, event: Row, article: Row, tolls: Sequence[Row], materiel: Sequence[Row]) -> Row:
    """A report: only the columns that differ from the event's are told, nulls among them."""
    differing = {
        name: write_value(value)
        for name, value in report.items()
        if name not in SPARE and name not in OF_EVENT and (name not in event or value != event[name])
    }
    return {
        **differing,
        "article": drop_nulls({name: article.get(name) for name in ARTICLE_COLUMNS}),
        "pieces": _mark_report(report, tolls, materiel),
        "tolls": [_describe_figure(row) for row in tolls],
        "materiel": [_describe_figure(row) for row in materiel],
    }


def _mark_report(report: Row, tolls: Iterable[Row], materiel: Iterable[Row]) -> list[Piece]:
    words = [Word("figure", toll["text"], toll["text_start"]) for toll in tolls]
    words += [Word("thing", thing["text"], thing["text_start"]) for thing in materiel]
    words += [Word("date", report["date_text"]), Word("place", report["location_text"])]
    words += [Word("actor", report[name]) for name in ("actor1_text", "actor2_text")]
    return mark_words(report["evidence"] or "", words, report["evidence_start"] or 0)


def _describe_figure(row: Row) -> Row:
    dropped = {*OF_EVENT, *SPARE, "country"}
    return drop_nulls({name: value for name, value in row.items() if name not in dropped})


def _group_rows(rows: Iterable[Row], key: str) -> defaultdict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[key]].append(row)
    return grouped


def drop_nulls(row: Row) -> Row:
    """A row without its nulls, days and instants as text.

    >>> drop_nulls({"best": None, "day": date(2025, 7, 15)})
    {'day': '2025-07-15'}
    """
    written = ((name, write_value(value)) for name, value in row.items())
    return {name: value for name, value in written if value is not None}


def write_value(value: Any) -> Any:
    """A value as JSON can carry it: days and instants as text, what is no number as null."""
    if value != value:
        return None
    return value.isoformat() if isinstance(value, date | datetime) else value
