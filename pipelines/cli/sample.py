"""`communiques sample`: the main job on the embedded sample site, over real HTTP, and what came of it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.conduct import conduct_flow
from pipelines.cli.options import echo_json, json_option, shared_options
from pipelines.settings import Settings, change_environment, read_settings

if TYPE_CHECKING:
    from pipelines.run.summary import RunSummary
    from pipelines.sample import SampleSite


@click.command(short_help="The whole job on an embedded sample site; begin here.")
@click.option("--later", is_flag=True, help="Move the site's clock on: a new article, and a changed one.")
@json_option
@shared_options
def sample(later: bool, as_json: bool, settings: Settings) -> int:
    """Fetch, read, check and publish the news of four invented outlets that this command itself serves on loopback.

    The data lie under ./data/sample unless --data says otherwise. Run again, it fetches nothing that has not changed.
    The exit status is 0 when the run met exactly the faults that the site is built with.

    \b
    Examples:
      communiques sample
      communiques sample --later
    """
    from pipelines.sample import serve_sample

    given = click.get_current_context().params["data"]
    is_bucket = given not in (None, settings.data)
    data = settings.data if given == settings.data else settings.data / "sample"
    mirror = settings.mirror if is_bucket else ""  # a sample goes into no bucket that it was not told
    with serve_sample(later=later) as site, change_environment(_describe_site(site, data, mirror)):
        here = read_settings()
        summary = conduct_flow("pipeline", here, {}, own_server=True)
    return _finish(summary, here, as_json=as_json)


def _describe_site(site: SampleSite, data: Path, mirror: str) -> dict[str, str | None]:
    """The settings under which a run meets the sample site and nothing else."""
    from pipelines.sample import SOURCES

    return {
        "COMMUNIQUES_DATA": str(data),
        "COMMUNIQUES_MIRROR": mirror,
        "COMMUNIQUES_CATALOG": None,
        "COMMUNIQUES_SOURCES": str(SOURCES),
        "COMMUNIQUES_HOSTS": f"*.example=127.0.0.1:{site.port}",
        "COMMUNIQUES_NOW": site.now.isoformat(),
        "COMMUNIQUES_CONTACT": None,
    }


def _finish(summary: RunSummary, settings: Settings, *, as_json: bool) -> int:
    """Tell what came of it; 0 if the pages that failed are exactly those that the site is built to fail with."""
    from pipelines.cli.report import show_counts, show_events, show_files
    from pipelines.run.failures import list_open_failures
    from pipelines.sample import EXPECTED_FAULTS

    failures = list_open_failures(settings)
    expected = {(fault.stage, fault.code, fault.url) for fault in EXPECTED_FAULTS}
    met = {(failure.stage, failure.code, failure.url) for failure in failures}
    if as_json:
        echo_json({**summary.to_json(), "failures": [asdict(failure) for failure in failures]})
    elif summary.build and summary.build.release_id:
        show_counts(summary.build, [f"{failure.code}  {failure.url}" for failure in failures])
        click.echo()
        show_events(settings.data / "current")
        show_files(settings.data)
    for stage, code, url in sorted(met ^ expected):
        surprise = "did not happen" if (stage, code, url) in expected else "was not expected"
        click.echo(f"{stage} {code} {url}: {surprise}", err=True)
    return summary.exit_status or int(met != expected)
