"""Place phrases of a text: names with the words around them, not yet resolved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipelines.catalog.country import Atlas
from pipelines.catalog.language import Lexicon
from pipelines.catalog.names import fold_exact
from pipelines.mentions import ANCHOR, BEARING, COUNTRY, PlaceMention, Relation, Span
from pipelines.parse.place_echoes import add_echoes
from pipelines.parse.place_names import Name, find_candidates
from pipelines.parse.place_words import Left, PlaceGrammar, place_grammar
from pipelines.text import fold

COARSE = {"admin1", "admin2", "commune"}
_QUARTER = "quarter"
_BEFORE = 8  # characters before a capital that may make it a town's name
_WRAP = re.compile(r"(?<=[\w,])\n(?=[a-zà-öø-ÿœ])")  # a line that goes on in the next one
_STAGES = re.compile(r"(?:-[^\W_]+)+-")  # what lies between the ends of "l'axe Dargol-Bangno-Goundey"


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One or two names with what was read around them."""

    start: int
    end: int
    names: tuple[Name, ...]
    left: Left
    within: tuple[tuple[str | None, Span], ...] = field(default=())
    distance_km: float | None = None
    bearing: float | None = None


def find_places(text: str, lexicon: Lexicon, atlas: Atlas) -> list[PlaceMention]:
    """All place phrases of a normalised text in order; names that the atlas does not know only after place words.

    >>> from pipelines.catalog.country import load_atlas
    >>> from pipelines.catalog.language import load_language
    >>> text = "un camp à 22 km au sud-ouest de Tessit (région de Gao)"
    >>> [(m.span.text, m.relation, m.distance_km) for m in find_places(text, load_language("fr"), load_atlas())]
    [('à 22 km au sud-ouest de Tessit (région de Gao', 'near', 22.0)]
    """
    grammar, folded = place_grammar(lexicon), fold(_WRAP.sub(" ", text))
    phrases: list[_Phrase] = []
    for name, left in find_candidates(text, folded, grammar, atlas):
        phrase = _read_phrase(name, left, folded, grammar)
        joined = _join(phrases[-1], phrase, folded, grammar, text) if phrases else None
        if joined is not None:
            phrases[-1] = joined
        elif phrases and _hangs_on(phrases[-1], phrase, folded):
            continue
        elif phrases and _is_town_of(phrase, phrases[-1], folded):
            phrases[-1] = replace(phrases[-1], left=replace(phrases[-1].left, level=_QUARTER))
            phrases.append(phrase)
        elif _stands_alone(phrase, grammar):
            phrase = _inherit(phrases[-1], phrase, folded, grammar) if phrases else phrase
            phrases.append(_silence(phrase, folded, grammar, atlas.capitals))
    phrases = _share_around(phrases, folded, grammar)
    mentions = [_mention(phrase, text, atlas) for phrase in _take_same(phrases, text, folded, grammar)]
    mentions += list(_find_parts(text, folded, grammar, mentions))
    return add_echoes(sorted(mentions, key=lambda mention: mention.span.start), text, folded, grammar)


def _find_parts(
    text: str, folded: str, grammar: PlaceGrammar, mentions: Sequence[PlaceMention]
) -> Iterator[PlaceMention]:
    """ "dans le nord-est du pays": parts of a country that stand in no other phrase."""
    taken = [(mention.span.start, mention.span.end) for mention in mentions]
    for match in grammar.land_part.finditer(folded):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        name = Span(match.start("land"), match.end("land"), text[match.start("land") : match.end("land")])
        yield PlaceMention(Span(match.start(), match.end(), text[match.start() : match.end()]), "country", (name,))


def _read_phrase(name: Name, left: Left, folded: str, grammar: PlaceGrammar) -> _Phrase:
    """One name with the words before it, and with those that only call it a village: "Boni, un gros bourg,"."""
    if name.is_country and folded[left.start : name.start].rstrip() in grammar.into_lands:
        name = replace(name, ids=tuple(found for found in name.ids if len(found) == 2))  # "au Togo" is no village
    apposed = grammar.apposed.match(folded, name.end) if left.role == "site" and left.level is None else None
    if apposed is None:
        return _Phrase(left.start, name.end, (name,), left, (), left.distance_km, left.bearing)
    left = replace(left, level="village")
    return _Phrase(left.start, apposed.end(), (name,), left, (), left.distance_km, left.bearing)


