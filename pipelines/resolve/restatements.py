"""Incidents told twice in one article: a lead and its story, a title and its body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, product

from pipelines.mentions import DEAD, Outcome, Side
from pipelines.models import Materiel, Report, Toll, When, Where
from pipelines.text import name_key


def merge_restatements(reports: Sequence[Report]) -> tuple[list[Report], list[Report]]:
    """The incidents with what is told twice told once, and the summaries that several of them explain."""
    kept: list[Report] = []
    for report in reports:
        twin = next((index for index, other in enumerate(kept) if is_restated(other, report)), None)
        if twin is None:
            kept.append(report)
        else:
            kept[twin] = join_reports(kept[twin], report)
    summaries = [report for report in kept if _is_summary(report, kept)]
    return [report for report in kept if report not in summaries], summaries


def is_restated(first: Report, second: Report) -> bool:
    """Whether two incidents of one article are one: day and place agree, and no figure contradicts."""
    if "another" in {*second.flags} - {*first.flags} and not _share_figures(first.tolls, second.tolls):
        return False
    if _is_lead_of(first, second):
        return True
    if _is_counted_again(first, second):
        return True
    is_undated = "date_of_report" in first.flags
    is_bare = is_undated and first.where.place is None
    is_lead = is_undated and first.sub_event_type == second.sub_event_type and "item" not in first.flags
    if not (is_bare or is_lead or _days_agree(first.when, second.when)) or not _places_agree(first.where, second.where):
        return False
    if not _same_figures(first.tolls, second.tolls):
        return False
    is_listed = "item" in first.flags or "item" in second.flags
    if first.where.place and second.where.place:
        is_like = first.sub_event_type == second.sub_event_type or _share_figures(first.tolls, second.tolls)
        return is_like or not is_listed
    if is_bare and first.tolls and second.where.place:
        return "plural" not in first.flags
    if is_listed or (first.when.start, first.when.end) != (second.when.start, second.when.end):
        return _share_figures(first.tolls, second.tolls) and not is_listed
    return _share_figures(first.tolls, second.tolls) or not _has_results(first) or not _has_results(second)


def _is_lead_of(first: Report, second: Report) -> bool:
    """Whether an undated lead about a commune tells what a dated story from a village of the region tells again."""
    if "date_of_report" not in first.flags or "date_of_report" in second.flags or "item" in first.flags:
        return False
    told = [(key, value) for key, value in _figures(first.tolls).items() if value]
    is_same = bool(told) and all(_figures(second.tolls).get(key) == value for key, value in told)
    return is_same and first.where.admin1 == second.where.admin1 and first.sub_event_type == second.sub_event_type


def _is_counted_again(first: Report, second: Report) -> bool:
    """Whether one of two tellings of a day and region names no village, with figures too great to be chance."""
    if not _days_agree(first.when, second.when) or first.when.start is None or second.when.start is None:
        return False
    is_one_region = first.where.admin1 is not None and first.where.admin1 == second.where.admin1
    is_open = any(where.place is None or where.relation in _COARSE for where in (first.where, second.where))
    is_listed = "item" in {*first.flags, *second.flags}
    if not (is_one_region and is_open) or is_listed or first.where.country != second.where.country:
        return False
    told = _figures(first.tolls)
    shared = [value for key, value in _figures(second.tolls).items() if value and told.get(key) == value]
    return _same_figures(first.tolls, second.tolls) and sum(shared) >= _NO_CHANCE


def _days_agree(first: When, second: When) -> bool:
    if first.start is None or second.start is None or first.end is None or second.end is None:
        return True
    return first.start <= second.end and second.start <= first.end


def _places_agree(first: Where, second: Where) -> bool:
    """The same name, or one of them tells no more than a region that holds the other."""
    if first.place and second.place:
        if first.relation == "admin2" and second.relation != "admin2":
            return first.admin2 is not None and first.admin2 == second.admin2
        return any(_is_one_name(*pair) for pair in product(_names(first.place), _names(second.place)))
    if first.country and second.country and first.country != second.country:
        return False
    return not (first.admin1 and second.admin1) or first.admin1 == second.admin1


def _names(place: str) -> list[str]:
    return place.split(" - ")


def _is_one_name(first: str, second: str) -> bool:
    """The same name, or one said by its first words: "Toguéré" for "Toguéré-Koumbé", not "Farako" for "Farakoro"."""
    shorter, longer = sorted((first, second), key=len)
    if (key := name_key(shorter)) == name_key(longer):
        return True
    heads = accumulate(_WORDS.split(longer))
    return len(key) >= _SHORT_NAME and any(name_key(head) == key for head in heads)


def _same_figures(first: Sequence[Toll], second: Sequence[Toll]) -> bool:
    told = _dead_as_one(first)
    return all(told.get(key, value) == value for key, value in _dead_as_one(second).items())


def _share_figures(first: Sequence[Toll], second: Sequence[Toll]) -> bool:
    told = _dead_as_one(first)
    return any(value is not None and told.get(key) == value for key, value in _dead_as_one(second).items())


def _dead_as_one(tolls: Sequence[Toll]) -> dict[tuple[str, Side], int | None]:
    """The figures, dead enemies told as killed or as neutralised under one key."""
    return {_kind(outcome, side): value for (outcome, side), value in _figures(tolls).items()}


def _has_results(report: Report) -> bool:
    return bool(report.tolls or report.materiel)


def _figures(tolls: Sequence[Toll]) -> dict[tuple[Outcome, Side], int | None]:
    return {(toll.outcome, toll.side): toll.figure.best for toll in tolls if toll.subset_of is None}


def join_reports(first: Report, second: Report) -> Report:
    """One incident out of two tellings: what the first leaves open the second gives."""
    is_bare = "date_of_report" in first.flags and (first.where.place is None or "date_of_report" not in second.flags)
    is_coarse = not first.where.place or first.where.relation == "admin2" or not _has_results(first)
    is_elsewhere = not _places_agree(first.where, second.where)
    is_finer = second.where.place is not None and (is_bare or is_coarse)
    is_finer = is_finer or (first.where.relation == "near" and second.where.relation == "at" and is_elsewhere)
    finer = second if is_finer and not _is_short_for(second.where.place, first.where.place) else first
    dated = first if first.when.start and not is_bare and not _is_finer(second.when, first.when) else second
    return replace(
        first,
        when=dated.when,
        where=finer.where,
        initiator=first.initiator or second.initiator,
        target=first.target or second.target,
        tolls=_join_tolls(first.tolls, second.tolls),
        materiel=_join_materiel(first.materiel, second.materiel),
        claimant=first.claimant or second.claimant,
        evidence=tuple(dict.fromkeys((*first.evidence, *second.evidence))),
    )


def _is_short_for(place: str | None, longer: str | None) -> bool:
    return place is not None and longer is not None and len(place) < len(longer) and _is_one_name(place, longer)


def _is_finer(when: When, other: When) -> bool:
    """Whether days lie in a week or month that was told for the same: "la semaine dernière", then "le 16"."""
    return other.precision in {"week", "month"} and when.precision in {"day", "range"}


def _join_tolls(first: Sequence[Toll], second: Sequence[Toll]) -> tuple[Toll, ...]:
    told = {(toll.outcome, toll.side, toll.figure.best) for toll in first}
    keys = {(toll.outcome, toll.side) for toll in first}
    more = [
        replace(toll, subset_of=None)
        for toll in second
        if toll.subset_of is None and (toll.outcome, toll.side) not in keys
        and (toll.outcome, toll.side, toll.figure.best) not in told
    ]  # fmt: skip
    return (*first, *more)


def _join_materiel(first: Sequence[Materiel], second: Sequence[Materiel]) -> tuple[Materiel, ...]:
    told = {row.item for row in first}
    return (*first, *(replace(row, subset_of=None) for row in second if row.item not in told))


def _is_summary(report: Report, reports: Sequence[Report]) -> bool:
    """A lead without a site of its own whose day and region take in two others or more; figures of a whole period."""
    if _is_period_sum(report, reports) or _adds_up(report, reports):
        return True
    is_open = bool(report.tolls) and all(toll.figure.best is None for toll in report.tolls)
    if report is reports[0] and is_open and report.where.admin1 is None and len(_placed(reports)) > 1:
        return True  # "plusieurs terroristes neutralisés": told one by one below
    if report is not reports[0] or report.where.relation in {"at", "near", "between"}:
        return False
    if "date_of_report" in report.flags and any(other.where.place for other in reports[1:]):
        return True
    if "plural" not in report.flags:
        return False
    inside = [
        other for other in reports
        if other is not report and other.where.place and _days_agree(report.when, other.when)
        and (report.where.admin1 is None or other.where.admin1 == report.where.admin1)
    ]  # fmt: skip
    return len(inside) > 1


def _placed(reports: Sequence[Report]) -> list[Report]:
    return [report for report in reports if report.where.place]


def _is_period_sum(report: Report, reports: Sequence[Report]) -> bool:
    """ "Du 17 au 23, 29 terroristes ont été neutralisés": figures without a site over days told one by one."""
    told = {key: value for key, value in _figures(report.tolls).items() if value}
    start, end = report.when.start, report.when.end
    if report.where.admin1 is None and _is_long(report.when) and len(reports) > 1:
        return True
    if report.where.place or "item" in report.flags or not told or start is None or end is None:
        return False
    inside = [other for other in reports if other is not report and _lies_in(other, report)]
    sums: Counter[tuple[str, Side]] = Counter()
    for other in inside:
        for (outcome, side), value in _figures(other.tolls).items():
            sums[_kind(outcome, side)] += value or 0
    shared = [(value, sums[_kind(*key)]) for key, value in told.items() if sums[_kind(*key)]]
    if start == end:  # "cinquante terroristes neutralisés lundi": forty at one place, ten at the other
        return len(inside) > 1 and len(shared) == len(told) and all(value == part for value, part in shared)
    return bool(shared) and all(value >= part for value, part in shared)


def _adds_up(report: Report, reports: Sequence[Report]) -> bool:
    """ "Trente-six neutralisés": a lead without a day whose dead are those of the incidents after it together."""
    if report is not reports[0] or "date_of_report" not in report.flags:
        return False
    parts = [dead for other in reports[1:] if (dead := _count_dead(other))]
    return any(_count_dead(report) == total for total in list(accumulate(parts))[1:])


def _count_dead(report: Report) -> int:
    told = _figures(report.tolls).items()
    return sum(value or 0 for (outcome, side), value in told if _kind(outcome, side)[0] == "dead")


def _is_long(when: When) -> bool:
    """Whether days are a week, a month or a bulletin's period rather than a night or two."""
    if when.start is None or when.end is None:
        return False
    return when.precision in {"week", "month"} or (when.end - when.start).days >= _PERIOD_DAYS


def _lies_in(report: Report, period: Report) -> bool:
    """Whether an incident of fewer days lies in a period and where that is told."""
    days = (report.when.start, report.when.end, period.when.start, period.when.end)
    if any(day is None for day in days) or not _places_agree(report.where, period.where):
        return False
    first, last, start, end = (day for day in days if day is not None)
    is_shorter = last - first < end - start or start == end
    return start <= first and last <= end and is_shorter and report.where.place is not None


def _kind(outcome: Outcome, side: Side) -> tuple[str, Side]:
    """Dead enemies are told as killed or as neutralised."""
    return "dead" if outcome in DEAD else outcome, side


_PERIOD_DAYS = 4
_NO_CHANCE = 6  # people: two incidents of one day and region hardly count so many alike
_COARSE = frozenset({"admin2", "near"})
_WORDS = re.compile(r"(?=[\s'’-])")
_SHORT_NAME = 6  # letters of a name that stands for a longer one
