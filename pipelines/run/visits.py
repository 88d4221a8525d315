"""What a visit to a source leaves for the next one and for `watch`: when it was, what was new, who said no or later."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from pipelines.archive import Archive
from pipelines.errors import FetchError, RetryLaterError
from pipelines.models import Issue
from pipelines.web import LONGEST_REST

REFUSALS = frozenset({"blocked", "challenge", "status_401", "status_403"})
MOST_REFUSALS = 3  # in a row, after which a site is left alone until the next visit
KEPT_POLLS = 50
_SLACK = timedelta(days=1)  # of a clock that was set a little; visits overlap by more
_LAST, _POLLS, _BLOCK, _REST = "last_visit", "polls", "blocked", "rest_until"


@dataclass(frozen=True, slots=True)
class Poll:
    """One visit for news: how many items the source announced, and how many of them nobody had seen."""

    at: str  # ISO instant
    announced: int
    new: int


@dataclass(frozen=True, slots=True)
class Block:
    """A source that refuses us. It is asked as politely as before and never by another door."""

    since: str  # ISO instant
    code: str
    detail: str


def read_last_visit(archive: Archive, source_id: str, now: datetime) -> datetime | None:
    """When the last visit began that went to its end; a clock that was wrong then told nothing that can be used."""
    words = archive.state(source_id).get(_LAST)
    moment = datetime.fromisoformat(words) if words else None
    return None if moment and moment > now + _SLACK else moment


def note_visit(archive: Archive, source_id: str, now: datetime, announced: int, new: int) -> None:
    """Note a visit for news that went to its end; in the first one everything is new, which says nothing."""
    if read_last_visit(archive, source_id, now):
        polls = [*read_polls(archive, source_id), Poll(now.isoformat(), announced, new)][-KEPT_POLLS:]
        archive.set_state(source_id, _POLLS, json.dumps([asdict(poll) for poll in polls]))
    archive.set_state(source_id, _LAST, now.isoformat())


def read_polls(archive: Archive, source_id: str) -> list[Poll]:
    """The latest visits for news after the first, oldest first."""
    words = archive.state(source_id).get(_POLLS)
    return [Poll(**entry) for entry in json.loads(words)] if words else []


def note_refusals(
    archive: Archive, source_id: str, now: datetime, issues: Iterable[Issue], error: FetchError | None
) -> None:
    """Mark a source as blocked when it refused a page or itself, and no longer when a whole visit met no refusal."""
    told = [(issue.code, issue.detail) for issue in issues] + ([(error.code, error.detail)] if error else [])
    refusal = next((entry for entry in told if entry[0] in REFUSALS), None)
    before = read_block(archive, source_id)
    if refusal:
        block = Block(before.since if before else now.isoformat(), *refusal)
        archive.set_state(source_id, _BLOCK, json.dumps(asdict(block), ensure_ascii=False))
    elif before and error is None:
        archive.set_state(source_id, _BLOCK, "")


def read_block(archive: Archive, source_id: str) -> Block | None:
    """Since when and how a source refuses us, None if it does not."""
    words = archive.state(source_id).get(_BLOCK)
    return Block(**json.loads(words)) if words else None


def note_rest(archive: Archive, source_id: str, error: RetryLaterError) -> None:
    """Note until when a host asked to be left alone, so that the next run does not ask sooner."""
    archive.set_state(source_id, _REST, error.retry_at.astimezone(UTC).isoformat())


def check_rest(archive: Archive, source_id: str, now: datetime) -> None:
    """Raise RetryLaterError while a host that asked for rest is to have it."""
    words = archive.state(source_id).get(_REST)
    until = datetime.fromisoformat(words) if words else now
    if now < until <= now + LONGEST_REST:  # a later one was noted by a clock that was wrong
        raise RetryLaterError("retry_later", f"{source_id} asked for rest until {until:%Y-%m-%d %H:%M:%S} UTC", until)
