"""What a language tells of the words around place names: the section `places`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from pipelines.mentions import Relation


class PlaceWords(BaseModel):
    """The section `places` of a language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    particles: dict[str, tuple[str, ...]]
    heads: dict[str, tuple[str, ...]]
    bodies: tuple[str, ...]
    listing: tuple[str, ...]
    adjectives: tuple[str, ...]
    at: tuple[str, ...]
    certain: tuple[str, ...]
    near: tuple[str, ...]
    toward: tuple[str, ...]
    between: tuple[str, ...]
    origin: tuple[str, ...]
    destination: tuple[str, ...]
    home: tuple[str, ...]
    title: tuple[str, ...]
    kilometres: tuple[str, ...]
    approximately: tuple[str, ...]
    hedges: tuple[str, ...]
    distance_starts: tuple[str, ...]
    distance_numbers: dict[str, float]
    bearings: dict[str, float]
    bearing_starts: tuple[str, ...]
    pair_joiners: tuple[str, ...]
    list_joiners: tuple[str, ...]
    within_joiners: tuple[str, ...]
    finer: tuple[str, ...]
    same: tuple[str, ...]
    lands: tuple[str, ...]
    middles: tuple[str, ...]
    extreme: tuple[str, ...]
    apposing: tuple[str, ...]
    elided: tuple[str, ...]
    small: tuple[str, ...]
    echoes: dict[Relation, tuple[str, ...]]
    echo_guards: tuple[str, ...]
    weak_names: tuple[str, ...]
    contracted: tuple[str, ...]
    struck: tuple[str, ...]
    ignored: tuple[str, ...]
    person_titles: tuple[str, ...]
    name_particles: tuple[str, ...]
