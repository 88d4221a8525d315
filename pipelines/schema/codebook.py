"""The fields' own codes for our labels, as declared in `codebook.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from pipelines.models import Where


class Codebook(NamedTuple):
    """The tables of `codebook.yml`."""

    sub_event_types: Mapping[str, tuple[str, str]]
    date_precision: Mapping[str, tuple[int, int]]
    longest_spans: Mapping[str, int]
    place_precision: Mapping[str, tuple[int, int]]
    far_km: float
    unknown_period_days: int
    inter_of_side: Mapping[str, int]
    inter_of_unidentified: int
    unidentified: str
    violent: tuple[str, ...]
    violence: Mapping[str, int]
    geonames_attribution: str


@cache
def load_codebook() -> Codebook:
    """The shipped codebook."""
    text = (files("pipelines.schema") / "codebook.yml").read_text(encoding="utf-8")
    declared: dict[str, Any] = yaml.safe_load(text)
    return Codebook(**declared)


def code_place(where: Where) -> tuple[int, int]:
    """ACLED's geo_precision and UCDP's where_prec of a resolved place.

    >>> code_place(Where(relation="near", country="ML", latitude=14.25, longitude=-5.99, distance_km=40))
    (2, 5)
    """
    book = load_codebook()
    relation = find_relation(where)
    is_far = relation == "near" and (where.distance_km or 0) > book.far_km
    geo, prec = book.place_precision["far" if is_far else relation]
    return geo, prec


def find_relation(where: Where) -> str:
    """How the event lies to what is known: a named place without a point is only as good as the finest unit around it.

    >>> find_relation(Where(relation="at", country="ML", admin1="Ségou", place="Kolo"))
    'admin1'
    """
    is_unit = where.relation not in ("at", "near", "between")
    if is_unit or None not in (where.latitude, where.longitude):
        return where.relation
    return "admin2" if where.admin3 or where.admin2 else "admin1" if where.admin1 else "country"


def code_days(precision: str, days: int) -> tuple[int, int]:
    """UCDP's date_prec and ACLED's time_precision of a span of so many days.

    >>> code_days("range", 2), code_days("range", 9)
    ((2, 2), (4, 3))
    """
    book = load_codebook()
    if precision in ("day", "range"):
        precision = next((name for name, longest in book.longest_spans.items() if days <= longest), "years")
    ucdp, acled = book.date_precision[precision]
    return ucdp, acled


def code_violence(side1: str | None, side2: str | None, event_type: str) -> int | None:
    """UCDP's type of violence between two sides; None where one is not stated or the event is not violent.

    >>> code_violence("state", "civilian", "Violence against civilians")
    3
    """
    book = load_codebook()
    if side1 is None or side2 is None or event_type not in book.violent:
        return None
    return book.violence.get(" ".join(sorted((side1, side2))))


def code_inter(name: str, side: str | None) -> int | None:
    """ACLED's kind of actor by side, for names that the actors' catalog does not know."""
    book = load_codebook()
    if side == "non-state" and name.startswith(book.unidentified):
        return book.inter_of_unidentified
    return book.inter_of_side.get(side or "")


def code_interaction(inter1: int | None, inter2: int | None) -> int | None:
    """Both kinds, the smaller digit first; a single actor's kind and a zero.

    >>> code_interaction(7, 1), code_interaction(1, None), code_interaction(None, None)
    (17, 10, None)
    """
    known = sorted(inter for inter in (inter1, inter2) if inter is not None)
    if not known:
        return None
    return known[0] * 10 + (known[1] if len(known) > 1 else 0)


def days_before(statement: date) -> tuple[date, date]:
    """The days in which an event without a day is taken to have happened."""
    return statement - timedelta(days=load_codebook().unknown_period_days - 1), statement
