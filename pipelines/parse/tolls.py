"""What happened to how many people: each figure with its outcome, and whose people they are as far as the words say."""

from __future__ import annotations

from pipelines.mentions import Outcome
from pipelines.parse.amounts import Amount, find_amounts
from pipelines.parse.cues import Cue, find_cue, find_loss
from pipelines.parse.named_tolls import find_named_tolls
from pipelines.parse.tagging import Tagged
from pipelines.parse.toll_ends import end_outcome, find_adjective
from pipelines.parse.toll_lists import add_joined_fates, settle_lists
from pipelines.parse.toll_sides import RawToll, find_side, is_of_last_toll
from pipelines.parse.toll_zeros import find_zero, read_zero


def find_tolls(tagged: Tagged, first: int, end: int, before: RawToll | None = None) -> list[RawToll]:
    """The tolls told in words `first` to `end`; a figure without a noun leans on `before`, the last toll told."""
    amounts = [amount for amount in find_amounts(tagged, first, end) if amount.kind != "thing"]
    tolls: list[RawToll] = []
    for amount in amounts:
        toll = _read_toll(tagged, amount, first, end, tolls[-1] if tolls else before)
        if toll is not None:
            tolls.append(toll)
    if not tolls:
        zero = find_zero(tagged, first, end)
        tolls = [zero] if zero else []
    tolls += find_named_tolls(tagged, first, end, tolls)
    tolls = add_joined_fates(tagged, settle_lists(tagged, sorted(tolls, key=lambda toll: toll.first)))
    return _settle_sum(tagged, _settle_mixed(tolls))


def find_people(tagged: Tagged, first: int, end: int) -> Amount | None:
    """The first people counted in words `first` to `end`, of whom a pronoun may speak later."""
    amounts = find_amounts(tagged, first, end)
    return next((amount for amount in amounts if amount.kind == "person" and amount.count.low), None)


def find_pronoun_tolls(tagged: Tagged, first: int, end: int, people: Amount) -> list[RawToll]:
    """ "Ils ont été neutralisés": the toll of the people counted before."""
    for tag in tagged.within("deed", first, end):
        deed = tag.value
        if tagged.marks("doubted", first, tag.first):
            return []
        if deed.voice == "active" or deed.is_bare or deed.is_negated or deed.entry.people is None:
            continue
        if any(word in tagged.lexis.subjects for word in tagged.words(max(first, tag.first - 4), tag.first)):
            cue = Cue(tag.end, deed.entry.people, None, tag, True)
            side, rule, party, actor_class = find_side(tagged, people, deed.entry.people, cue, first, end, None)
            return [RawToll(first, tag.end, deed.entry.people, people, side, actor_class, party, rule, False, cue)]
    return []


def _read_toll(tagged: Tagged, amount: Amount, first: int, end: int, before: RawToll | None) -> RawToll | None:
    if amount.is_superseded or is_agent(tagged, amount) or tagged.marks("doubted", first, amount.first):
        return None
    if amount.count.rule == "none":
        return read_zero(tagged, amount, first, end)
    outcome, cue = _find_outcome(tagged, amount, first, end, before)
    if outcome is None or amount.kind == "loss" or _is_too_far(amount, cue):
        return None
    if _is_speaker(tagged, amount, cue):
        return None
    outcome = end_outcome(tagged, outcome, cue, first, end)
    side, rule, party, actor_class = find_side(tagged, amount, outcome, cue, first, end, before)
    last = max(amount.end, cue.end if cue and cue.is_right else 0)
    return RawToll(
        amount.first,
        last,
        outcome,
        amount,
        side,
        actor_class,
        party,
        rule,
        before is not None and (amount.is_subset or _is_told_already(tagged, amount, outcome, before)),
        cue,
    )


def _is_speaker(tagged: Tagged, amount: Amount, cue: Cue | None) -> bool:
    """ "Un responsable évoque dix blessés", "selon un habitant": who tells of it."""
    if amount.kind != "person" or amount.count.rule not in _UNCOUNTED:
        return False
    before = max(0, amount.first - 3)
    if any(mark.end == amount.first for mark in tagged.marks("quoting", before, amount.first)):
        return True
    said = [mark for mark in tagged.marks("saying", before, amount.first) if mark.end == amount.first]
    if any(mark.first > 0 and tagged.line.words[mark.first - 1] in _SAID_SIGNS for mark in said):  # ", dit un habitant"
        return True
    if cue is None or cue.tag is None or not cue.is_right:
        return False
    stop = min(cue.tag.first, amount.end + _SPEAKER_REACH)
    told = [
        mark for mark in tagged.marks("saying", amount.end, stop) if not tagged.marks("quoting", mark.first, mark.end)
    ]
    return any(not any(word in _SIGNS for word in tagged.words(amount.end, mark.first)) for mark in told)


