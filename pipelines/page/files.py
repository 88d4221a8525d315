"""The files of the page: data as scripts (a page on a disk may not fetch), the shell, and one swap at the end."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import yaml

from pipelines.errors import UsageError

LANGUAGES = ("fr", "en")
GENERATOR = '<meta name="generator" content="communiques page">'


def write_data(folder: Path, name: str, payload: Any) -> None:
    """Write `data/NAME.js`: one call that hands the payload over, harmless inside any markup."""
    path = folder / "data" / f"{name}.js"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'communiques.receive("{name}",{escape_json(payload)});\n', encoding="utf-8")


def escape_json(payload: Any) -> str:
    r"""JSON that cannot end a script, open a comment in one or hold a line end of JavaScript.

    >>> escape_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def read_strings() -> dict[str, Any]:
    """The words of the page by language."""
    folder = files("pipelines.page") / "strings"
    return {code: yaml.safe_load((folder / f"{code}.yml").read_text(encoding="utf-8")) for code in LANGUAGES}


def copy_static(folder: Path) -> None:
    """Copy scripts, styles and libraries with their licences; the outlines are cut anew and stay behind."""
    with as_file(files("pipelines.page") / "static") as static:
        shutil.copytree(
            static, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("countries-*.json", "README.md")
        )


@contextmanager
def replace_folder(out: Path) -> Iterator[Path]:
    """A new folder that takes the place of `out` once it is complete; raises UsageError where it may or can not."""
    if out.exists() and not _is_page(out):
        raise UsageError(f"{out}: exists and is no page of this program; name another folder with --out")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror}); name another folder with --out") from error
    try:
        yield building
        building.chmod(0o755)
        _swap_folders(building, out)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _is_page(folder: Path) -> bool:
    """Whether a folder is empty or a page of ours, so that nothing else is ever replaced."""
    if not folder.is_dir():
        return False
    index = folder / "index.html"
    return not any(folder.iterdir()) or (index.is_file() and GENERATOR in index.read_text("utf-8", errors="replace"))


def _swap_folders(building: Path, out: Path) -> None:
    if out.exists():
        aside = building / "replaced"
        out.replace(aside)
        try:
            building.replace(out)
        except OSError:
            aside.replace(out)
            raise
        shutil.rmtree(out / "replaced")
    else:
        building.replace(out)
