"""The lines that the code keeps: who may import whom, how long things are, and no language in the grammar."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAX_FUNCTION = 40
MAX_MODULE = 300

LAYERS = {
    "mentions": -1,
    **dict.fromkeys(("models", "errors", "text", "progress"), 0),
    **dict.fromkeys(("catalog", "schema", "web", "settings"), 1),
    **dict.fromkeys(
        (
            "discover", "fetch", "archive", "extract", "parse", "resolve", "merge", "validate", "publish",
            "export", "page", "gazetteer", "sample",
        ),
        2,
    ),
    **dict.fromkeys(("run", "evaluate"), 3),
    "flows": 4,
    "cli": 5,
}  # fmt: skip
OWNERS = {
    "prefect": ("flows/",),
    "great_expectations": ("pipelines/validate/",),
    "requests": ("pipelines/web.py", "pipelines/web/"),
}
SLOW_TO_IMPORT = ("pandas", "pyarrow", "trafilatura", "great_expectations", "prefect", "requests", "numpy")
MODULES = sorted([*(ROOT / "pipelines").rglob("*.py"), *(ROOT / "flows").rglob("*.py")])


def name_module(path: Path) -> str:
    return str(path.relative_to(ROOT))


def find_part(path: Path) -> str | None:
    """The part of the layer map that a file belongs to: `parse` for pipelines/parse/counts.py."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] == "flows":
        return "flows"
    return None if parts[1] == "__init__" else parts[1]


def list_imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def read_part(imported: str) -> str | None:
    """The part that an import names: `parse` for pipelines.parse.counts.find_counts."""
    parts = imported.split(".")
    if parts[0] == "flows":
        return "flows"
    return parts[1] if parts[0] == "pipelines" and len(parts) > 1 else None


def parse_module(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=name_module)
def test_imports_point_downwards(path: Path) -> None:
    part = find_part(path)
    if part is None:
        return
    assert part in LAYERS, f"{part}: give it a layer"
    for imported in list_imports(parse_module(path)):
        other = read_part(imported)
        if other in (None, "__version__", part):
            continue
        assert LAYERS[other] < LAYERS[part], f"{name_module(path)} (layer {LAYERS[part]}) imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=name_module)
def test_each_library_has_one_owner(path: Path) -> None:
    for imported in list_imports(parse_module(path)):
        owners = OWNERS.get(imported.split(".")[0])
        assert owners is None or name_module(path).startswith(owners), f"{name_module(path)} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=name_module)
def test_only_settings_reads_the_environment(path: Path) -> None:
    words = path.read_text(encoding="utf-8")
    hands_on = name_module(path) == "flows/server.py"  # gives its own child process what it has itself
    if name_module(path) != "pipelines/settings.py" and not hands_on:
        assert not re.search(r"\bos\.(environ|getenv|putenv)|\bfrom os import\b.*environ", words)


@pytest.mark.parametrize("path", MODULES, ids=name_module)
def test_functions_and_modules_are_short(path: Path) -> None:
    words = path.read_text(encoding="utf-8")
    assert len(words.splitlines()) <= MAX_MODULE
    for node in ast.walk(ast.parse(words)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno + 1 <= MAX_FUNCTION, f"{node.name} has over {MAX_FUNCTION} lines"


@pytest.mark.parametrize("path", MODULES, ids=name_module)
def test_public_functions_are_documented(path: Path) -> None:
    tree = parse_module(path)
    assert ast.get_docstring(tree) or not tree.body
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} says nothing of itself"


@pytest.mark.parametrize("path", MODULES, ids=name_module)
def test_the_grammar_names_no_word(path: Path) -> None:
    """An accented letter in a string is the sign of a French word or a name: those live in the catalog.

    The project's own name apart, nothing in the code needs one; docstrings may show French, and tables and classes of
    characters hold letters, not words.
    """
    tree = parse_module(path)
    shown = {id(node) for node in _list_docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in shown:
            words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", node.value.replace("communiqué", "")))
            named = [word for word in words if not word.isascii() and re.search("[a-z]{2}", word)]
            assert not named, f"{name_module(path)}:{node.lineno}: {node.value!r}"


def _list_docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False):
            yield node.body[0].value  # type: ignore[attr-defined] # get_docstring made sure that it is an expression


def test_help_needs_no_heavy_library() -> None:
    import subprocess
    import sys

    code = "import sys, pipelines.cli.app; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = {name.split(".")[0] for name in answer.stdout.split()}
    assert not loaded & set(SLOW_TO_IMPORT)


def test_no_module_is_called_utils() -> None:
    assert not [path for path in MODULES if path.stem in ("utils", "helpers", "common", "misc")]


def test_nothing_is_left_half_done() -> None:
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|pytest\.(mark\.)?(skip|xfail)\b")
    files = [*MODULES, *(ROOT / "tests").rglob("*.py")]
    found = [
        name_module(path) for path in files if path != Path(__file__) and unfinished.search(path.read_text("utf-8"))
    ]
    assert not found
