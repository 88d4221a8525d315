"""The deployments of prefect.yaml at work: a real server, a real process worker, real HTTP to the sample site."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
import yaml

from pipelines.sample import SOURCES, SampleSite, serve_sample
from tests.flows.stack import ROOT, Stack, find_port, start_stack

NAMES = {"pipeline/scheduled", "backfill/manual", "build/rebuild", "watch/nightly"}


def describe_site(site: SampleSite, data: Path) -> dict[str, str]:
    return {
        "COMMUNIQUES_DATA": str(data),
        "COMMUNIQUES_SOURCES": str(SOURCES),
        "COMMUNIQUES_HOSTS": f"*.example=127.0.0.1:{site.port}",
        "COMMUNIQUES_NOW": site.now.isoformat(),
        "COMMUNIQUES_RETRIES": "0",
    }


def check_deployments(stack: Stack, data: Path) -> None:
    """What an operator does: look, start the scheduled job for one source, go back in time for two."""
    flows = {flow["id"]: flow["name"] for flow in stack.ask("flows/filter", {})}
    found = {f"{flows[entry['flow_id']]}/{entry['name']}" for entry in stack.ask("deployments/filter", {})}
    assert found == NAMES

    run = stack.run_deployment("pipeline/scheduled", sources=["courrier-du-delta"])
    assert (run["state"]["type"], run["state"]["name"]) == ("COMPLETED", "Completed"), stack.read_logs()
    assert set(read(data, "articles")["outlet"]) == {"Le Courrier du Delta"}
    assert len(read(data, "events")) > 0

    run = stack.run_deployment(
        "backfill/manual", start="2025-06-01", end="2025-12-31", sources=["echo-des-collines", "courrier-du-delta"]
    )
    assert run["state"]["name"] == "Completed", stack.read_logs()
    assert set(read(data, "articles")["outlet"]) > {"Le Courrier du Delta"}


def read(data: Path, dataset: str) -> pd.DataFrame:
    return pd.read_parquet(data / "current" / dataset)


@pytest.mark.timeout(600)
def test_deployments_on_sqlite(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serve_sample() as site, start_stack(tmp_path, describe_site(site, data)) as stack:
        check_deployments(stack, data)


def test_declared_schedules() -> None:
    declared = yaml.safe_load((ROOT / "deployments" / "prefect.yaml").read_text())["deployments"]
    crons = {entry["name"]: entry["schedules"][0]["cron"] for entry in declared if "schedules" in entry}
    assert crons == {"scheduled": "7 * * * *", "nightly": "43 2 * * *"}


@contextmanager
def start_postgres() -> Iterator[str]:
    """A PostgreSQL of our own on loopback, run by nobody since it refuses to be run by root; gives its address."""
    tools, port = find_postgres(), find_port()
    as_nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="communiques-postgres-") as folder:
        if as_nobody:
            shutil.chown(folder, "nobody", "nogroup")

        def run(tool: str, *arguments: str) -> None:
            subprocess.run([*as_nobody, tools / tool, *arguments], check=True, cwd=folder, stdout=subprocess.DEVNULL)

        run("initdb", "-D", "data", "-U", "prefect", "--auth=trust", "--no-sync")
        options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off"
        run("pg_ctl", "-D", "data", "-w", "-l", "postgres.log", "-o", options, "start")
        try:
            run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "prefect", "prefect")
            yield f"postgresql+asyncpg://prefect@127.0.0.1:{port}/prefect"
        finally:
            run("pg_ctl", "-D", "data", "-m", "fast", "stop")


def find_postgres() -> Path:
    """The folder of PostgreSQL's server programs, which Debian keeps off the path."""
    on_path = shutil.which("pg_ctl")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    assert on_path or installed, "make slow installs postgresql (tests/system-packages.txt)"
    return Path(on_path).resolve().parent if on_path else installed[-1].parent


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_deployments_on_postgresql(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with start_postgres() as database, serve_sample() as site:
        settings = {**describe_site(site, data), "PREFECT_API_DATABASE_CONNECTION_URL": database}
        with start_stack(tmp_path, settings) as stack:
            check_deployments(stack, data)
            assert stack.run_deployment("build/rebuild", everything=True)["state"]["type"] == "COMPLETED"
            assert stack.run_deployment("watch/nightly")["state"]["type"] == "COMPLETED"
            wrong = stack.run_deployment("pipeline/scheduled", sources=["nobody"])
            assert wrong["state"]["type"] == "FAILED"
            assert "no source is called 'nobody'" in wrong["state"]["message"]
