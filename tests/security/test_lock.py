"""What is installed: pinned, hashed, the same in all locks, and no version that is known to us to be bad."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-pywb.lock")
ADVISORIES: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "advisories.yml").read_text("utf-8"))
ENTRY = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)


def read_lock(name: str) -> list[tuple[str, str, str]]:
    """Name, version and the rest of every entry: one name may have a version for each Python."""
    words = (ROOT / name).read_text(encoding="utf-8")
    return [(found[1].lower(), found[2], found[3]) for found in ENTRY.finditer(words)]


def judge_version(name: str, version: str) -> str | None:
    """Why a version may not be used, None if nothing is known against it.

    >>> judge_version("requests", "2.31.0")
    'requests 2.31.0: CVE-2024-47081, .netrc passwords sent to a foreign host'
    """
    told = ADVISORIES.get(_normalise(name))
    if told is None:
        return None
    is_old = "below" in told and Version(version) < Version(str(told["below"]))
    is_new = "from" in told and Version(version) >= Version(str(told["from"]))
    return f"{name} {version}: {told['why']}" if is_old or is_new else None


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pinned_and_hashed_version(lock: str) -> None:
    words = (ROOT / lock).read_text(encoding="utf-8")
    starts = [line for line in words.splitlines() if line[:1].strip() and not line.startswith("#")]
    entries = read_lock(lock)
    assert len(starts) == len(entries), "something else than name==version stands there: an option, an address, a range"
    for name, _, rest in entries:
        assert re.findall(r"--hash=sha256:[0-9a-f]{64}\b", rest), name


@pytest.mark.parametrize("lock", LOCKS[:2])
def test_no_lock_holds_a_version_that_is_known_to_be_bad(lock: str) -> None:
    assert [why for name, version, _ in read_lock(lock) if (why := judge_version(name, version))] == []


def test_the_replay_tool_runs_apart_with_what_it_is_known_to_need() -> None:
    """pywb serves recorded pages on loopback in a test, in an environment of its own; what it drags along is named."""
    bad = [name for name, version, _ in read_lock(LOCKS[2]) if judge_version(name, version)]
    assert bad == []


def test_bad_versions_would_be_found() -> None:
    assert judge_version("Jinja2", "3.1.5")
    assert judge_version("fastapi", "0.151.0")
    assert judge_version("python_multipart", "0.0.9")
    assert judge_version("starlette", "0.49.1") is None
    assert judge_version("unheard-of", "1") is None


def test_advice_is_about_what_is_locked_and_gives_a_reason() -> None:
    locked = {name for lock in LOCKS for name, _, _ in read_lock(lock)}
    assert set(ADVISORIES) <= locked, "advice that nothing heeds hides what is missing"
    assert all(len(told["why"]) > 20 and {"below", "from"} & set(told) for told in ADVISORIES.values())


def test_both_locks_pin_the_same() -> None:
    run, dev = ({(name, version) for name, version, _ in read_lock(lock)} for lock in LOCKS[:2])
    assert run <= dev


def test_what_is_installed_is_what_is_locked() -> None:
    locked = {(_normalise(name), version) for name, version, _ in read_lock(LOCKS[1])}
    installed = {(_normalise(found.metadata["Name"] or ""), found.version) for found in metadata.distributions()}
    assert {name for name, _ in installed - locked} <= {"communiques", "pip"}


def _normalise(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
