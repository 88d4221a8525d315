"""Every code block of the documentation runs as it stands there, or says why it cannot."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from _pytest.mark.structures import ParameterSet

from pipelines.sample import serve_sample
from tests.docs.blocks import ROOT, TRIED_ELSEWHERE, Block, list_pages, read_blocks
from tests.end_to_end.conftest import World, describe_machine

TRIED = {"console", "python", "yaml", "json", "csv", "r"}
SHOWN = {"text"}  # nothing to run
SLOW_PAGES = {"docs/tutorial.md"}  # runs the sample itself
OWN = [page for page in list_pages() if page not in TRIED_ELSEWHERE]
STARTS_A_FLOW = re.compile(r"communiques (?:run|ingest|build|backfill|sample|watch)\b")
PAGES = [page for page in OWN if any(block.language in TRIED - {"r"} for block in read_blocks(page))]


def mark_page(page: str) -> ParameterSet:
    """The page as a parameter; slow if its blocks start flows, each of which waits for a server of its own."""
    starts = any(STARTS_A_FLOW.search(block.text) for block in read_blocks(page) if not block.not_run)
    return pytest.param(page, marks=[pytest.mark.slow] if starts else [])


def test_what_is_tried_elsewhere_is_tried_there() -> None:
    assert all((ROOT / place).is_dir() for place in TRIED_ELSEWHERE.values())


@pytest.mark.parametrize("page", OWN)
def test_every_block_says_what_it_is(page: str) -> None:
    for block in read_blocks(page):
        assert block.language in TRIED | SHOWN, f"{block}: name the block's language"
        assert not block.not_run or len(block.not_run) > 10, f"{block}: say why it is not run"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with what a checkout has beside the code."""
    for name in ("tests", "pipelines", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    return tmp_path


@pytest.mark.xdist_group("end_to_end")
@pytest.mark.parametrize("page", [mark_page(page) for page in PAGES if page not in SLOW_PAGES])
def test_the_blocks_of_a_page_run(page: str, folder: Path, first: tuple[World, object]) -> None:
    shutil.copytree(first[0].data, folder / "data", symlinks=True)
    with _stand_in_for_the_web() as environment:
        run_page(page, folder, environment)


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted(SLOW_PAGES))
def test_the_blocks_of_a_long_page_run(page: str, folder: Path) -> None:
    run_page(page, folder, {})


@contextlib.contextmanager
def _stand_in_for_the_web() -> Iterator[dict[str, str]]:
    """The sample site, found where pages speak of a site of one's own."""
    with serve_sample() as site:
        yield {
            "COMMUNIQUES_HOSTS": f"*.example=127.0.0.1:{site.port}",
            "COMMUNIQUES_NOW": site.now.isoformat(),
        }


def run_page(page: str, folder: Path, environment: dict[str, str]) -> None:
    """Try the blocks of a page one after another in one folder."""
    names: dict[str, object] = {"__name__": "__main__"}
    for block in read_blocks(page):
        if block.not_run or block.language in SHOWN | {"r"}:
            continue
        said = _try_block(block, folder, environment, names)
        for words in block.gives:
            assert words in said, f"{block}: {words!r} is not in its output:\n{said}"


def _try_block(block: Block, folder: Path, environment: dict[str, str], names: dict[str, object]) -> str:
    if block.language == "console":
        return _run_shell(block, folder, environment)
    if block.language == "python":
        with contextlib.redirect_stdout(io.StringIO()) as said:
            exec(compile(block.text, str(block), "exec"), names)
        return said.getvalue()
    readers = {"yaml": yaml.safe_load, "json": json.loads, "csv": lambda text: list(csv.reader(io.StringIO(text)))}
    if block.language in readers:
        assert readers[block.language](block.text), f"{block} holds nothing"
    return block.text


def _run_shell(block: Block, folder: Path, environment: dict[str, str]) -> str:
    told = {**describe_machine(), "COLUMNS": "160", **environment}
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", block.text], cwd=folder, env=told, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == block.status, f"{block} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.xdist_group("end_to_end")
def test_the_r_blocks_run_with_base_r(folder: Path, first: tuple[World, object]) -> None:
    rscript = shutil.which("Rscript")
    assert rscript, "Rscript is missing (see tests/system-packages.txt)"
    shutil.copytree(first[0].data, folder / "data", symlinks=True)
    for page in OWN:
        blocks = read_blocks(page)
        if any(block.language == "r" for block in blocks):
            run_page(page, folder, {})
        for block in blocks:
            if block.language == "r" and not block.not_run:
                done = subprocess.run([rscript, "-e", block.text], cwd=folder, capture_output=True, text=True)
                assert done.returncode == 0, f"{block}:\n{done.stderr}"
                assert all(words in done.stdout for words in block.gives), f"{block}:\n{done.stdout}"
