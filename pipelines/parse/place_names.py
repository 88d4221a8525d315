"""Candidates for place names: what the atlas knows, and capitalised words after place words."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from pipelines.catalog.country import Atlas
from pipelines.catalog.gazetteer import IMPORTED
from pipelines.catalog.names import NameHit, fold_exact, fold_name
from pipelines.mentions import Span
from pipelines.parse.place_words import Left, PlaceGrammar

_CAPITAL_BEFORE = re.compile(r"([A-ZÀ-ÖØ-ÞŒ][^\W_]*)[ -]$")
_CAPITAL_AFTER = re.compile(r"[ -][A-ZÀ-ÖØ-ÞŒ][^\W_]")
_GOES_ON = re.compile(r"-[A-ZÀ-ÖØ-ÞŒ].*| [A-ZÀ-ÖØ-ÞŒ][^\W\d_]*[a-zà-öø-ÿœ]")
_NUMBERED = re.compile(" [1-9]")  # "Karé 2"
_STAGES = re.compile(r"(?<=[^\W\d_])-(?=[A-ZÀ-ÖØ-ÞŒ])")  # "l'axe Dargol-Bangno-Goundey"
_FIRST = re.compile(r"[^ ]*")
_MAX_RUN = 40
_SHORT = 4  # letters
FEATURES = {"forest", "mountain", "river"}  # whose kind belongs to their name
PARK = "park"  # the level of a kind of place whose name may be one letter


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `text[start:end]`; `ids` is empty for a name that the atlas does not know."""

    start: int
    end: int
    text: str
    ids: tuple[str, ...] = ()

    def span(self, text: str) -> Span:
        """The name's words."""
        return Span(self.start, self.end, text[self.start : self.end])

    @property
    def is_unit(self) -> bool:
        """Whether an administrative unit bears the name."""
        return any(":" in found for found in self.ids)

    @property
    def is_only_unit(self) -> bool:
        """Whether units bear the name and no place of our tables does."""
        return self.is_unit and not any("/" in found and not found.startswith(IMPORTED) for found in self.ids)

    @property
    def is_only_imported(self) -> bool:
        """Whether no table of ours has the name, only GeoNames."""
        return _is_imported(self.ids)

    @property
    def is_country(self) -> bool:
        """Whether a state bears the name, whatever else does."""
        return any(len(found) == 2 for found in self.ids)

    @property
    def is_only_country(self) -> bool:
        """Whether the name is that of a state and of nothing else."""
        return bool(self.ids) and all(len(found) == 2 for found in self.ids)


def _is_imported(ids: tuple[str, ...]) -> bool:
    """Whether no table of ours has the name, only GeoNames."""
    return bool(ids) and all(found.startswith(IMPORTED) for found in ids)


def find_candidates(text: str, folded: str, grammar: PlaceGrammar, atlas: Atlas) -> Iterator[tuple[Name, Left]]:
    """All names in order with what stands to their left.

    A name that only GeoNames has is taken where the text says that it is a place, there or elsewhere: many a French
    word at the head of a sentence is some village's name too.
    """
    runs = [match.span() for match in grammar.run.finditer(text)]
    hits = _drop_ignored(atlas.find_names(text), text, folded, runs, grammar)
    found = list(_read_candidates(text, folded, grammar, _merge(text, hits, _cut_runs(text, folded, runs, grammar))))
    told = {fold_name(name.text) for name, left in found if name.ids and _is_introduced(left)}
    before: int | None = None  # where the name before ended
    for name, left in found:
        is_second = before is not None and grammar.pair.fullmatch(folded, before, name.start) is not None
        if name.ids and not _is_introduced(left) and not is_second:
            if _is_person(text, folded, name.start, name.end, grammar):
                continue
            is_listed = before is not None and grammar.follows.fullmatch(folded, before, name.start) is not None
            is_told = is_listed or fold_name(name.text) in told or grammar.right.match(folded, name.end) is not None
            if name.is_only_imported and not is_told:
                continue
        if name.is_only_imported and _is_cut(text, name):
            continue
        before = name.end
        yield name, left


def _read_candidates(
    text: str, folded: str, grammar: PlaceGrammar, spans: Iterable[tuple[int, int, tuple[str, ...]]]
) -> Iterator[tuple[Name, Left]]:
    """The spans that may be names, none over another: known ones, and unknown ones that place words announce."""
    reached, spans = 0, list(spans)
    # where what goes on after a known name is some other place
    known = {start: (end, ids) for start, end, ids in spans if ids}
    is_half = False  # whether the first of two names was told: "entre Gossi et ..."
    is_listing = False  # whether a list of names was announced that goes on up to `reached`
    for start, end, ids in spans:
        if start < reached:
            continue
        left = grammar.read_left(folded, start)
        if _is_bearing(left, text[start:end], grammar) and grammar.of.match(folded, end):
            continue
        is_listed = is_listing and grammar.list.fullmatch(folded, reached, start) is not None
        is_longer = start in known and left.relation == "at" and left.role == "site" and left.level is None
        is_second = is_half and grammar.pair.fullmatch(folded, reached, left.start) is not None
        is_told = ids or is_listed or is_longer or is_second
        if not is_told and not _is_announced(left, text[start:end], grammar, folded[end : end + 60]):
            continue
        if _is_short_form(text, start, end):
            continue
        reached, is_listing, is_half = end, left.is_listing or is_listed, left.relation == "between"
        if left.relation == "between" and not ids and _STAGES.search(text, start, end):
            yield from _cut_axis(text, start, end, known, left)
            continue
        begin = start if ids or left.level not in FEATURES else grammar.find_head(folded, left.start, start)
        yield Name(begin, end, text[begin:end], ids), left


