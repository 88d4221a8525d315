"""What runs with the project is free of licences that would bind those who use it, and its locks name no registry."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
REQUIRED = sorted(set(re.findall(r"^([A-Za-z0-9_.-]+)==", LOCK, flags=re.MULTILINE)))

# The lesser GPL binds changes to the library itself only; it is named here so that nobody takes it for the GPL.
BINDING = re.compile(
    r"\b(A?GPL|GNU (Affero )?General Public|ODbL|Open Database|SSPL|Commons Clause|BUSL)\b", re.IGNORECASE
)
LESSER = re.compile(r"\bLGPL|Lesser General Public", re.IGNORECASE)

CHOSEN = {"text-unidecode": "Artistic License or GPL, whichever one likes: taken under the first"}


def read_licences(name: str) -> list[str]:
    """Everything that an installed distribution says of its licence, apart from its full text."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:  # for another platform or Python: the lock is universal
        return []
    said = [*told.get_all("License-Expression", []), *told.get_all("License", [])]
    return [
        *(line.splitlines()[0] for line in said if line.strip()),
        *(line for line in told.get_all("Classifier", []) if line.startswith("License ::")),
    ]


@pytest.mark.parametrize("name", REQUIRED)
def test_no_binding_licence_at_run_time(name: str) -> None:
    for licence in read_licences(name):
        choices = re.split(r"\bOR\b", licence, flags=re.IGNORECASE)
        free = [choice for choice in choices if LESSER.search(choice) or not BINDING.search(choice)]
        assert free or name in CHOSEN, f"{name}: {licence}"


def test_most_licences_are_known() -> None:
    """The check above would pass on silence: so silence is counted."""
    assert sum(bool(read_licences(name)) for name in REQUIRED) > 0.9 * len(REQUIRED)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-pywb.lock"])
def test_locks_are_hashed_and_name_no_registry(lock: str) -> None:
    words = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", words)
    pinned = re.findall(r"^[A-Za-z0-9_.-]+==.*?(?=^\S|\Z)", words, flags=re.MULTILINE | re.DOTALL)
    assert pinned
    assert not [entry.split()[0] for entry in pinned if "--hash=sha256:" not in entry]
