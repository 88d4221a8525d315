"""The data folder: one writer at a time, and a clear word when it cannot be used."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from pipelines.errors import DataFolderError, LockedError, UsageError
from pipelines.run.lock import check_folder, hold_folder
from pipelines.run.opening import choose_sources
from pipelines.settings import Settings


def test_two_writers_are_told_apart(tmp_path):
    told = rf"process {os.getpid()} on .*, for 0:00:0\d \(since 20.*Z\), writes here"
    with hold_folder(tmp_path), pytest.raises(LockedError, match=told), hold_folder(tmp_path):
        raise AssertionError("two runs hold the folder")


def test_a_lock_without_a_note_is_told_too(tmp_path):
    with hold_folder(tmp_path):
        (tmp_path / ".lock").write_text("")
        with pytest.raises(LockedError, match="another process writes here"), hold_folder(tmp_path):
            raise AssertionError("two runs hold the folder")


def test_a_run_that_ended_well_leaves_no_note(tmp_path, caplog):
    with pytest.raises(UsageError), hold_folder(tmp_path):
        raise UsageError("this run has told what was wrong")
    with hold_folder(tmp_path):
        assert caplog.messages == []


def test_the_lock_ends_with_its_process(tmp_path, caplog):
    code = (
        "import os, sys, pathlib; from pipelines.run.lock import hold_folder\n"
        "with hold_folder(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    with hold_folder(tmp_path):
        assert (tmp_path / ".lock").read_text().startswith(f"{os.getpid()} on ")
    assert "ended before it was done" in caplog.text


def test_a_patient_run_waits_for_the_other_one(tmp_path):
    code = (
        "import sys, pathlib, time; from pipelines.run.lock import hold_folder\n"
        "with hold_folder(pathlib.Path(sys.argv[1])): print(flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with other:
        other.stdout.readline()
        threading.Timer(0.7, other.stdin.close).start()
        with hold_folder(tmp_path, patience_s=60):
            assert other.wait(timeout=60) == 0


def test_a_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "data").write_text("no folder")
    with pytest.raises(DataFolderError, match="--data"):
        check_folder(tmp_path / "data")


def test_an_unknown_source_is_told_with_its_neighbours():
    with pytest.raises(UsageError, match="did you mean lefaso"):
        choose_sources(Settings(), ["lefasso"])
    with pytest.raises(UsageError, match="communiques sources"):
        choose_sources(Settings(), ["qwertyuiop"])


def test_sources_are_taken_in_the_order_in_which_they_are_named():
    assert [source.id for source in choose_sources(Settings(), ["lefaso", "aib"])] == ["lefaso", "aib"]
