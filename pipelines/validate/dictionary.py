"""The expectations as Markdown, generated from the suites."""

from __future__ import annotations

from pipelines.validate.suites import load_suites

HEAD = """# Expectations

What Great Expectations checks before anything is published, {count} rules. The suites are plain GX suites as JSON,
without ids; `meta` holds each rule's name and reason. Columns named `ok_…` stand on the frame that is validated only:
they hold what GX's own expectations cannot say (`pipelines/validate/checks`). `$PARAMETER` values are given at run
time: today, the vocabularies of the data dictionary below, and the limits of `limits.yml`.

A *critical* rule keeps the row out: of an event all rows go to `quarantine/` together, with the expectation and the
value, and they come back together once they pass. A *warning* publishes the row with the rule's name in `qc_flags`.
A critical rule of `release` refuses the whole release; the last good one stays.

"""


def render_expectations() -> str:
    """All suites in Markdown."""
    suites = load_suites()
    parts = [HEAD.format(count=sum(map(len, suites.values())))]
    for name, rules in suites.items():
        parts.append(f"## Rules for {name}\n\n| rule | severity | reason |\n|---|---|---|\n")
        parts += [f"| `{rule.name}` | {rule.severity} | {rule.reason} |\n" for rule in rules]
        parts.append("\n")
    return "".join(parts).rstrip() + "\n"