def _join(before: _Phrase, phrase: _Phrase, folded: str, grammar: PlaceGrammar, text: str) -> _Phrase | None:
    """The phrase before with this one taken in (its pair, or what lies around it); None if they are two."""
    gap = folded[before.end : phrase.start]
    is_half_pair = before.left.relation == "between" and len(before.names) == 1 and not before.within
    if (
        is_half_pair
        and (grammar.pair.fullmatch(gap) or _STAGES.fullmatch(gap))
        and phrase.left.relation in {None, "at"}
    ):
        return replace(before, end=phrase.end, names=(*before.names, phrase.names[0]))
    if grammar.finer.fullmatch(gap) and before.left.role == phrase.left.role == "site" and len(before.names) == 1:
        around = before.left.level if before.left.level in COARSE else ANCHOR
        return replace(phrase, start=before.start, within=((around, before.names[0].span(text)), *before.within))
    if gap == "-" or not grammar.within.fullmatch(gap) or phrase.left.role != "site":
        return None
    if _is_around(before, phrase, gap):
        is_bearing = phrase.left.level is None and "(" not in gap and grammar.is_bearing(phrase.names[0].text)
        level = COUNTRY if phrase.names[0].is_only_country else BEARING if is_bearing else phrase.left.level
        return replace(before, end=phrase.end, within=(*before.within, (level, phrase.names[0].span(text))))
    if _is_anchor(before, phrase, gap):
        within = (*before.within, (ANCHOR, phrase.names[0].span(text)))
        distance, bearing = phrase.distance_km, phrase.bearing
        return replace(before, end=phrase.end, within=within, distance_km=distance, bearing=bearing)
    return None


def _hangs_on(before: _Phrase, phrase: _Phrase, folded: str) -> bool:
    """Whether a name only continues the one before: "dans le secteur de Torodi-Séno" is one place, and no axis."""
    is_told = before.left.relation in {"near", "at"} and phrase.left.relation is None
    return is_told and folded[before.end : phrase.start] == "-"


def _is_town_of(phrase: _Phrase, before: _Phrase, folded: str) -> bool:
    """Whether the phrase only names the town of the quarter before it: "à Kilwin, un quartier de Ouagadougou"."""
    is_bare = phrase.left.level == _QUARTER and phrase.left.relation is None and before.left.level is None
    return is_bare and folded[before.end : phrase.start] == ", "


def _is_around(before: _Phrase, phrase: _Phrase, gap: str) -> bool:
    """Whether the phrase names a coarser unit around the one before."""
    if phrase.left.relation not in {None, "at"} or _rank(phrase) <= _rank(before):
        return False
    name = phrase.names[0]
    return phrase.left.level in {"canton", *COARSE} or name.is_unit or name.is_only_country or "(" in gap


def _is_anchor(before: _Phrase, phrase: _Phrase, gap: str) -> bool:
    """Whether the phrase ("à 40 km au nord de Gao") only says where the place before it lies."""
    if before.distance_km is not None or before.bearing is not None or len(before.names) != 1:
        return False
    if before.left.level in COARSE or before.left.is_body:
        return False
    is_apart = "," in gap or "(" in gap or (gap == " " and phrase.distance_km is not None)
    return phrase.left.relation == "near" and is_apart and before.left.role == "site"


def _rank(phrase: _Phrase) -> float:
    if phrase.names[0].is_only_country:
        return 4
    levels = {"canton": 0.5, "commune": 1, "admin2": 2, "admin1": 3}
    declared = [level for level, _ in phrase.within] or [phrase.left.level]
    rank = max((levels.get(level or "", 0) for level in declared), default=0)
    if rank == 0 and phrase.names[0].is_unit and not phrase.within:
        return 2 if phrase.names[0].is_only_unit and phrase.left.level not in {"village", "town"} else 0
    return rank


def _stands_alone(phrase: _Phrase, grammar: PlaceGrammar) -> bool:
    name, left = phrase.names[0], phrase.left
    if fold_exact(name.text) in grammar.weak:
        return left.level in COARSE
    if name.is_country and left.bearing is not None:
        return False  # "au nord du Togo"
    if name.is_country and left.relation is None and not left.has_head:
        return False  # "Togo : huit soldats tués", though a village of Mali bears the name
    if name.is_only_country:
        return left.relation == "at" and not left.has_head
    return True


def _inherit(before: _Phrase, phrase: _Phrase, folded: str, grammar: PlaceGrammar) -> _Phrase:
    """A further name of a list takes relation and role from the one before."""
    gap = folded[before.end : phrase.start]
    is_measured = phrase.distance_km is not None and gap in {" ", ", "}
    if before.left.role != "site" and (gap == " (" or is_measured):  # "en provenance de A (24 km de B)"
        return replace(phrase, left=replace(phrase.left, role=before.left.role))
    if phrase.left.relation is not None or not grammar.list.fullmatch(gap):
        return phrase
    relation = before.left.relation if before.left.relation != "between" else "at"
    level = phrase.left.level or _shared_level(before.left.level, phrase)
    return replace(phrase, left=replace(phrase.left, relation=relation, role=before.left.role, level=level))


