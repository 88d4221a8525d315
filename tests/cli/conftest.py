"""The command line as a user starts it, in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from pipelines.cli import main


@dataclass
class Answer:
    """What one command said."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def communiques(capfd: pytest.CaptureFixture[str], tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run one command from an empty working directory."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Answer:
        status = main([str(argument) for argument in arguments])
        told = capfd.readouterr()
        return Answer(status, told.out, told.err)

    return run
