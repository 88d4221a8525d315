"""The command tree: help that teaches, exit statuses, one line for what is wrong."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from pipelines.cli.app import communiques as tree
from pipelines.errors import UsageError
from pipelines.sample import serve_sample

COMMAND = Path(sys.executable).parent / "communiques"


def list_commands(group: click.Group = tree, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    found = []
    for name, command in group.commands.items():
        found += (
            list_commands(command, (*path, name)) if isinstance(command, click.Group) else [((*path, name), command)]
        )
    return found


@pytest.mark.parametrize(
    ("path", "command"), list_commands(), ids=lambda value: "-".join(value) if isinstance(value, tuple) else ""
)
def test_help_teaches(communiques, path, command):
    answer = communiques(*path, "--help")
    assert answer.status == 0
    assert f"communiques {' '.join(path)}" in answer.out
    assert "Example" in answer.out
    for option in ("--data", "--catalog", "-v"):
        assert option in answer.out
    assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option))


def test_help_lists_every_command(communiques):
    answer = communiques("--help")
    assert answer.status == 0
    assert all(path[0] in answer.out for path, _ in list_commands())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("pars",), "parse"),
        (("run", "--since", "yesterday"), "2025-07-20"),
        (("backfill", "--from", "2025-01-01"), "--to"),
        (("backfill", "--from", "2025-02-01", "--to", "2025-01-01"), "before it begins"),
        (("backfill", "--from", "2025-02-01", "--to", "2999-01-01"), "nothing is published there yet"),
        (("backfill", "--from", "1980-02-01", "--to", "2025-01-01"), "30 years"),
        (("build", "--all", "--from", "2025-01-01"), "--all"),
        (("build", "--from", "2025-02-01", "--to", "2025-01-01"), "exchange"),
        (("check", "lefas0"), "lefaso"),
        (("status",), "no data of communiques here"),
        (("verify", "--data", "nowhere"), "no data of communiques here"),
        (("archive", "reindex"), "no archive here"),
        (("explain", "nothing.txt"), "no such file"),
        (("sources", "--catalog", "nowhere"), "not a folder"),
        (("evaluate", "."), "no gold file"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_wrong_use_ends_with_2_and_one_clear_line(communiques, arguments, words):
    answer = communiques(*arguments)
    assert answer.status == 2
    assert words in answer.err
    assert "Traceback" not in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"colour": "red"}, "colour"),
        ({"min_delay_s": "soon"}, "min_delay_s"),
        ({"country": "Mali"}, "country"),
    ],
)
def test_a_wrong_source_file_is_named_with_its_key(communiques, tmp_path, content, words):
    file = tmp_path / "catalog" / "sources" / "mine.yml"
    file.parent.mkdir(parents=True)
    whole = {
        "name": "Le mien",
        "country": "ML",
        "kind": "press",
        "home": "https://mine.example",
        "discover": ["sitemap"],
    }
    file.write_text(yaml.safe_dump({**whole, **content}))
    answer = communiques("sources", "--catalog", tmp_path / "catalog")
    assert answer.status == 2
    assert str(file) in answer.err
    assert words in answer.err


def test_yaml_that_is_none_is_named(communiques, tmp_path):
    file = tmp_path / "catalog" / "sources" / "mine.yml"
    file.parent.mkdir(parents=True)
    file.write_text("name: [unclosed")
    answer = communiques("sources", "--catalog", tmp_path / "catalog")
    assert answer.status == 2
    assert str(file) in answer.err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COMMUNIQUES_NOW", "tomorrow"),
        ("COMMUNIQUES_KEEP", "0"),
        ("COMMUNIQUES_HOSTS", "a"),
        ("COMMUNIQUES_SOURCES", "x"),
    ],
)
def test_a_wrong_setting_is_named(communiques, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    answer = communiques("sources")
    assert answer.status == 2
    assert name in answer.err


def test_a_data_folder_that_cannot_be_written(communiques, tmp_path):
    (tmp_path / "file").write_text("is no folder")
    answer = communiques("run", "--data", tmp_path / "file" / "data")
    assert answer.status == 2
    assert "cannot be written" in answer.err
    assert "--data" in answer.err


def test_a_port_that_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port}"), serve_sample(port=port):
            raise AssertionError("a taken port was given out")


def test_a_reader_that_goes_away_is_no_error():
    shell = f"{COMMAND} sources | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_completion_for_the_shell():
    environment = {**os.environ, "_COMMUNIQUES_COMPLETE": "bash_source"}
    done = subprocess.run([COMMAND], env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert "complete" in done.stdout


def test_the_version(communiques):
    answer = communiques("--version")
    assert answer.status == 0
    assert "0.1" in answer.out