def _is_told_already(tagged: Tagged, amount: Amount, outcome: Outcome, before: RawToll) -> bool:
    """ "deux morts, un homme et son épouse", "dix blessés, deux gravement", "trois d'entre eux": no more of them."""
    if outcome != before.outcome or not _is_less(amount, before):
        return False
    if amount.head is not None and amount.kind == "person" and is_of_last_toll(tagged, amount, before):
        return True
    if amount.kind == "fate" and outcome == "wounded":
        return tagged.words(max(before.amount.end, before.cue.end if before.cue else 0), amount.first) in _ASIDE
    is_aside = tagged.words(before.amount.end, amount.first) in _ASIDE
    return is_aside and before.amount.kind == "fate" and amount.kind == "person"


def _is_less(amount: Amount, before: RawToll) -> bool:
    whole, part = before.amount.count, amount.count
    return (part.best or 1) < (whole.best or (whole.low or 0))


def _is_too_far(amount: Amount, cue: Cue | None) -> bool:
    """Whether a bare participle stands too far from "des soldats" to be about them."""
    if cue is None or cue.tag is None or not cue.is_right or amount.count.rule != "plural":
        return False
    return bool(cue.tag.value.is_bare) and cue.tag.first - amount.end > _FAR


def is_agent(tagged: Tagged, amount: Amount) -> bool:
    """ "par une centaine d'assaillants": those who act."""
    if amount.kind == "fate" or any(
        mark.end == amount.first for mark in tagged.marks("tolling", amount.first - 4, amount.first)
    ):
        return False  # "s'est soldée par quatre morts", "par six terroristes neutralisés"
    return any(mark.end == amount.first for mark in tagged.marks("by", max(0, amount.first - 4), amount.first))


def _find_outcome(
    tagged: Tagged, amount: Amount, first: int, end: int, before: RawToll | None
) -> tuple[Outcome | None, Cue | None]:
    if amount.kind == "fate" and amount.head is not None:
        fate: Outcome = amount.head.value
        cue = find_cue(tagged, amount, first, end, "people")
        is_taken = cue is not None and cue.is_right and cue.outcome in _END_OF_WOUNDED and fate == "wounded"
        if cue is not None and is_taken and not tagged.within("count", amount.end, cue.end):
            return cue.outcome, cue
        return fate, cue if cue and cue.outcome == fate else find_loss(tagged, amount, first)
    if (told := find_adjective(tagged, amount)) is not None:
        return told.outcome, told
    if amount.kind == "none" and tagged.marks("new_sum", amount.first - 4, amount.first):
        return ("killed", None) if tagged.marks("toll_word", first, amount.first) else (None, None)
    is_part = amount.is_subset and before is not None
    cue = find_cue(tagged, amount, first, _subset_end(tagged, amount, end) if is_part else end, "people")
    if is_part and before is not None and (cue is None or not cue.is_right):
        return before.outcome, None
    is_near = before is not None and (before.first >= first or _goes_on_list(tagged, first))
    if cue is None and before is not None and is_near and _goes_on(tagged, amount, before, first):
        return before.outcome, None
    if cue is None and _are_dead(tagged, amount, first, end):
        return "killed", None
    return (cue.outcome if cue else None), cue


def _are_dead(tagged: Tagged, amount: Amount, first: int, end: int) -> bool:
    """ "a fait quinze victimes", "onze victimes parmi les soldats", where no fate is told beside it."""
    if amount.head is None or amount.kind != "person" or not tagged.marks("losses", amount.head.first, amount.head.end):
        return False
    before = tagged.marks("tolling", max(first, amount.first - _TOLLING_REACH), amount.first)
    after = tagged.marks("tolling", amount.end, min(end, amount.end + _TOLLING_REACH))
    is_among = tagged.marks("camp_before", amount.end, amount.end + 1) or tagged.at("camp", amount.end)
    return bool(before or after or is_among) and not tagged.within("fate", amount.end, end)


def _subset_end(tagged: Tagged, amount: Amount, end: int) -> int:
    """Where the words about a part end: "morts, dont un bébé, et sept blessés"."""
    stop = min(end, amount.end + _SUBSET_REACH)
    signs = (index for index in range(amount.end, stop) if tagged.line.words[index] in tagged.lexis.joiners)
    return next(signs, stop)


def _goes_on_list(tagged: Tagged, first: int) -> bool:
    """Whether what begins at a word goes on the list before it: after a semicolon, after "et de"."""
    before = tagged.words(max(0, first - 2), first)
    return bool(before) and (before[-1] == ";" or any(word in tagged.lexis.joiners for word in before))