def _shared_level(level: str | None, phrase: _Phrase) -> str | None:
    """The level of the name before, if the next may be of it too: "dans la région du Sahel, le camp de Déou" is not."""
    if level not in COARSE:
        return level
    ids, number = phrase.names[0].ids, {"admin1": 1, "admin2": 2, "commune": 3}[level]
    is_such = not ids or any(f":{number}:" in found for found in ids)
    return level if is_such and not phrase.left.has_head else None


def _silence(phrase: _Phrase, folded: str, grammar: PlaceGrammar, capitals: frozenset[str]) -> _Phrase:
    """A capital that no word makes a place is no site, its government speaks or news are sent from it."""
    left, name = phrase.left, phrase.names[0]
    if left.relation is not None or left.has_head or fold_exact(name.text) not in capitals:
        return phrase
    before = folded[max(0, name.start - _BEFORE) : name.start].rstrip(' «"')
    if before.endswith(grammar.binders) or grammar.struck.match(folded, name.end):
        return phrase
    return replace(phrase, left=replace(left, role="home"))


def _share_around(phrases: list[_Phrase], folded: str, grammar: PlaceGrammar) -> list[_Phrase]:
    """ "à Tiemaba et Bamada, cercle de Niono": what lies around the last of a list lies around all."""
    shared = list(phrases)
    for index in range(len(shared) - 1, 0, -1):
        phrase, before = shared[index], shared[index - 1]
        gap = folded[before.end : phrase.start]
        is_fine = before.left.level not in COARSE and not before.left.is_body
        if phrase.within and not before.within and is_fine and grammar.list.fullmatch(gap):
            around = tuple(unit for unit in phrase.within if unit[0] != ANCHOR)
            shared[index - 1] = replace(before, within=around)
    return shared


def _take_same(phrases: list[_Phrase], text: str, folded: str, grammar: PlaceGrammar) -> list[_Phrase]:
    """The phrases, with the unit told last where one is followed by words like "dans la même région"."""
    last: dict[str, Span] = {}
    taken = []
    for phrase in phrases:
        following = folded[phrase.end : phrase.end + 40]
        for level, words in grammar.same:
            at = following.find(words)
            is_bare = grammar.of.match(following, at + len(words)) is None  # not "même commune de Banibangou"
            if at >= 0 and is_bare and level in last and not re.search(r"[.;\n]", following[:at]):
                phrase = replace(phrase, within=(*phrase.within, (level, last[level])))
        told = ((phrase.left.level, phrase.names[0].span(text)), *phrase.within)
        last |= {level: span for level, span in told if level in COARSE and level is not None}
        taken.append(phrase)
    return taken


def _mention(phrase: _Phrase, text: str, atlas: Atlas) -> PlaceMention:
    left, level = phrase.left, phrase.left.level
    relation: Relation = left.relation or "at"
    if relation == "between" and len(phrase.names) == 1:
        relation = "near"
    if level in {"admin1", "admin2"} and relation != "between" and phrase.distance_km is None:
        relation = "admin1" if level == "admin1" else "admin2"
    elif relation == "at" and phrase.names[0].is_only_country:
        relation = "country"
    elif relation == "at" and level is None and phrase.names[0].is_only_unit:  # "au Goulmou", "dans l'Oudalan"
        relation = "admin1" if any(":1:" in found for found in phrase.names[0].ids) else "admin2"
    return PlaceMention(
        span=Span(phrase.start, phrase.end, text[phrase.start : phrase.end]),
        relation=relation,
        names=tuple(name.span(text) for name in phrase.names),
        level=level,
        within=phrase.within,
        distance_km=phrase.distance_km,
        bearing=phrase.bearing,
        role=left.role,
        is_post=left.is_body or (left.is_post and left.relation is None),
        is_goal=left.is_goal,
        regions=_find_regions(phrase.names[0].ids, atlas),
    )


def _find_regions(ids: Iterable[str], atlas: Atlas) -> frozenset[str]:
    """The first-level units that lie around any that bears a name, now or ever."""
    units = [found for found in ids if found[2:3] == ":"]
    places = (atlas.place(found) for found in ids if "/" in found)
    units += [unit for place in places if place is not None for unit in place.units]
    return frozenset(above for unit in units for above in atlas.units.ever_above(unit) if above[3:4] == "1")
