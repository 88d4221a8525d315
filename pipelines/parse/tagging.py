"""An article as a line of words with tags on them: people, things, fates, acts, figures, days, places, marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from typing import Any, TypeVar

from pipelines.catalog.actors import ActorHit, Actors
from pipelines.catalog.language import Lexicon
from pipelines.mentions import DateMention, PlaceMention
from pipelines.parse.counts import Count, find_counts
from pipelines.parse.lexis import Lexis, lexis
from pipelines.parse.phrases import Line, Tag, cut_line
from pipelines.parse.sentences import Sentence
from pipelines.parse.split_phrases import join_split
from pipelines.parse.voice import read_deed

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Tagged:
    """All tags of one article by kind, in text order. Word offsets count in `line`."""

    line: Line
    sentences: Sequence[Sentence]
    lexis: Lexis
    kinds: dict[str, list[Tag]]
    firsts: dict[str, list[int]]
    _at: dict[str, dict[int, Tag]] = field(init=False, default_factory=dict, repr=False, compare=False)
    asked: dict[tuple[Any, int, int], Any] = field(init=False, default_factory=dict, repr=False, compare=False)

    def within(self, kind: str, first: int, end: int) -> list[Tag]:
        """The tags of a kind that begin among words `first` to `end` (exclusive)."""
        starts = self.firsts[kind]
        if not starts:  # as for most kinds: asked tens of thousands of times an article
            return []
        low = bisect_left(starts, first)
        return self.kinds[kind][low : bisect_left(starts, end, low)]

    def at(self, kind: str, first: int) -> Tag | None:
        """The tag of a kind that begins at a word."""
        return self._by_first(kind).get(first)

    def _by_first(self, kind: str) -> dict[int, Tag]:
        """The tags of a kind by the word that they begin with; of several the one told first."""
        if kind not in self._at:
            self._at[kind] = {tag.first: tag for tag in reversed(self.kinds[kind])}
        return self._at[kind]

    def word_range(self, start: int, end: int) -> tuple[int, int]:
        """The words that begin in `text[start:end]`, as a range of indices."""
        return bisect_left(self.line.starts, start), bisect_left(self.line.starts, end)

    def chars(self, first: int, end: int) -> tuple[int, int]:
        """Start and end in the text of words `first` to `end` (exclusive)."""
        return self.line.starts[first], self.line.ends[end - 1]

    def words(self, first: int, end: int) -> list[str]:
        """The folded words of a range."""
        return self.line.words[first:end]

    def marks(self, name: str, first: int, end: int) -> list[Tag]:
        """The marks of that name among words `first` to `end`."""
        kind = "mark:" + name
        return self.within(kind, first, end) if self.firsts[kind] else []

    def mark_names(self, first: int, end: int) -> set[str]:
        """The names of all marks among words `first` to `end`."""
        firsts, names = self._all_marks
        low = bisect_left(firsts, first)
        return set(names[low : bisect_left(firsts, end, low)])

    @cached_property
    def _all_marks(self) -> tuple[list[int], list[str]]:
        """Where each mark begins, in text order, and its name."""
        marks = {kind.removeprefix("mark:"): firsts for kind, firsts in self.firsts.items() if kind.startswith("mark:")}
        found = sorted((first, name) for name, firsts in marks.items() for first in firsts)
        return [first for first, _ in found], [name for _, name in found]


def once_a_range(find: Callable[[Tagged, int, int], Answer]) -> Callable[[Tagged, int, int], Answer]:
    """A question about words `first` to `end` that many ask: answered once, so that nobody may change the answer."""

    @wraps(find)
    def answer(tagged: Tagged, first: int, end: int) -> Answer:
        key = find, first, end
        if key not in tagged.asked:
            tagged.asked[key] = find(tagged, first, end)
        found: Answer = tagged.asked[key]
        return found

    return answer


def tag_article(
    text: str,
    sentences: Sequence[Sentence],
    dates: Sequence[DateMention],
    places: Sequence[PlaceMention],
    lexicon: Lexicon,
    actors: Actors,
) -> Tagged:
    """Every tag of a normalised text; `dates` and `places` count in the same text."""
    words = lexis(lexicon)
    line = cut_line(text)
    hits = actors.find(text)
    days = [_at(line, mention.span.start, mention.span.end, mention) for mention in dates]
    sites = [_at(line, mention.span.start, mention.span.end, mention) for mention in places]
    found = join_split(words.scanner.find(line.words), line, days, sites, words.scanner)
    classed = frozenset(line.starts[index] for hit in found["person"] for index in range(hit.first, hit.end))
    counts = _counts(line, find_counts(text, lexicon))
    kinds = found | {
        "thing": [tag for tag in found["thing"] if tag.value.item and not _is_other_word(line, tag, words)],
        "act": [tag for tag in found["act"] if not _is_participle(line, tag, words)],
        "count": counts,
        "deed": _deeds(line, _drop_callings(found), words, {tag.first for tag in counts}),
        "date": days,
        "place": [site for site in sites if not _is_party(site.value, hits, classed)],
        "actor": [_at(line, hit.start, hit.end, hit.actor) for hit in hits],
    }
    dateline = find_dateline(line, sentences, kinds["place"], words)
    for kind in ("place", "date"):  # where and when the text was written
        kinds[kind] = [tag for tag in kinds[kind] if not dateline[0] <= tag.first < dateline[1]]
    kinds["place"] = _set_where_told(kinds["place"], kinds["date"], kinds["mark:saying"])
    for tags in kinds.values():
        tags.sort(key=lambda tag: tag.first)
    return Tagged(line, sentences, words, kinds, {kind: [tag.first for tag in tags] for kind, tags in kinds.items()})


def _at(line: Line, start: int, end: int, value: Any) -> Tag:
    first = bisect_left(line.starts, start)
    if first and line.ends[first - 1] > start:
        first -= 1
    return Tag(first, max(first + 1, bisect_left(line.starts, end)), value)


def _is_participle(line: Line, tag: Tag, words: Lexis) -> bool:
    """ "frappé", "incendié": once folded they look like nouns."""
    if tag.end - tag.first > 1:
        return False  # "voiture piégée"
    return line.text[line.starts[tag.end - 1] : line.ends[tag.end - 1]].lower().endswith(words.participle_endings)


def _set_where_told(places: Sequence[Tag], dates: Sequence[Tag], sayings: Sequence[Tag]) -> list[Tag]:
    """ "ont indiqué jeudi à Niamey des sources": where it was told, right after the day of the telling, is no site."""
    said = {tag.end for tag in sayings}
    told = {tag.end for tag in dates if tag.value.part == "report" and tag.first in said}
    return [tag._replace(value=replace(tag.value, role="home")) if tag.first in told else tag for tag in places]


def find_dateline(line: Line, sentences: Sequence[Sentence], places: Sequence[Tag], words: Lexis) -> tuple[int, int]:
    """The words of "Niamey, 22 mars (ANP) -" before the first sentence of the body; an empty range without them."""
    body = next((sentence for sentence in sentences if sentence.kind == "body"), None)
    if body is None:
        return 0, 0
    first, end = bisect_left(line.starts, body.start), bisect_left(line.starts, body.end)
    if not any(first <= tag.first <= first + 1 for tag in places) or first + 1 >= end:
        return 0, 0
    stop = min(end, first + _DATELINE)
    signs = [i for i in range(first, stop) if line.words[i] in _DATELINE_ENDS or follows_dash(line, i)]
    if any(line.words[i] == ")" and line.words[i + 1] in words.joiners for i in signs if i + 1 < end):
        return 0, 0  # "Sollé (Nord), Boko (Centre-Nord) et ..."
    opener = next((i for i in range(first, min(first + 4, end)) if line.words[i] in _DATELINE_OPENERS), None)
    if opener is None and signs:  # "NIAMEY -- L'armée ..."
        place = next(tag for tag in places if first <= tag.first <= first + 1)
        return (first, place.end) if follows_dash(line, place.end) else (0, 0)
    return (first, signs[-1] + 1) if signs else (0, 0)


def follows_dash(line: Line, index: int) -> bool:
    """Whether a dash between blanks stands right before a word."""
    return 0 < index < len(line.words) and bool(_DASH.fullmatch(line.text[line.ends[index - 1] : line.starts[index]]))


def _is_party(mention: PlaceMention, hits: Iterable[ActorHit], people: frozenset[int]) -> bool:
    """Whether a place's name is only a party's, or a part of it ("Front de libération de l'Azawad", "GAT")."""
    name = mention.names[0]
    return name.start in people or any(hit.start <= name.start and name.end <= hit.end for hit in hits)


def _counts(line: Line, counts: Iterable[Count]) -> list[Tag]:
    return [_at(line, count.start, count.end, count) for count in counts]


def _deeds(line: Line, verbs: Iterable[Tag], words: Lexis, figures: Container[int]) -> list[Tag]:
    """The verb forms, each with its voice; words that only look like a form are left out."""
    tags: list[Tag] = []
    for found in verbs:
        deed = read_deed(line, found.first, found.end, found.value, words, tags[-1].value if tags else None, figures)
        if deed is not None:
            tags.append(Tag(found.first, found.end, deed))
    return tags


def _drop_callings(found: Mapping[str, Sequence[Tag]]) -> list[Tag]:
    """The verbs but for those inside of words for people: "sous-traitant", "personnes déplacées", "mis en examen"."""
    inside = {index for person in found["person"] for index in range(person.first + 1, person.end)}
    return [verb for verb in found["deed"] if verb.first not in inside]


def _is_other_word(line: Line, tag: Tag, words: Lexis) -> bool:
    """An accent makes another word: "armés" are no arms."""
    last = tag.end - 1
    raw = line.text[line.starts[last] : line.ends[last]].lower()
    return tag.end - tag.first == 1 and line.words[last] in words.accentless and raw != line.words[last]


__all__ = ["Tag", "Tagged", "find_dateline", "once_a_range", "tag_article"]
_DATELINE = 14  # words
_DATELINE_ENDS = frozenset({")", "–", "—"})
_DATELINE_OPENERS = frozenset({",", "(", "–", "—", "/"})
_DASH = re.compile(r"\s*-+\s+")
