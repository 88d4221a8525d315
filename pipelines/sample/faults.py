"""What is wrong with the sample site on purpose: declared in faults.yml, put into the answers here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from pipelines.sample.exchange import Answer, Ask, Front, add_headers, answer_html, answer_text
from pipelines.sample.rendering import render_page

OVERSIZED = 50 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, what the site does there, and the issue that a run should make of it."""

    name: str
    effect: str
    host: str
    path: str  # with its query; "*" for every page of the host
    source_id: str
    stage: str | None = None  # stage and code of the issue; None when the run is expected to cope
    code: str | None = None
    is_built_in: bool = False

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.path}"


@cache
def read_faults() -> tuple[Fault, ...]:
    """Every fault that faults.yml declares."""
    declared = yaml.safe_load((Path(__file__).parent / "faults.yml").read_text("utf-8"))
    return tuple(Fault(name, **fields) for name, fields in declared.items())


def list_built_in() -> frozenset[str]:
    """The names of the faults that the site has when nothing else is said."""
    return frozenset(fault.name for fault in read_faults() if fault.is_built_in)


def apply_faults(ask: Ask, front: Front, answer: Answer) -> Answer:
    """The answer with every fault of that address put into it."""
    for fault in _select_faults(ask, front):
        answer = _apply_effect(fault.effect, front, answer)
    return answer


def _select_faults(ask: Ask, front: Front) -> Iterator[Fault]:
    for fault in read_faults():
        is_here = fault.host == ask.host and fault.path in ("*", ask.target)
        if is_here and fault.name in front.faults:
            yield fault


def _apply_effect(effect: str, front: Front, answer: Answer) -> Answer:
    match effect:
        case "server_error":
            return answer_html(render_page("error.html.j2", front), status=500)
        case "unavailable":
            return answer_text("503 Service Unavailable\n", status=503)
        case "too_many_requests":
            return add_headers(answer_text("429 Too Many Requests\n", status=429), {"Retry-After": "120"})
        case "soft_404":
            return answer_html(render_page("missing.html.j2", front))
        case "broken_html":
            return replace(answer, body=_break_html(answer.body))
        case "oversized":
            return replace(answer, body=answer.body + b" " * OVERSIZED)
    return answer  # the fault shows in what the pages say, not in how they are sent


def _break_html(html: bytes) -> bytes:
    """End tags dropped, a tag cut off, a stray one: what browsers mend without a word."""
    torn = re.sub(rb"</(p|li|div|section|body|html)>", b"", html)
    return torn.replace(b"<h1", b"</b><div class=pub <span><h1", 1) + b"<div clas"
