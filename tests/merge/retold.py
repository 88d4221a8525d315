"""Gold incidents retold: by another outlet in other words (one event), or another incident that is much like it (two).

The labels are right by construction. Together with the gold set's own close pairs they are what merging is measured on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from pipelines.mentions import Span
from pipelines.models import Materiel, Party, Report, Toll
from pipelines.schema.records import ReadArticle
from tests.merge.gold import load_items

KIN = {"neutralised": "killed", "killed": "neutralised"}
POINTS = ("at", "near")


class Pair(NamedTuple):
    """Two tellings, whether they are of one incident, and how the second was made."""

    one: ReadArticle
    other: ReadArticle
    is_same: bool
    kind: str


def list_pairs() -> Iterator[Pair]:
    """Every gold incident with a day, a point and a party against each of its retellings."""
    for item in load_items():
        for report in item.reading.reports:
            if report.when.precision in ("day", "range") and report.where.relation in POINTS and report.where.latitude:
                one = item._replace(reading=replace(item.reading, reports=(report,)))
                for kind, (is_same, retell) in RETELLINGS.items():
                    told = retell(report)
                    if told is not None:
                        yield Pair(one, _publish(item, told), is_same, kind)


def _publish(item: ReadArticle, report: Report) -> ReadArticle:
    """The retelling in an article of its own, in words of its own."""
    words = "Des faits ont été signalés dans la zone par une autre rédaction."
    span = Span(0, len(words), words)
    article = replace(item.article, article_id="other", outlet="Autre", title="", body=words)
    told = replace(report, report_id="other#0", article_id="other", evidence=(span,), trigger=span)
    return ReadArticle(article, replace(item.reading, article_id="other", reports=(told,)))


def _scale(report: Report, change: Callable[[int], int]) -> tuple[Toll, ...]:
    def scale(toll: Toll) -> Toll:
        best = toll.figure.best
        new = None if best is None else change(best)
        return replace(toll, figure=replace(toll.figure, low=new or toll.figure.low, best=new, high=new))

    return tuple(scale(toll) for toll in report.tolls)


def _count_otherwise(report: Report) -> tuple[Materiel, ...]:
    """Another incident's things."""
    return tuple(replace(t, quantity=None if t.quantity is None else t.quantity * 2 + 1) for t in report.materiel)


def _has_figure(report: Report, least: int = 2) -> bool:
    return any(toll.figure.best and toll.figure.best >= least and toll.subset_of is None for toll in report.tolls)


def _has_party(report: Report) -> bool:
    return report.initiator is not None and report.target is not None


def retell_plainly(report: Report) -> Report | None:
    """The same facts, the outlet on its own."""
    return replace(report, claimant=None) if _has_figure(report) or _has_party(report) else None


def retell_roughly(report: Report) -> Report | None:
    """ "Plus de" where the first has a number."""
    if not _has_figure(report):
        return None
    tolls = tuple(replace(t, figure=replace(t.figure, low=t.figure.best, high=None)) for t in report.tolls)
    return replace(report, tolls=tolls)


def retell_nearby(report: Report) -> Report | None:
    """Near the place, six kilometres off."""
    if not (_has_figure(report) or _has_party(report)) or report.where.latitude is None:
        return None
    return replace(report, where=replace(report.where, relation="near", latitude=report.where.latitude + 0.055))


def retell_without_target(report: Report) -> Report | None:
    """Without saying whom it hit."""
    return replace(report, target=None) if _has_figure(report) else None


def retell_next_day(report: Report) -> Report | None:
    """A day off, as outlets are."""
    if not _has_figure(report, 3) or report.when.start is None or report.when.end is None:
        return None
    day = timedelta(days=1)
    return replace(report, when=replace(report.when, start=report.when.start + day, end=report.when.end + day))


def retell_as_killed(report: Report) -> Report | None:
    """Killed where the first says neutralised, and the other way round."""
    if not any(toll.outcome in KIN and toll.figure.best for toll in report.tolls):
        return None
    return replace(report, tolls=tuple(replace(t, outcome=KIN.get(t.outcome, t.outcome)) for t in report.tolls))


def tell_far_larger(report: Report) -> Report | None:
    """Another incident of that day and place with far more victims, told by the same claimant."""
    if not _has_figure(report):
        return None
    return replace(report, tolls=_scale(report, lambda n: n * 4 + 15), materiel=_count_otherwise(report))


def tell_other_kind(report: Report) -> Report | None:
    """An arrest, on the day and at the place of something else."""
    if report.sub_event_type in ("Arrests", "Disrupted weapons use", "Armed clash"):
        return replace(report, sub_event_type="Change to group/activity", tolls=(), target=None)
    return replace(report, sub_event_type="Arrests", tolls=(), target=None)


def tell_only_place(report: Report) -> Report | None:
    """Something on that day at that place, no party and no figure told."""
    return replace(report, initiator=None, target=None, tolls=(), materiel=())


def tell_other_village(report: Report) -> Report | None:
    """The next village but one, the same day, the same sort of thing, other figures."""
    if report.where.latitude is None:
        return None
    where = replace(report.where, latitude=report.where.latitude + 0.36, location="Ailleurs", place="Ailleurs")
    return replace(report, where=where, tolls=_scale(report, lambda n: n + 7))


def tell_other_group(report: Report) -> Report | None:
    """Another armed group with a name of its own."""
    for role in ("initiator", "target"):
        party: Party | None = getattr(report, role)
        if party and party.side == "non-state" and not party.name.startswith("Unidentified"):
            return replace(report, **{role: replace(party, name="Other Group")})
    return None


def tell_other_victims(report: Report) -> Report | None:
    """Civilians instead of fighters or soldiers."""
    if report.target is None or report.target.side == "civilian":
        return None
    target = replace(report.target, side="civilian", name="Civilians")
    tolls = tuple(replace(toll, side="civilian") for toll in _scale(report, lambda n: n + 1))
    return replace(report, target=target, tolls=tolls, sub_event_type="Attack")


def tell_next_day_otherwise(report: Report) -> Report | None:
    """The day after at the same place, with other figures."""
    told = retell_next_day(report)
    return told and replace(told, tolls=_scale(told, lambda n: n * 2 + 3), materiel=_count_otherwise(told))


RETELLINGS: dict[str, tuple[bool, Callable[[Report], Report | None]]] = {
    "plainly": (True, retell_plainly),
    "roughly": (True, retell_roughly),
    "nearby": (True, retell_nearby),
    "without target": (True, retell_without_target),
    "next day": (True, retell_next_day),
    "as killed": (True, retell_as_killed),
    "far larger": (False, tell_far_larger),
    "other kind": (False, tell_other_kind),
    "only place": (False, tell_only_place),
    "other village": (False, tell_other_village),
    "other group": (False, tell_other_group),
    "other victims": (False, tell_other_victims),
    "next day otherwise": (False, tell_next_day_otherwise),
}
