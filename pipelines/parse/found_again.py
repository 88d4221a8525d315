"""Things spoken of again by a pronoun: "Elle a été rasée", "Les assaillants l'ont incendié"."""

from __future__ import annotations

from pipelines.parse.amounts import find_amounts
from pipelines.parse.tagging import Tag, Tagged


def find_again(tagged: Tagged, first: int, end: int) -> Tag | None:
    """The verb that tells in words `first` to `end` what became of a thing told before; None if none does."""
    for tag in tagged.within("deed", first, min(end, first + _PRONOUN_REACH)):
        deed = tag.value
        if deed.entry.things is None or deed.is_bare or deed.is_negated or not _has_pronoun(tagged, tag, first):
            continue
        return None if deed.entry.people is not None and _counts_people(tagged, first) else tag
    return None


def _has_pronoun(tagged: Tagged, tag: Tag, first: int) -> bool:
    """Whether a pronoun stands for what the verb befalls: the subject of a passive, the object of an active verb."""
    if tag.value.voice == "active":
        return any(word in tagged.lexis.objects for word in tagged.words(max(first, tag.first - 3), tag.first))
    return any(word in tagged.lexis.subjects for word in tagged.words(first, min(first + 2, tag.first)))


def _counts_people(tagged: Tagged, first: int) -> bool:
    """Whether people were counted just before, of whom a pronoun may speak as well."""
    amounts = find_amounts(tagged, max(0, first - _PEOPLE_REACH), first)
    return any(amount.kind in {"person", "fate"} for amount in amounts)


_PRONOUN_REACH = 12  # words in which a sentence comes to the verb of its pronoun
_PEOPLE_REACH = 45  # words back to people of whom a pronoun may speak
