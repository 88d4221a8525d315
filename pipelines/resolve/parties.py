"""Canonical names of parties and voices: a name of its own, or its class in the country of the event."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from pipelines.catalog.actors import Actors
from pipelines.catalog.language import Lexicon
from pipelines.mentions import ActorMention, Claim
from pipelines.models import Party, Where


class _Voices(BaseModel):
    """The part of the section `claims` that names countries beside an organ."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    of: Mapping[str, str]
    region_of: Mapping[str, str] = {}
    region_default: str = "{name}"


def resolve_party(mention: ActorMention | None, country: str | None, actors: Actors) -> Party | None:
    """The party of a mention; a class is named by the country where it happened."""
    if mention is None:
        return None
    if mention.key is not None:
        actor = actors.actor(mention.key)
        return Party(actor.name, actor.side, mention.span, actor.country)
    name = actors.name_class(mention.head, country)
    return Party(name, mention.side, mention.span, country)


def resolve_claimant(claim: Claim, where: Where, home: str, actors: Actors, lexicon: Lexicon) -> str | None:
    """The canonical name of who says it, None where the outlet reports on its own."""
    mention, pattern = claim.claimant, claim.claimant_text
    if mention is None:
        return None
    country = where.country or home
    if mention.key is not None:
        return actors.actor(mention.key).name
    if not pattern:
        return actors.name_class(mention.head, country)
    words = lexicon.read("claims", _Voices)
    region = words.region_of.get(where.admin1 or "", words.region_default.format(name=where.admin1 or ""))
    return pattern.format(of=words.of.get(country, actors.country_name(country)), region=region).strip()
