"""The validation summary: every rule with its reason, its result and the rows that did not meet it.

One self-contained HTML page and the same as Markdown; neither needs a network, a script or a font.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.schema.records import Result, Validated

if TYPE_CHECKING:
    from jinja2 import Template

SHOWN = 20


def write_summary(validated: Validated, folder: Path, *, run_id: str, now: datetime) -> Path:
    """Write summary.html and summary.md into a folder; the page's path is returned."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "summary.md").write_text(render_markdown(validated, run_id=run_id, now=now), encoding="utf-8")
    page = folder / "summary.html"
    page.write_text(render_html(validated, run_id=run_id, now=now), encoding="utf-8")
    return page


def render_html(validated: Validated, *, run_id: str, now: datetime) -> str:
    """The summary as one HTML page."""
    return _load_template().render(
        run_id=run_id,
        now=f"{now:%Y-%m-%d %H:%M} UTC",
        verdict=describe_verdict(validated),
        is_good=validated.release_ok,
        groups=_group_results(validated.results),
        rows={name: table.num_rows for name, table in validated.tables.items()},
        held={name: table.num_rows for name, table in validated.quarantine.items()},
        shown=SHOWN,
    )


def render_markdown(validated: Validated, *, run_id: str, now: datetime) -> str:
    """The summary as Markdown: what failed in full, what held as counts."""
    lines = [f"# Validation of {run_id}", "", f"{now:%Y-%m-%d %H:%M} UTC. {describe_verdict(validated)}", ""]
    for table, results in _group_results(validated.results):
        failed = [result for result in results if not result.is_met]
        lines += [f"## {table}", "", f"{len(results)} rules, {len(failed)} not met.", ""]
        for result in sorted(failed, key=lambda r: (r.severity, r.name)):
            lines += _render_failed(result)
    return "\n".join(lines)


def describe_verdict(validated: Validated) -> str:
    """One sentence: what may be published, what is held back, and whether anything is published at all."""
    failed = [result for result in validated.results if not result.is_met]
    held = validated.quarantine["events"].num_rows if "events" in validated.quarantine else 0
    counts = f"{len(validated.results)} rules, {len(failed)} not met; events in quarantine: {held}."
    return counts if validated.release_ok else f"{counts} Nothing is published: a release rule refused it."


def _group_results(results: Iterable[Result]) -> list[tuple[str, list[Result]]]:
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(result.table, []).append(result)
    return list(groups.items())


def _render_failed(result: Result) -> Sequence[str]:
    head = f"- **{result.name}** ({result.severity}): {result.count} of {result.rows} rows. {result.reason}"
    return [head, *(f"  - `{key}`: {_escape(value)}" for key, value in result.examples[:SHOWN]), ""]


def _escape(text: str) -> str:
    return " ".join(text.split()).replace("`", "'").replace("<", "&lt;").replace("|", "\\|")


@cache
def _load_template() -> Template:
    from jinja2 import Environment, StrictUndefined

    source = (files("pipelines.validate") / "summary.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(source)
