"""The command tree: help that teaches, exit statuses, one line for what is wrong."""

from __future__ import annotations

import json
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


@pytest.mark.parametrize(
    ("path", "command"), list_commands(), ids=lambda value: "-".join(value) if isinstance(value, tuple) else ""
)
def test_a_program_may_read_every_answer(path, command):
    options = {option for parameter in command.params for option in parameter.opts}
    assert "--json" in options or path == ("parse",), "parse writes JSON and nothing else"


def test_without_a_command_it_says_what_to_do_next(communiques, tmp_path):
    answer = communiques()
    assert answer.status == 0
    assert "Begin:" in answer.out
    assert "communiques sample" in answer.out.split("Next:")[1]
    (tmp_path / "data" / "sample").mkdir(parents=True)
    (tmp_path / "data" / "sample" / "current").symlink_to("releases/r1")
    assert "communiques page --data data/sample" in communiques().out.split("Next:")[1]
    (tmp_path / "data" / "index.sqlite").write_bytes(b"")
    assert "communiques build" in communiques().out.split("Next:")[1]
    (tmp_path / "data" / "current").symlink_to("releases/r1")
    assert "communiques run" in communiques().out.split("Next:")[1]


def test_a_first_run_says_what_it_does_and_what_sites_should_know(communiques, tmp_path):
    (tmp_path / "file").write_text("is no folder")
    told = communiques("run", "--data", tmp_path / "file" / "data").err
    assert "first run" in told
    assert "COMMUNIQUES_CONTACT is not set" in told


def test_names_that_look_alike_for_a_program(communiques):
    answer = communiques("gazetteer", "suggest", "Tesit", "--country", "ml", "--json")
    assert json.loads(answer.out)[0].startswith("Tessit")
    assert "no known place looks like" in communiques("gazetteer", "suggest", "Xqzxqzxqz").out


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


def test_a_server_that_cannot_be_reached_is_named(communiques, tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    answer = communiques("run", "--data", str(tmp_path))
    assert answer.status == 2
    assert "no Prefect server answers at http://127.0.0.1:9/api" in answer.err
    assert "deployments/start server" in answer.err


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


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("communiques ex", {"explain", "export"}),
        ("communiques archive ", {"cdxj", "reindex", "ship"}),
        ("communiques export --format ", {"acled", "csv", "geojson", "ucdp", "xlsx"}),
        ("communiques backfill --via w", {"warc", "wayback"}),
    ],
)
def test_the_shell_completes(typed, offered):
    """A real bash with the script that docs/command-line.md names: what the Tab key would offer."""
    words = typed.split(" ")
    script = f"""
        eval "$(_COMMUNIQUES_COMPLETE=bash_source communiques)"
        COMP_WORDS=({" ".join(repr(word) for word in words)}); COMP_CWORD={len(words) - 1}
        compopt() {{ :; }}
        _communiques_completion communiques
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    environment = {**os.environ, "PATH": f"{COMMAND.parent}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert set(done.stdout.split()) == offered, done.stderr


def test_the_version(communiques):
    answer = communiques("--version")
    assert answer.status == 0
    assert "0.1" in answer.out
