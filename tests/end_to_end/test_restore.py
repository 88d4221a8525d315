"""Backup and restore by the commands of docs/operations.md: the same rows and the same ids in a new folder."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.cli import main
from pipelines.sample import NOW, SOURCES
from pipelines.settings import change_environment
from tests.end_to_end.conftest import World
from tests.flows.stack import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("end_to_end"), pytest.mark.timeout(900)]

OF_THE_RUN = {"run_id", "updated_at"}  # of the run that last changed a value


def find_command(beginning: str) -> str:
    """The command of the handbook that begins so."""
    handbook = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    [command] = re.findall(rf"^{re.escape(beginning)}.*$", handbook, re.MULTILINE)
    return command


def test_archive_and_ledger_are_enough(world: World, tmp_path: Path) -> None:
    world.run(later=True)  # ids that were assigned in two runs, and a revised event
    restored = World(tmp_path / "restored")
    restored.data.mkdir()
    for beginning, data in (("flock ", world.data), ("tar -x", restored.data)):
        told = {"COMMUNIQUES_DATA": str(data), "BACKUP": str(tmp_path / "backup.tar"), "PATH": "/usr/bin:/bin"}
        subprocess.run(["sh", "-euc", find_command(beginning)], env=told, check=True)
    told = {"COMMUNIQUES_DATA": str(restored.data), "COMMUNIQUES_SOURCES": str(SOURCES), "COMMUNIQUES_NOW": str(NOW)}
    with change_environment(told):
        assert main(["archive", "reindex"]) == 0
    assert restored.run("build", later=True, everything=True).state.name == "Completed"
    for name in ("events", "reports", "tolls", "materiel", "totals", "articles", "retired", "revisions"):
        assert sort_rows(restored.read, name) == sort_rows(world.read, name), name


def sort_rows(read: Callable[[str], list[dict[str, Any]]], name: str) -> list[str]:
    """The rows of a dataset in a fixed order, without what names the run that made them."""
    return sorted(str({key: value for key, value in row.items() if key not in OF_THE_RUN}) for row in read(name))