def _goes_on(tagged: Tagged, amount: Amount, before: RawToll, first: int) -> bool:
    """ "10 morts parmi les soldats et 4 parmi les civils", "15 morts : 5 soldats et 10 assaillants"."""
    if before.first < first and amount.first == first and amount.kind in {"none", "person"} and amount.count.is_other:
        return True
    if amount.kind == "none":
        return tagged.at("camp", amount.end) is not None
    if before.first < first:
        return (
            amount.kind == "person" and amount.first == first and not tagged.within("deed", amount.end, amount.end + 4)
        )
    between = tagged.words(before.amount.end, amount.first)
    is_open = before.actor_class == "anyone" or before.amount.kind == "fate"  # "trois personnes ont péri à Boni : ..."
    is_aside = is_open and between[-1:] == [","] and len(between) <= _ASIDE_REACH and amount.count.best is not None
    is_list = (
        between == [":"]
        or (is_open and between[-1:] == [":"])
        or is_aside
        or (
            before.cue is None
            and before.amount.kind == "person"
            and len(between) == 1
            and between[0] in tagged.lexis.joiners
        )
    )
    return amount.kind == "person" and is_list


def _settle_mixed(tolls: list[RawToll]) -> list[RawToll]:
    """ "deux gendarmes et quatre villageois tués, ainsi que sept blessés": nobody says whose the wounded are."""
    settled: list[RawToll] = []
    for toll in tolls:
        told = [other for other in settled if other.outcome == "killed" and not other.is_subset]
        is_mixed = len({other.side for other in told[-2:]}) > 1 and all(other.party for other in told[-2:])
        is_bare = toll.amount.kind == "fate" and toll.outcome == "wounded" and toll.party is None
        is_open = is_bare and toll.rule in {"open", "previous"} and not toll.is_subset
        settled.append(toll._replace(side="unknown", rule="named") if is_mixed and is_open else toll)
    return settled


def _settle_sum(tagged: Tagged, tolls: list[RawToll]) -> list[RawToll]:
    """ "15 morts : 5 soldats et 10 assaillants": the parts where they are of two sides, else parts of the sum."""
    for index, whole in enumerate(tolls):
        if _closes_parts(tagged, tolls[:index], whole):
            return tolls[index:]
        same = [toll for toll in tolls[index + 1 :] if toll.outcome == whole.outcome and _leans_on(toll, whole)]
        parts = [toll for toll in same if not toll.amount.is_subset and toll.amount.kind == "person"]
        if len(parts) < _FEWEST_PARTS or sum(toll.amount.count.best or 0 for toll in parts) != whole.amount.count.best:
            continue
        if len({toll.side for toll in parts}) > 1:
            return [toll._replace(is_subset=False) if toll in parts else toll for toll in tolls if toll is not whole]
        return [toll._replace(is_subset=True) if toll in parts else toll for toll in tolls]
    return tolls


def _closes_parts(tagged: Tagged, parts: list[RawToll], whole: RawToll) -> bool:
    """ "Deux personnes fauchées par des balles, quatre autres brûlées vives : six civils ont péri": the sum at last."""
    if len(parts) < _FEWEST_PARTS or tagged.words(whole.amount.first - 1, whole.amount.first) != [":"]:
        return False
    is_one = all(part.outcome == whole.outcome and not part.is_subset for part in parts)
    return is_one and sum(part.amount.count.best or 0 for part in parts) == whole.amount.count.best


def _leans_on(toll: RawToll, whole: RawToll) -> bool:
    """ "cinq soldats ont été tués à Boni : trois gendarmes et deux gardes": no verb of its own, or the whole's."""
    if toll.cue is None or whole.cue is None or toll.cue.tag is not whole.cue.tag:
        return toll.cue is None
    return not toll.cue.is_right or whole.actor_class == "anyone"  # "cinq personnes, trois gendarmes et deux gardes,"


_SIGNS = frozenset(",;:.()")
_SAID_SIGNS = frozenset(',»"')
_SPEAKER_REACH = 6  # words between a speaker and the word of saying
_UNCOUNTED = frozenset({"article", "plural"})
_ASIDE = ([","], ["("])
_TOLLING_REACH = 5  # words between "a fait", "à regretter" and the victims
_ASIDE_REACH = 3  # words between "six morts" and "deux soldats": "au moins,"
_FAR = 10  # words between "des soldats" and a bare participle about them
_FEWEST_PARTS = 2
_END_OF_WOUNDED = frozenset({"captured", "arrested", "killed"})  # "deux des blessés ont succombé"
_SUBSET_REACH = 5
