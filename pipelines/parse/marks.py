"""How a sentence is told: as background, as one of several, as a plan, as what was only said."""

from __future__ import annotations

from pipelines.parse.parallel import names_another_act, stands_for_another
from pipelines.parse.tagging import Tagged


def read_marks(tagged: Tagged, first: int, end: int) -> frozenset[str]:
    """The marks of words `first` to `end` that tell how they are meant."""
    found = tagged.mark_names(first, end)
    names = found & _SENTENCE_MARKS
    names -= {name for name in _PERIOD_MARKS & names if _is_compared(tagged, name, first, end)}
    counts, denials = tagged.within("count", first, end), tagged.marks("denied", first, end)
    if denials and (not counts or denials[0].first < counts[0].first):
        names.add("denied")
    if stands_for_another(tagged, first, end):
        names.add("another_one")
    if names_another_act(tagged, first, end):
        names.add("another_act")
    forms = {tag.value.form for tag in tagged.within("date", first, end) if tag.value.part != "report"}
    if forms == {"year"} and "superlatives" not in found:  # "pour l'attaque de Bosso, en 2016"
        names.add("background")
    deeds = tagged.within("deed", first, end)
    told = [tag.value for tag in deeds if tag.value.form == "part" and not tag.value.is_bare]
    if any(deed.is_pluperfect for deed in told) and all(deed.is_pluperfect for deed in told):
        names.add("pluperfect")
    return frozenset(names)


def sums_up(tagged: Tagged, first: int, end: int) -> bool:
    """Whether words tell of more than one incident in one breath."""
    return bool(tagged.marks("roll_up", first, end)) and not _is_compared(tagged, "roll_up", first, end)


def _is_compared(tagged: Tagged, name: str, first: int, end: int) -> bool:
    """ "la pire tuerie depuis des années": the period is only one to compare with."""
    marks = tagged.marks(name, first, end)
    return all(tagged.marks("superlatives", max(first, mark.first - _COMPARED_REACH), mark.first) for mark in marks)


_COMPARED_REACH = 8  # words between "la plus meurtrière" and "depuis 2015"
_PERIOD_MARKS = frozenset({"background", "roll_up"})
_SENTENCE_MARKS = frozenset(
    {
        "background", "framing", "unreal", "roll_up", "another", "claims_of_attack", "saying", "superseded",
        "courteous", "accidents", "burials", "same_place", "same_fate", "superseded_all", "placing",
        "known_attackers", "onward", "of_self", "beside", "bodies", "of_them", "under_way",
    }
)  # fmt: skip
