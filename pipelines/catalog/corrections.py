"""Reviewers' corrections: exceptions to a rule as data, each with its reason."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipelines.errors import ConfigError

_Text = Annotated[str, Field(min_length=1)]
ACTIONS = ("set", "drop", "confirm", "same_as", "separate_from")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ReportRef(_Entry):
    """A report named by its article and, where that has several, by words of its sentence."""

    article: _Text
    quote: str = ""


class Values(_Entry):
    """The values that a correction may set; what is left out stays."""

    sub_event_type: _Text | None = None
    claimant: _Text | None = None
    date_start: date | None = None
    date_end: date | None = None
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None
    admin1: _Text | None = None
    admin2: _Text | None = None
    location: _Text | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None


class Correction(ReportRef):
    """One entry: which report, what about it, and why."""

    reason: _Text
    set: Values | None = None
    drop: bool = False
    confirm: bool = False
    same_as: ReportRef | None = None
    separate_from: ReportRef | None = None

    @model_validator(mode="after")
    def _check_action(self) -> Correction:
        if sum(bool(getattr(self, action)) for action in ACTIONS) != 1:
            raise ValueError(f"needs exactly one of {', '.join(ACTIONS)}")
        return self


class _File(_Entry):
    corrections: tuple[Correction, ...] = Field(default=(), strict=False)


Corrections = tuple[Correction, ...]


def load_corrections(extra: Path | None = None) -> Corrections:
    """The shipped corrections, then those of the user's own catalog folder; ConfigError names file and key."""
    own = extra / "corrections.yml" if extra else None
    return _load_shipped() + (_read_file(own) if own and own.exists() else ())


@cache
def _load_shipped() -> Corrections:
    with (files("pipelines.catalog") / "corrections.yml").open(encoding="utf-8") as file:
        return _parse_file(file.read(), "corrections.yml")


def _read_file(path: Path) -> Corrections:
    try:
        return _parse_file(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error


def _parse_file(text: str, name: str) -> Corrections:
    try:
        loaded: Any = yaml.safe_load(text)
        return _File.model_validate(loaded if loaded is not None else {}).corrections
    except yaml.YAMLError as error:
        raise ConfigError(f"{name}: is no YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{name}: {key or 'the file'}: {first['msg']}") from error
