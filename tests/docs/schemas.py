"""The JSON Schemas of what people write in YAML, made of the models that read it: for editors."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from pipelines.catalog import actors, corrections, country, source
from pipelines.extract.screens import PageSigns
from pipelines.parse import (
    counts,
    date_items,
    dates,
    layout,
    lexis,
    number_masks,
    numerals,
    place_lexicon,
    statements,
    triage,
)  # fmt: skip
from pipelines.resolve import feasts, parties
from tests.docs.blocks import ROOT

FOLDER = ROOT / "docs" / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# file -> the models that read it; a lexicon is read by several, each of which takes its own keys
MODELS: dict[str, tuple[type[BaseModel], ...]] = {
    "corrections": (corrections._File,),
    "groups": (actors._Groups,),
    "forces": (actors._Forces,),
    "country": (country.Country,),
    "language-numbers": (counts.Figures, number_masks._MaskWords, numerals._Numerals),
    "language-dates": (date_items._DateWords, dates._ReportWords, feasts._Feasts),
    "language-places": (place_lexicon.PlaceWords,),
    "language-triggers": (lexis.Triggers,),
    "language-outcomes": (lexis.Outcomes,),
    "language-actors": (lexis.ActorWords,),
    "language-materiel": (lexis.MaterielWords,),
    "language-claims": (lexis.ClaimWords, parties._Voices),
    "language-triage": (triage._TriageWords, statements._StatementWords),
    "language-layout": (layout._LayoutWords,),
    "language-pages": (PageSigns,),
}


def describe_files() -> dict[str, dict[str, Any]]:
    """Every schema by the name of its file."""
    return {"source": _describe_source(), **{name: _join(name, models) for name, models in MODELS.items()}}


def render_schema(schema: dict[str, Any]) -> str:
    """A schema as it lies on the disk."""
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _describe_source() -> dict[str, Any]:
    """A source file: its id is the file's name."""
    schema = source.Source.model_json_schema(mode="validation")
    schema["properties"].pop("id")
    schema["required"].remove("id")
    return {"$schema": DIALECT, **schema}


def _join(name: str, models: tuple[type[BaseModel], ...]) -> dict[str, Any]:
    """One schema of all models of a file; a key that none of them knows is a fault.

    A file of one's own is laid over the shipped one, so no key of a lexicon must be there.
    """
    joined: dict[str, Any] = {"$schema": DIALECT, "title": name, "type": "object", "additionalProperties": False}
    joined |= {"properties": {}, "$defs": {}}
    for model in models:
        schema = model.model_json_schema(mode="validation", by_alias=True)
        joined["properties"] |= schema["properties"]
        joined["$defs"] |= schema.get("$defs", {})
        if not name.startswith("language-"):
            joined["required"] = [*joined.get("required", []), *schema.get("required", [])]
    return joined
