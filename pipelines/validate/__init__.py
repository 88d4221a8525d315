"""Great Expectations guards the published tables: what fails goes to quarantine, and a bad release is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from pipelines.schema import load_tables
from pipelines.schema.records import Merged, Result, Tables, Validated
from pipelines.validate.checks import CHECKS
from pipelines.validate.datadocs import write_data_docs
from pipelines.validate.engine import Finding, run_rules
from pipelines.validate.flags import flag_events
from pipelines.validate.frames import build_frame
from pipelines.validate.parameters import build_parameters
from pipelines.validate.quarantine import Failure, list_failures, split_tables
from pipelines.validate.release import count_readings, measure_release
from pipelines.validate.suites import Rule, load_suites
from pipelines.validate.summary import write_summary
from pipelines.validate.surroundings import RegionFacts, Surroundings
from pipelines.validate.words import weekday_finder

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "RegionFacts",
    "Surroundings",
    "load_suites",
    "validate_tables",
    "weekday_finder",
    "write_data_docs",
    "write_summary",
]

EXAMPLES = 50  # offending rows kept for the summary, per rule


def validate_tables(
    tables: Tables,
    merged: Merged,
    around: Surroundings,
    *,
    today: date,
    archive_start: date | None = None,
    page_issues: int = 0,
    events_before: int | None = None,
) -> Validated:
    """The tables that may be published, with the quarantine and every expectation's result.

    `page_issues` are the issues of pages that gave no article, `events_before` the events of the last release.
    """
    suites, parameters = load_suites(), build_parameters(today, archive_start)
    findings = [
        finding
        for name in CHECKS
        for finding in run_rules(suites[name], build_frame(around.rows[name], name, around), parameters)
    ]
    failures = list_failures(findings, around.rows)
    severities = {finding.rule.name: finding.rule.severity for finding in findings}
    critical = [failure for failure in failures if severities[failure.rule] == "critical"]
    warnings = [failure for failure in failures if severities[failure.rule] == "warning"]
    clean, quarantine = split_tables(flag_events(tables, warnings), critical)
    counts = count_readings(merged)
    release = measure_release(clean, quarantine, counts, page_issues, events_before)
    findings += run_rules(suites["release"], _frame_of(release), parameters)
    results = tuple(_describe(f, failures, around, release) for f in findings)
    is_broken = any(not f.is_met and not f.positions and f.rule.severity == "critical" for f in findings)
    refused = any(not r.is_met and r.severity == "critical" and r.table == "release" for r in results)
    return Validated(clean, quarantine, results, not (is_broken or refused), counts)


def _frame_of(release: Mapping[str, float]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([release])


def _describe(
    finding: Finding, failures: Iterable[Failure], around: Surroundings, release: Mapping[str, float]
) -> Result:
    rule = finding.rule
    rows = len(around.rows[rule.table]) if rule.table in around.rows else 1
    return Result(
        table=rule.table,
        name=rule.name,
        reason=rule.reason,
        severity=rule.severity,
        is_met=finding.is_met,
        rows=rows,
        count=len(finding.positions) or int(not finding.is_met),
        examples=_show_examples(rule, finding, failures, around, release),
    )


def _show_examples(
    rule: Rule, finding: Finding, failures: Iterable[Failure], around: Surroundings, release: Mapping[str, float]
) -> tuple[tuple[str, str], ...]:
    if finding.is_met:
        return ()
    if rule.table == "release":
        return tuple((name, f"{release[name]:g}") for name in rule.shows)
    if not finding.positions:
        return (("", finding.observed),)
    ids = around.rows[rule.table].values(load_tables()[rule.table].key[0])
    own = (failure for failure in failures if failure.rule == rule.name)
    return tuple((str(ids[failure.position]), failure.value) for failure, _ in zip(own, range(EXAMPLES), strict=False))
