"""What deployments/ declares, and the deployments at work on SQLite: a real server, a real worker, real HTTP."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest
import yaml

from flows.automations import read_automations
from flows.deploy import DECLARED
from pipelines.errors import ConfigError
from pipelines.sample import serve_sample
from tests.flows.stack import ROOT, START, start_stack
from tests.flows.worlds import describe_site, read

NAMES = {"pipeline/scheduled", "backfill/manual", "build/rebuild", "watch/nightly"}
SERVICES = sorted((DECLARED / "systemd").glob("*.service"))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.xdist_group("operation")
def test_deployments_on_sqlite(tmp_path: Path) -> None:
    """What an operator does: deploy, start the scheduled job for one source, go back in time for two."""
    data = tmp_path / "data"
    with serve_sample() as site, start_stack(tmp_path, describe_site(site, data)) as stack:
        flows = {flow["id"]: flow["name"] for flow in stack.ask("flows/filter", {})}
        deployed = stack.ask("deployments/filter", {})
        assert {f"{flows[entry['flow_id']]}/{entry['name']}" for entry in deployed} == NAMES

        run = stack.run_deployment("pipeline/scheduled", sources=["courrier-du-delta"])
        assert (run["state"]["type"], run["state"]["name"]) == ("COMPLETED", "Completed"), stack.read_logs()
        assert set(read(data, "articles")["outlet"]) == {"Le Courrier du Delta"}
        assert len(read(data, "events")) > 0


def test_the_handbook_needs_ten_commands() -> None:
    handbook = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    commands = re.findall(r"```console\n(.*?)```", handbook, re.DOTALL)[0].splitlines()
    assert len(commands) == 10
    steps = [step for command in commands for step in re.findall(r"deployments/start (\w+)", command)]
    assert steps == ["server", "deploy", "worker"]


def test_declared_schedules() -> None:
    declared = yaml.safe_load((DECLARED / "prefect.yaml").read_text())["deployments"]
    crons = {entry["name"]: entry["schedules"][0]["cron"] for entry in declared if "schedules" in entry}
    assert crons == {"scheduled": "7 * * * *", "nightly": "43 2 * * *"}
    assert all("communiques" in entry["tags"] for entry in declared)


def test_automations_send_word_only_where_an_address_is() -> None:
    file = DECLARED / "automations.yml"
    silent, telling = read_automations(file, None), read_automations(file, uuid4())
    assert [automation.name for automation in silent] == ["communiques-crash-runs-without-heartbeat"]
    assert {automation.actions[0].type for automation in telling} == {"change-flow-run-state", "send-notification"}
    assert set(yaml.safe_load(file.read_text())) == {automation.name for automation in telling}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("late: {trigger: {type: event}, notice: {}}", "late: unknown key notice; there are actions"),
        ("late: {trigger: {type: clock}, actions: []}", "late: .*trigger"),
    ],
)
def test_a_wrong_automation_is_named(tmp_path: Path, words: str, told: str) -> None:
    (tmp_path / "automations.yml").write_text(words)
    with pytest.raises(ConfigError, match=f"(?s)automations.yml: {told}"):
        read_automations(tmp_path / "automations.yml", None)


def read_unit(path: Path) -> dict[str, list[str]]:
    """The keys of a unit file with all their values."""
    found: dict[str, list[str]] = {}
    for line in path.read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_services_call_the_script_that_the_tests_call(path: Path, tmp_path: Path) -> None:
    unit = read_unit(path)
    steps = [command.split() for command in unit["ExecStart"] + unit.get("ExecStartPost", [])]
    assert {command for command, _ in steps} == {"/opt/communiques/deployments/start"}
    assert START == ROOT / "deployments" / "start"
    assert os.access(START, os.X_OK)
    assert {step for _, step in steps} <= set(re.findall(r"^  (\w+)\) ", START.read_text(), re.MULTILINE))
    verifier = shutil.which("systemd-analyze")
    if verifier:  # where the system has it: systemd's own opinion, with the project's folder where the tests have it
        copy = tmp_path / path.name
        copy.write_text(path.read_text().replace("/opt/communiques", str(ROOT)))
        done = subprocess.run([verifier, "verify", "--man=no", copy], capture_output=True, text=True, check=False)
        complaints = [line for line in done.stderr.splitlines() if path.name in line]
        assert not complaints


def test_containers_call_the_script_that_the_tests_call() -> None:
    compose = yaml.safe_load((DECLARED / "compose.yaml").read_text())
    services = compose["services"]
    steps = {name: service["command"] for name, service in services.items() if "command" in service}
    assert steps == {"server": ["server"], "deploy": ["deploy"], "worker": ["worker"]}
    used = {volume.split(":")[0] for service in services.values() for volume in service.get("volumes", [])}
    assert used == set(compose["volumes"])
    assert services["server"]["ports"] == ["127.0.0.1:4200:4200"]
    assert all(name in services for service in services.values() for name in service.get("depends_on", {}))
    lines = (DECLARED / "Containerfile").read_text().splitlines()
    assert 'ENTRYPOINT ["deployments/start"]' in lines
    copied = [name for line in lines if line.startswith("COPY") for name in line.split()[1:-1]]
    assert all((ROOT / name).exists() for name in copied)


def start(step: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One step of the script, with a patience of a second."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.run(
        [START, step], env={**told, "COMMUNIQUES_WAIT": "1", **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("step", "environment", "told"),
    [
        (
            "worker",
            {"PREFECT_API_URL": "http://127.0.0.1:9/api"},
            "no Prefect server answers at http://127.0.0.1:9/api",
        ),
        ("deploy", {"PREFECT_API_URL": "http://127.0.0.1:9/api"}, "start it with `deployments/start server`"),
        (
            "server",
            {"PREFECT_API_DATABASE_CONNECTION_URL": "postgresql+asyncpg://me:secret@127.0.0.1:9/prefect"},
            r"postgresql\+asyncpg://me:\*\*\*@127.0.0.1:9/prefect cannot be used .*Connect call failed",
        ),
        (
            "server",
            {"PREFECT_API_DATABASE_CONNECTION_URL": "postgres://me:secret@127.0.0.1/prefect"},
            "begins with 'postgres'; it must be of the form postgresql",
        ),
        ("deploy", {"COMMUNIQUES_NOTIFY": "me@home secret"}, "COMMUNIQUES_NOTIFY: not an address"),
        ("clean", {}, "usage: deployments/start server"),
    ],
)
def test_what_cannot_be_reached_or_is_wrong_is_told_with_its_remedy(
    step: str, environment: dict[str, str], told: str, tmp_path: Path
) -> None:
    done = start(step, **environment, PREFECT_HOME=str(tmp_path), COMMUNIQUES_DATA=str(tmp_path))
    assert done.returncode == 2
    assert re.search(told, done.stderr), done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr
