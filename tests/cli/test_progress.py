"""Progress: a bar with rate and remaining time on a terminal, silence in a pipe."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.cli.terminal import COMMAND, strip_colours, watch_terminal

TEXT = "Le 12 mars 2025, les FAMa ont neutralisé une dizaine de terroristes à Niono."


def write_articles(folder: Path, count: int) -> Path:
    lines = [json.dumps({"id": f"a{number}", "text": TEXT, "published": "2025-03-13"}) for number in range(count)]
    path = folder / "articles.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_bar_with_rate_and_time_on_a_terminal(tmp_path):
    write_articles(tmp_path, 300)
    command = [COMMAND, "parse", "articles.jsonl", "--out", "reports.jsonl"]
    told = strip_colours(watch_terminal(command, tmp_path, columns=100))
    assert "articles" in told
    assert "/300" in told
    assert "/s" in told
    assert "left" in told
    assert len((tmp_path / "reports.jsonl").read_text().splitlines()) == 300


def test_no_bar_in_a_pipe(tmp_path):
    write_articles(tmp_path, 3)
    done = subprocess.run(
        [COMMAND, "parse", "articles.jsonl"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 3
