"""The last run as a Prometheus text file, for the textfile collector of a node exporter or any web server."""

from __future__ import annotations

import shutil
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from pipelines.publish.folder import explain_disk_errors
from pipelines.run.summary import BuildSummary, RunSummary, SourceSummary

PREFIX = "communiques"
SOURCE_COUNTS = ("links", "fetched", "unchanged", "failed", "articles", "unreadable")
BUILD_COUNTS = ("articles", "newly_read", "relevant", "communiques", "events", "reports", "totals", "issues")


def write_prometheus(summary: RunSummary, data: Path) -> Path:
    """Write `metrics.prom` into the data folder, whole or not at all."""
    registry = CollectorRegistry()
    _set(registry, "run_finished_timestamp_seconds", "When the last run ended", summary.finished_at.timestamp())
    _set(registry, "run_exit_status", "0 well, 1 look, 3 release refused", summary.exit_status)
    _set(registry, "free_disk_bytes", "Free space where the data folder lies", shutil.disk_usage(data).free)
    for name, value in summary.metrics.items():
        _set(registry, f"run_{name.removeprefix('run_')}", f"{name} of the last run", value)
    _add_sources(registry, summary.sources)
    if summary.build:
        _add_build(registry, summary.build)
    path = data / "metrics.prom"
    with explain_disk_errors(path):
        write_to_textfile(str(path), registry)
    return path


def _set(registry: CollectorRegistry, name: str, words: str, value: float) -> None:
    Gauge(f"{PREFIX}_{name}", words, registry=registry).set(value)


def _add_sources(registry: CollectorRegistry, sources: tuple[SourceSummary, ...]) -> None:
    failed = Gauge(f"{PREFIX}_source_is_failed", "1 if the source failed as a whole", ["source"], registry=registry)
    pages = Gauge(f"{PREFIX}_source_pages", "Pages of the last run", ["source", "outcome"], registry=registry)
    for source in sources:
        failed.labels(source.source_id).set(bool(source.error))
        for name in SOURCE_COUNTS:
            pages.labels(source.source_id, name).set(getattr(source, name))


def _add_build(registry: CollectorRegistry, build: BuildSummary) -> None:
    for name in BUILD_COUNTS:
        _set(registry, f"dataset_{name}", f"{name} in the datasets", getattr(build, name))
    _set(registry, "rows_newly_quarantined", "Rows refused for the first time", build.newly_quarantined)
    _set(registry, "release_is_refused", "1 if a release rule said no", bool(build.refusal))
    rows = Gauge(f"{PREFIX}_quarantined_rows", "Rows in quarantine", ["dataset", "reason"], registry=registry)
    for dataset, reason, count in build.quarantined:
        rows.labels(dataset, reason).set(count)
