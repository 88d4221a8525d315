"""The schemas for editors: fresh, met by every shipped file, and strict about what the loaders refuse."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

from pipelines.catalog.language import read_yaml
from tests.docs.blocks import ROOT
from tests.docs.schemas import FOLDER, describe_files, render_schema

CATALOG = ROOT / "pipelines" / "catalog"
FILES = {
    "source": "sources/**/*.yml",
    "corrections": "corrections.yml",
    "groups": "groups.yml",
    "forces": "countries/*/forces.yml",
    "country": "countries/*/country.yml",
}
SCHEMAS = describe_files()


def list_files(name: str) -> list[Path]:
    lexicon = f"languages/*/{name.removeprefix('language-')}.yml"
    return sorted(CATALOG.glob(FILES.get(name, lexicon)))


def test_what_is_written_is_fresh() -> None:
    written = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert written == {name: render_schema(schema) for name, schema in SCHEMAS.items()}, "write them: make docs"


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_shipped_file_meets_its_schema(name: str) -> None:
    files = list_files(name)
    assert files
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    for file in files:
        jsonschema.validate(read_yaml(file), SCHEMAS[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_key_that_does_not_exist_is_a_fault(name: str) -> None:
    with pytest.raises(jsonschema.ValidationError, match="colour"):
        jsonschema.validate({**read_yaml(list_files(name)[0]), "colour": "red"}, SCHEMAS[name])


def test_every_lexicon_has_a_schema() -> None:
    lexicons = {path.stem for path in CATALOG.glob("languages/*/*.yml")}
    assert lexicons == {name.removeprefix("language-") for name in SCHEMAS if name.startswith("language-")}


def test_the_editor_settings_name_schemas_and_files_that_exist() -> None:
    settings = (ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8")
    named = re.findall(r'"\./(docs/schemas/[\w-]+\.json)"', settings)
    assert {Path(name).stem for name in named} == set(SCHEMAS)
    for pattern in re.findall(r'"(pipelines/[^"]+)"', settings):
        assert list(ROOT.glob(pattern)), pattern