def _cut_axis(
    text: str, start: int, end: int, known: dict[int, tuple[int, tuple[str, ...]]], left: Left
) -> Iterator[tuple[Name, Left]]:
    """The first and the last name of an axis of which the atlas does not know all: "l'axe Téhini-Togolokaye"."""
    hyphens = [match.start() for match in _STAGES.finditer(text, start, end)]
    first_end, first_ids = known.get(start, (hyphens[0], ()))
    last_start = hyphens[-1] + 1
    yield Name(start, first_end, text[start:first_end], first_ids), left
    if last_start > first_end:
        yield Name(last_start, end, text[last_start:end], known.get(last_start, (end, ()))[1]), Left(last_start)


def _is_cut(text: str, name: Name) -> bool:
    """Whether the name is only the first word of a longer one: "le camp Boubacar Sada Sy"."""
    return not name.text.isupper() and _CAPITAL_AFTER.match(text, name.end) is not None and text[name.end] == " "


def _is_introduced(left: Left) -> bool:
    """Whether a word before the name makes it a place."""
    return left.relation is not None or left.has_head


def _drop_ignored(
    hits: list[NameHit], text: str, folded: str, runs: Iterable[tuple[int, int]], grammar: PlaceGrammar
) -> list[NameHit]:
    """The hits without words that are never a place, and without what only begins such words ("Boko Haram")."""
    longer = {start for start, end in runs if fold_exact(text[start:end]) in grammar.ignored}
    longer |= {hit.start for hit in hits if folded[hit.start : hit.end] in grammar.contracted}
    return [
        hit for hit in hits if hit.start not in longer and fold_exact(text[hit.start : hit.end]) not in grammar.ignored
    ]


def _cut_runs(
    text: str, folded: str, runs: Iterable[tuple[int, int]], grammar: PlaceGrammar
) -> Iterator[tuple[int, int]]:
    """Capitalised words in a row, without the common words that they begin with."""
    for start, end in runs:
        if folded[start:end] in grammar.contracted:
            continue
        while start < end and fold_exact(first := _FIRST.match(text, start, end).group()) in grammar.ignored:  # type: ignore[union-attr]  # a run begins with a word
            start += len(first) + 1
        if start < end and end - start <= _MAX_RUN:
            yield start, end


def _merge(text: str, hits: list[NameHit], runs: Iterator[tuple[int, int]]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Known names and capitalised runs in order; a run that begins with a known name is that name."""
    starts = {hit.start: hit for hit in hits}
    found: list[tuple[int, int, tuple[str, ...]]] = list(hits)
    for start, end in runs:
        hit = starts.get(start)
        if hit is None or _is_longer(text, hit, end, starts):
            found.append((start, end, ()))  # of "Tin-Xyz" and "Kouka Margne" the first part alone is another place
    return sorted(found, key=lambda item: (item[0], -item[1]))


def _is_longer(text: str, hit: NameHit, end: int, starts: Container[int]) -> bool:
    """Whether the run up to `end` is another name than the known one that it begins with."""
    is_foreign = _is_imported(hit.ids)  # a name of our own tables may be numbered, or a pair of places
    if _NUMBERED.fullmatch(text, hit.end, end):
        return is_foreign
    is_pair = text[hit.end : hit.end + 1] == "-" and hit.end + 1 in starts and not is_foreign
    return _GOES_ON.fullmatch(text, hit.end, end) is not None and not is_pair


def _is_bearing(left: Left, name: str, grammar: PlaceGrammar) -> bool:
    """Whether a name that is a word too ("au Sud-Ouest de Niamey") may mean the direction."""
    return fold_exact(name) in grammar.weak and left.level is None


def _is_short_form(text: str, start: int, end: int) -> bool:
    """Whether capitals in brackets only shorten what stands before them: "un pistolet automatique (PA)"."""
    return (
        text[start:end].isupper()
        and end - start <= _SHORT
        and text[start - 1 : start] == "("
        and text[end : end + 1] == ")"
    )


def _is_announced(left: Left, name: str, grammar: PlaceGrammar, following: str) -> bool:
    """Whether the words around an unknown name leave no doubt that it is a place."""
    if left.level == PARK and left.has_head:
        return True
    is_named = left.role == "site" and grammar.right.match(following) is not None
    if len(fold_exact(name)) < (2 if is_named and left.relation == "at" else 3) or left.level == "admin1":
        return False
    if name.isupper() and len(name) <= 4:
        return False
    if (
        left.relation in {"near", "between"}
        or left.is_post
        or (left.has_head and left.level is not None)
        or left.is_certain
    ):
        return True
    return is_named


def _is_person(text: str, folded: str, start: int, end: int, grammar: PlaceGrammar) -> bool:
    """Whether a bare name stands in a longer name or after a title: that of a person or an organ."""
    if grammar.person.search(folded[max(0, start - 30) : start]):
        return True
    before = _CAPITAL_BEFORE.search(text[max(0, start - 30) : start])
    if before and not text[start:end].isupper() and before[1].lower() not in grammar.articles:
        return True
    return _is_cut(text, Name(start, end, text[start:end]))
