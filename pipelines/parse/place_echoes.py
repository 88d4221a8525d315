"""Phrases that only refer back: "dans la même localité", "non loin de là", "dans cette région"."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace

from pipelines.mentions import PlaceMention, Span
from pipelines.parse.place_words import PlaceGrammar

REACH = 600  # characters back to the place that is meant
_GUARD = 20  # characters before the phrase that may hold a word of comparison
_UNITS = {"admin1", "admin2", "country"}


def add_echoes(told: Sequence[PlaceMention], text: str, folded: str, grammar: PlaceGrammar) -> list[PlaceMention]:
    """The mentions with those that refer back to one of them, in order; each bears the name that it refers to."""
    found = []
    starts = [mention.span.start for mention in told]
    for match in grammar.echoes.finditer(folded):
        before = told[: bisect(starts, match.start())]
        following = told[len(before)] if len(before) < len(told) else None
        is_taken = following is not None and following.span.start < match.end()
        if not is_taken and not _is_guarded(before, match.start(), folded, grammar):
            span = Span(*match.span(), text[slice(*match.span())])
            found += _echo(before, span, match.lastgroup or "")
    return sorted([*told, *found], key=lambda mention: mention.span.start)


def _is_guarded(before: Sequence[PlaceMention], start: int, folded: str, grammar: PlaceGrammar) -> bool:
    """Whether the phrase only compares, is within a mention, or says where the place right before it lies."""
    if folded[max(0, start - _GUARD) : start].rstrip().endswith(grammar.echo_guards):
        return True
    return bool(before) and not folded[before[-1].span.end : start].strip(" ,(")  # "à Say, dans la même région"


def _echo(before: Sequence[PlaceMention], span: Span, relation: str) -> list[PlaceMention]:
    """The site told last, told again: a zone is around it, a region holds it."""
    for mention in reversed(before):
        if span.start - mention.span.end > REACH:
            return []
        if mention.role == "site" and (mention.relation not in _UNITS or mention.relation == relation):
            if relation == "admin1":
                return [replace(mention, span=span, relation="admin1")]
            is_near = relation == "near" and mention.relation == "at"
            return [replace(mention, span=span, relation="near" if is_near else mention.relation)]
    return []
