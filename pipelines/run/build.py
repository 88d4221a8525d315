"""From stored articles to a release: read what is new, merge everything, shape the tables, validate, publish."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipelines.errors import ReleaseRefusedError
from pipelines.merge import append_ledger, merge_readings, read_ledger
from pipelines.models import Reading
from pipelines.progress import track
from pipelines.publish import (
    Facts,
    build_tables,
    find_current,
    list_version_rows,
    prune_releases,
    publish_release,
    refuse_release,
    write_quarantine,
)
from pipelines.publish.folder import explain_disk_errors
from pipelines.publish.manifest import list_entries, read_manifest
from pipelines.run.computing import Compute, compute_here
from pipelines.run.facts import Regions, describe_facts, number_finder
from pipelines.run.failures import file_failures
from pipelines.run.knowledge import READER_FAILED, Knowledge, Rules
from pipelines.run.opening import OpenRun, choose_sources
from pipelines.run.reading import cut_batches, read_batch
from pipelines.run.reporting import mirror_published, write_validation
from pipelines.run.summary import BuildSummary
from pipelines.schema.records import Merged, ReadArticle, Release, Tables, Validated
from pipelines.validate import Surroundings, validate_tables
from pipelines.validate.words import weekday_finder

LOG = logging.getLogger(__name__)
logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)  # tells of temporary folders


class ReadArticles(NamedTuple):
    """Every article with its reading, and how many were read in this run."""

    items: tuple[ReadArticle, ...]
    newly_read: int


class Shaped(NamedTuple):
    """A release that is ready but for its publication."""

    articles: ReadArticles
    merged: Merged
    validated: Validated
    around: Surroundings
    facts: Facts


def locate_ledger(data: Path) -> Path:
    """Where the identity ledger of a data folder lies."""
    return data / "ledger" / "events.jsonl"


def read_articles(
    run: OpenRun,
    rules: Rules,
    *,
    start: date | None = None,
    end: date | None = None,
    everything: bool = False,
    compute: Compute = compute_here,
) -> ReadArticles:
    """Read every article that this version of the reader has not read yet; the others' readings are at hand.

    Articles with events between `start` and `end`, or all of them for `everything`, are read again. `compute` says
    where; what was read is written here.
    """
    articles, readings = list(run.archive.articles()), {}
    for article in articles:
        reading = None if everything else run.archive.reading(article, rules.version)
        if reading is not None and not _lies_within(reading, start, end):
            readings[article.article_id] = reading
    batches = cut_batches([article for article in articles if article.article_id not in readings], rules)
    newly_read = 0
    done = zip(batches, compute(read_batch, batches), strict=True)
    for batch, found in track(done, "articles, by the batch", len(batches)):
        with run.archive.together():
            for article, reading in zip(batch.articles, found, strict=True):
                run.archive.put_reading(article, rules.version, reading)
                readings[article.article_id] = reading
        newly_read += len(found)
        LOG.info("%d articles read", newly_read)
    LOG.info("%d articles, %d of them newly read", len(articles), newly_read)
    return ReadArticles(tuple(ReadArticle(item, readings[item.article_id]) for item in articles), newly_read)


def _lies_within(reading: Reading, start: date | None, end: date | None) -> bool:
    if start is None and end is None:
        return False
    days = [report.when.start for report in reading.reports if report.when.start]
    return any((start is None or day >= start) and (end is None or day <= end) for day in days)


def shape_release(run: OpenRun, knowledge: Knowledge, articles: ReadArticles) -> Shaped:
    """Merge all readings into events, build every table and have Great Expectations judge them."""
    ledger = read_ledger(locate_ledger(run.settings.data))
    merged = merge_readings(
        articles.items,
        ledger,
        now=run.started_at,
        corrections=knowledge.corrections,
        side_of=knowledge.side_of,
    )
    LOG.info("%d reports merged into %d events", len(merged.reports), len(merged.events))
    issues = list(file_failures(run.archive, choose_sources(run.settings)))
    facts = describe_facts(knowledge.actors, knowledge.atlas)
    tables = build_tables(merged, now=run.started_at, run_id=run.run_id, issues=issues, facts=facts)
    around = look_around(tables, articles, knowledge)
    validated = validate_tables(
        tables,
        merged,
        around,
        today=run.started_at.date(),
        page_issues=len(issues),
        events_before=count_published(run.settings.data),
    )
    return Shaped(articles, merged, validated, around, facts)


def look_around(tables: Tables, articles: ReadArticles, knowledge: Knowledge) -> Surroundings:
    """What the rows are checked against."""
    return Surroundings(
        tables,
        {item.article.article_id: item.article.text for item in articles.items},
        regions=Regions(knowledge.atlas),
        find_weekday=weekday_finder(knowledge.lexicons),
        find_numbers=number_finder(knowledge.lexicons),
    )


def publish_shaped(run: OpenRun, shaped: Shaped) -> BuildSummary:
    """Publish the release, unless a release rule says no; the ledger is written first, so that no id is given twice."""
    merged, validated = shaped.merged, shaped.validated
    newly_refused = len(write_quarantine(validated.quarantine, run.settings.data))
    try:
        refuse_release(validated)
        ledger, rows = locate_ledger(run.settings.data), list_version_rows(validated, merged.histories)
        with explain_disk_errors(ledger):
            append_ledger(ledger, [*merged.ledger_rows, *rows])
        release = publish_release(validated, run.settings.data, run.run_id, now=run.started_at, facts=shaped.facts)
    except ReleaseRefusedError as error:
        page = write_validation(run, validated, shaped.around, is_new=True)
        return summarise_build(shaped, newly_refused, page, refusal=str(error))
    page = write_validation(run, validated, shaped.around, is_new=release.is_new)
    prune_releases(run.settings.data, run.settings.keep)
    LOG.info("release %s, %d partitions changed", release.id, len(release.changed))
    return summarise_build(shaped, newly_refused, page, release=release, mirror_error=mirror_published(run, release))


def count_published(data: Path) -> int | None:
    """How many events the current release holds, None before the first one."""
    current = find_current(data)
    if current is None:
        return None
    return sum(entry.rows for entry in list_entries(read_manifest(current)) if entry.table == "events")


def summarise_build(
    shaped: Shaped,
    newly_refused: int,
    page: Path,
    *,
    release: Release | None = None,
    refusal: str | None = None,
    mirror_error: str | None = None,
) -> BuildSummary:
    """The counts of a build."""
    readings = [item.reading for item in shaped.articles.items]
    tables, held = shaped.validated.tables, shaped.validated.quarantine
    reasons = Counter(
        (name, reason) for name, table in held.items() for reason in table.column("expectation").to_pylist()
    )
    return BuildSummary(
        articles=len(readings),
        newly_read=shaped.articles.newly_read,
        relevant=sum(reading.is_security for reading in readings),
        communiques=sum(reading.is_communique for reading in readings),
        events=tables["events"].num_rows,
        reports=tables["reports"].num_rows,
        totals=tables["totals"].num_rows,
        issues=tables["issues"].num_rows,
        expectations=len(shaped.validated.results),
        quarantined=tuple((*key, count) for key, count in sorted(reasons.items())),
        newly_quarantined=newly_refused,
        unreadable=sum(issue.code == READER_FAILED for reading in readings for issue in reading.issues),
        release_id=release.id if release else None,
        changed_partitions=release.changed if release else (),
        refusal=refusal,
        validation=str(page),
        mirror_error=mirror_error,
    )
