"""Who fights: forces of each country, groups that cross borders, and the names of parties that are only classed.

Data: `groups.yml` and `countries/<cc>/forces.yml`, both of which a user's own catalog folder may add to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.catalog.language import read_yaml
from pipelines.errors import ConfigError
from pipelines.mentions import Side
from pipelines.text import cut_tokens, fold

SHIPPED = Path(__file__).parent
_WORD = re.compile(r"([^\W_]+'?)")  # a hyphen parts words, an elided article is a word

Model = TypeVar("Model", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ActorClass(_Strict):
    """How a party is named that the text only classes: `name` may hold {country}."""

    side: Side
    name: str
    inter: int


class _Group(_Strict):
    name: str
    actor_class: str = Field(alias="class")
    forms: tuple[str, ...]
    country: str | None = None
    weak: bool = False  # a mother organisation: named beside the group that acts


class _Groups(_Strict):
    classes: dict[str, ActorClass] = {}
    actors: dict[str, _Group] = {}


class _Force(_Strict):
    actor_class: str = Field(alias="class")
    forms: tuple[str, ...] = ()
    name: str | None = None


class _Forces(_Strict):
    name: str
    regimes: dict[date, str] = {}
    operations: tuple[str, ...] = ()
    forces: dict[str, _Force]


@dataclass(frozen=True, slots=True)
class Actor:
    """A party with a name of its own. `country` is the ISO2 code of a state's force, None for other groups."""

    key: str
    name: str
    side: Side
    inter: int
    actor_class: str
    country: str | None
    is_weak: bool = False
    regimes: tuple[tuple[date, str], ...] = ()

    def name_on(self, day: date | None) -> str:
        """The name with the regime in force on that day, as ACLED writes it; plain where none is declared.

        >>> load_actors().actor("ml/army").name_on(date(2025, 7, 15))
        'Military Forces of Mali (2021-)'
        """
        since = [label for start, label in self.regimes if day is not None and start <= day]
        return f"{self.name} ({since[-1]})" if since else self.name


class ActorHit(NamedTuple):
    """A name of `actor` at `text[start:end]`."""

    start: int
    end: int
    actor: Actor


class Actors:
    """All declared parties. Build it with `load_actors`."""

    def __init__(self, groups: _Groups, forces: Mapping[str, _Forces]) -> None:
        self._classes = groups.classes
        self._countries = {iso2: entry.name for iso2, entry in forces.items()}
        self._regimes = {iso2: tuple(sorted(entry.regimes.items())) for iso2, entry in forces.items()}
        self._actors: dict[str, Actor] = {}
        self._forms: dict[str, list[tuple[list[str], str, bool]]] = {}
        for key, group in groups.actors.items():
            self._add(key, group.name, group.actor_class, group.country, group.forms, weak=group.weak)
        for iso2, entry in forces.items():
            self._add_forces(iso2, entry)
        for entries in self._forms.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _add_forces(self, iso2: str, entry: _Forces) -> None:
        for name, force in entry.forces.items():
            forms = force.forms + (entry.operations if name == "army" else ())
            label = force.name or self.name_class(force.actor_class, iso2)
            self._add(f"{iso2.lower()}/{name}", label, force.actor_class, iso2, forms)

    def _add(
        self, key: str, name: str, actor_class: str, country: str | None, forms: tuple[str, ...], weak: bool = False
    ) -> None:
        described = self._classes.get(actor_class)
        if described is None:
            raise ConfigError(f"actors: {key}: class {actor_class!r} is not declared in groups.yml")
        regimes = self._regimes.get(country or "", ()) if actor_class == "army" else ()
        self._actors[key] = Actor(key, name, described.side, described.inter, actor_class, country, weak, regimes)
        for form in forms:
            words = _WORD.findall(fold(form))
            self._forms.setdefault(words[0], []).append((words, key, form.isupper()))

    def actor(self, key: str) -> Actor:
        """The actor of that key; KeyError for an unknown one.

        >>> load_actors().actor("jnim").name
        'JNIM'
        """
        return self._actors[key]

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._actors.values())

    def country_name(self, iso2: str) -> str:
        """The English short name of a country, the code itself where no forces are declared for it."""
        return self._countries.get(iso2, iso2)

    def name_class(self, actor_class: str, iso2: str | None) -> str:
        """The canonical name of a party that is only classed.

        >>> load_actors().name_class("fighters", "ML")
        'Unidentified Armed Group (Mali)'
        """
        return self._classes[actor_class].name.format(country=self.country_name(iso2 or "unknown"))

    def inter(self, name: str) -> int | None:
        """ACLED's class of a party by its canonical name, None for a name that nothing declares."""
        for actor in self._actors.values():
            if actor.name == name:
                return actor.inter
        for described in self._classes.values():
            before, _, after = described.name.partition("{country}")
            if name.startswith(before) and name.endswith(after):
                return described.inter
        return None

    def find(self, text: str) -> list[ActorHit]:
        """All declared names in a text, longest first, none inside another, in text order.

        >>> [(hit.actor.name, hit.start) for hit in load_actors().find("Les FAMa contre le JNIM")]
        [('Military Forces of Mali', 4), ('JNIM', 19)]
        """
        words, starts, ends = cut_tokens(fold(text), _WORD)
        hits: list[ActorHit] = []
        reached = 0
        for index in [index for index, word in enumerate(words) if word in self._forms]:
            found = self._match(text, words, starts, ends, index) if index >= reached else None
            if found is not None:
                size, key = found
                reached = index + size
                hits.append(ActorHit(starts[index], ends[reached - 1], self._actors[key]))
        return hits

    def _match(
        self, text: str, words: list[str], starts: list[int], ends: list[int], index: int
    ) -> tuple[int, str] | None:
        for form, key, is_acronym in self._forms[words[index]]:
            size = len(form)
            if words[index : index + size] != form:
                continue
            if is_acronym and not text[starts[index] : ends[index + size - 1]].isupper():
                continue
            return size, key
        return None


def load_actors(extra: Path | None = None) -> Actors:
    """The shipped parties with those of the user's catalog folder; ConfigError names file and key.

    >>> load_actors().name_class("civilians", "BF")
    'Civilians (Burkina Faso)'
    """
    return _load(extra)


@lru_cache(maxsize=8)
def _load(extra: Path | None) -> Actors:
    folders = [SHIPPED, *([extra] if extra else [])]
    classes: dict[str, ActorClass] = {}
    actors: dict[str, _Group] = {}
    forces: dict[str, _Forces] = {}
    for folder in folders:
        file = folder / "groups.yml"
        if file.is_file():
            groups = _read(file, _Groups)
            classes, actors = {**classes, **groups.classes}, {**actors, **groups.actors}
        for file in sorted((folder / "countries").glob("*/forces.yml")):
            forces[file.parent.name.upper()] = _read(file, _Forces)
    return Actors(_Groups.model_construct(classes=classes, actors=actors), forces)


def _read(file: Path, model: type[Model]) -> Model:
    try:
        return model.model_validate(read_yaml(file))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "(top)"
        raise ConfigError(f"{file}: {key}: {first['msg']}") from error
