"""The words around place names, compiled: what stands to the left of a name says how the place is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pipelines.catalog.language import Lexicon
from pipelines.catalog.names import fold_exact
from pipelines.parse.place_lexicon import PlaceWords
from pipelines.text import fold

Role = Literal["site", "origin", "destination", "home", "title"]
LEFT_REACH = 140  # characters before a name that may hold its heads
PHRASE_REACH = 70  # of the longest phrase without its heads
FAR_KM = 150.0  # "à plus de 700 km de Cotonou" tells the reader where the country lies, not the event
# A capitalised word with what hangs on it by hyphen or apostrophe.
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ][^\W_]*(?:['_-][^\W_]+)*"
_OPENING_SIGNS = '«"# '  # quotes, or the sign of a keyword
_HEAD_SIGNS = _OPENING_SIGNS + ":"
_OPENING = f"[{_OPENING_SIGNS}]*"
_PLAIN_START = re.compile(r"\w(?![?*+{|])")
_DASH = re.compile(" ?[-–] ?")  # within a bearing
_ROLES: tuple[Role, ...] = ("origin", "destination", "home", "title")


@dataclass(frozen=True, slots=True)
class Left:
    """What the words before a name say. `start` is where they begin, the name's own start if there are none."""

    start: int
    relation: Literal["at", "near", "between"] | None = None
    role: Role = "site"
    level: str | None = None
    has_head: bool = False
    distance_km: float | None = None
    bearing: float | None = None
    is_post: bool = False  # a post, camp or unit "of" the name
    is_body: bool = False  # people bear the name of their town: "l'unité de"
    is_certain: bool = False  # a word that only places follow
    is_listing: bool = False  # a head of several names
    is_goal: bool = False  # where somebody was on the way to


class PlaceGrammar:
    """The compiled section. Build it once per lexicon with `place_grammar`."""

    def __init__(self, told: PlaceWords) -> None:
        self._told = told
        self._levels = {word: level for level, words in told.heads.items() for word in words}
        self.weak = frozenset(map(fold_exact, told.weak_names))
        self.articles = frozenset(word.strip() for word in told.particles["the"])
        self.ignored = frozenset(map(fold_exact, told.ignored))
        self.into_lands = frozenset(word.rstrip() for word in told.particles.get("into_lands", ()))
        self.binders = (":", *(word.rstrip() for word in told.particles["of"]))  # a name behind one is no subject
        self.contracted = frozenset(map(fold, told.contracted))
        self.struck = re.compile(rf"[»\" ]*(?:{'|'.join(told.struck)})")
        self.pair = self._joiner(told.pair_joiners)
        self.list = self._joiner(told.list_joiners)
        self.within = self._joiner(told.within_joiners)
        self.follows = self._joiner([*told.list_joiners, *told.within_joiners])
        self.finer = re.compile(rf"[»\" ]*,? ?(?:{_any(told.finer)}) ?")
        self.same = [(self._levels[phrase.split()[-1]], phrase) for phrase in told.same]
        self.run = self._compile_run()
        self.person = re.compile(rf"(?<!\w)(?:{_any(told.person_titles)})[ ]+$")
        self._heads = self._compile_heads()
        self._post = self._compile_post()
        self._head_word = re.compile(rf"(?<!\w)(?:{_any(self._levels)})(?!\w)")
        self._phrases = self._compile_phrases()
        self._certain = re.compile(rf"(?<!\w)(?:{self._alternatives(told.certain)}){_OPENING}$")
        self._listing = re.compile(rf"(?<!\w)(?:{_any(told.listing)})(?!\w)")
        self._distance, self._bearing = self._compile_distances()
        particles = told.particles["de"]
        self._head_ends = tuple({fold(word).rstrip() for word in (*self._levels, *told.adjectives, *particles)})
        self._of_ends = tuple(words.rstrip() for words in particles)
        self.right = self._compile_right()
        self.apposed = self._compile_apposed()
        self.land_part = self._compile_land_part()
        self.of = re.compile(f" (?:{_plain(told.particles['de'])})")
        self.echo_guards = tuple(map(fold, told.echo_guards))
        self.echoes = self._compile_echoes()

    def is_bearing(self, name: str) -> bool:
        """Whether a name is the word for a direction too: "Nord", and not "Centre-Nord"."""
        return fold(name) in self._told.bearings

    def read_left(self, folded: str, start: int) -> Left:
        """What stands before the name that begins at `start` in the folded text."""
        floor = max(0, start - LEFT_REACH, folded.rfind("\n", 0, start) + 1)
        words = folded[floor:start]
        head = self._heads.search(words) if words.rstrip(_HEAD_SIGNS).endswith(self._head_ends) else None
        rest = words[: head.start()] if head else words
        level = self._read_level(head.group()) if head else None
        kinds = self._read_kinds(head.group(), words) if head else {}
        measured, found = self._read_distance(rest), self._read_phrase(rest)
        if measured and (found is None or measured[0] <= found[0]):
            at, distance, bearing = measured
            role: Role = "home" if (distance or 0) > FAR_KM else "site"
            return Left(floor + at, "near", role, level, head is not None, distance, bearing)
        if found:
            at, kind = found
            if kind in _ROLES:
                return Left(floor + at, "at", kind, level, head is not None)
            if kind == "toward":
                return Left(floor + at, "near", "site", level, head is not None, is_goal=True, **kinds)
            is_certain = head is None and self._certain.search(rest) is not None
            return Left(floor + at, kind, "site", level, head is not None, is_certain=is_certain, **kinds)  # type: ignore[arg-type]  # the kinds left
        return Left(floor + len(rest), None, "site", level, head is not None, **kinds)

    def _read_kinds(self, head: str, words: str) -> dict[str, bool]:
        """Whether a head is a post or unit of the name, and whether it announces a list."""
        is_listing = self._listing.search(head) is not None
        post = self._post.search(words)
        is_body = post is not None and post["post"] in self._told.bodies
        return {"is_post": post is not None, "is_body": is_body, "is_listing": is_listing}

    def _read_level(self, words: str) -> str | None:
        levels = [self._levels[match.group()] for match in self._head_word.finditer(words)]
        named = [level for level in levels if level != "site"]
        return named[-1] if named else None

    def find_head(self, folded: str, start: int, end: int) -> int:
        """Where the last head between two offsets begins, `end` if there is none."""
        return max((match.start() for match in self._head_word.finditer(folded, start, end)), default=end)

    def _read_phrase(self, words: str) -> tuple[int, str] | None:
        if not words.rstrip(_OPENING_SIGNS)[-1:].isalpha() and not words.endswith("'"):
            return None
        match = self._phrases.search(words, max(0, len(words) - PHRASE_REACH))
        return (match.start(), match.lastgroup or "") if match else None

    def _read_distance(self, words: str) -> tuple[int, float | None, float | None] | None:
        if not words.rstrip(_OPENING_SIGNS).endswith(self._of_ends):
            return None
        match = self._distance.search(words)
        if match:
            number, bearing = match["number"].replace(",", "."), match["bearing"]
            value = self._told.distance_numbers.get(number)
            return match.start(), float(number) if value is None else value, self._turn(bearing)
        match = self._bearing.search(words)
        return (match.start(), None, self._turn(match["bearing"])) if match else None

    def _turn(self, bearing: str | None) -> float | None:
        """The degrees of a bearing, however its parts are joined: "nord - est"."""
        return self._told.bearings.get(_DASH.sub("-", bearing or ""))

    def _compile_heads(self) -> re.Pattern[str]:
        told = self._told
        article = f"(?:{_plain(told.particles['the'])})?"
        particle = f"(?:{_plain(told.particles['de'])})?"
        adjectives = f"(?: (?:{_any(told.adjectives)}))*"
        return re.compile(
            rf"(?:(?<!\w){article}(?:{_any(self._levels)}){adjectives} ?[:«\"#]* ?{particle}{_OPENING})+$"
        )

    def _compile_post(self) -> re.Pattern[str]:
        """A post, camp or unit with the word that binds a name to it: "le détachement militaire de"."""
        adjectives = f"(?: (?:{_any(self._told.adjectives)}))*"
        return re.compile(
            rf"(?<!\w)(?P<post>{_any(self._told.heads['site'])}){adjectives} (?:{_plain(self._told.particles['of'])})$"
        )

    def _compile_phrases(self) -> re.Pattern[str]:
        """The phrase that reaches furthest back, a group for each kind."""
        kinds = sorted(("near", "toward", "between", *_ROLES, "at"))
        groups = "|".join(f"(?P<{kind}>{self._alternatives(getattr(self._told, kind))})" for kind in kinds)
        return re.compile(rf"(?<!\w)(?:{groups}){_OPENING}$")

    def _alternatives(self, phrases: Iterable[str]) -> str:
        return _group_by_letter(self._expand(phrase) for phrase in sorted(phrases, key=len, reverse=True))

    def _expand(self, phrase: str) -> str:
        """A phrase of the lexicon as pattern; what ends without a particle needs a space behind it."""
        told = self._told.particles
        ends_open = phrase.endswith(("{de}", "{le}", "{en}"))
        for key, is_optional in (("de", False), ("le", True), ("en", False)):
            words = f"(?:{_plain(told[key])})" + ("?" if is_optional else "")
            phrase = phrase.replace(f"{{{key}}}?", words if is_optional else words + "?").replace(f"{{{key}}}", words)
        phrase = phrase.replace("{dir}", f"(?:{_any(self._told.bearings)})")
        return phrase if ends_open else phrase + " "

    def _compile_echoes(self) -> re.Pattern[str]:
        """Phrases that name nothing themselves, a group for each relation: no "de" comes after them."""
        groups = (
            f"(?P<{relation}>{'|'.join(self._expand(words).rstrip() for words in phrases)})"
            for relation, phrases in self._told.echoes.items()
        )
        return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w| (?:{_plain(self._told.particles['de'])}))")

    def _joiner(self, phrases: Iterable[str]) -> re.Pattern[str]:
        expanded = "|".join(self._expand(phrase).strip() for phrase in sorted(phrases, key=len, reverse=True))
        return re.compile(rf"[»\" ]*(?:{expanded}){_OPENING}")

    def _compile_distances(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        told = self._told
        bearings = _any(told.bearings).replace(r"\-", _DASH.pattern)
        bearing = rf"(?:{_plain(told.bearing_starts)})(?P<bearing>{bearings})"
        number = rf"(?P<number>[0-9]+(?:[.,][0-9]+)?|{_any(told.distance_numbers)})"
        starts = rf"(?:(?:{_any(told.distance_starts)}) )?(?:(?:{_any(told.approximately)}) )?"
        of = f"(?:{_plain(told.particles['de'])})"
        unit = rf" ?(?:{_any(told.kilometres)})\.?(?: (?:{_any(told.hedges)}))?"
        distance = rf"(?<!\w){starts}{number}{unit},?(?: {bearing})? {of}{_OPENING}$"
        return re.compile(distance), re.compile(rf"(?<!\w){bearing} {of}{_OPENING}$")

    def _compile_run(self) -> re.Pattern[str]:
        """Capitalised words in a row, perhaps with the small words that names hold, perhaps numbered."""
        small = _any(self._told.name_particles)
        words = rf"(?: (?:{_CAPITAL}|{small}))*?(?: {_CAPITAL})*"
        return re.compile(rf"(?<![^\W_]){_CAPITAL}{words}(?: [1-9](?!\w|[.,]\d))?")

    def _compile_right(self) -> re.Pattern[str]:
        """What may follow a name that nothing announces: its village, cercle or region, or how far it lies."""
        told = self._told
        levels = ("village", "town", "commune", "admin2", "admin1")
        coarse = [word for level in levels for word in told.heads[level]]
        into = rf"(?:(?:{_plain(told.particles['en'])})(?:{_plain(told.particles['le'])})?)?"
        led = _any([*told.apposing, *told.small, *told.elided])
        around = rf"{into}(?:(?:{led}) ?)*(?:{_any(coarse)})(?: (?:{_any(told.adjectives)}))* "
        return re.compile(rf"[»\" ]*[,(] ?(?:{around}|(?:situee? )?a [0-9]+ ?(?:{_any(told.kilometres)})\b)")

    def _compile_apposed(self) -> re.Pattern[str]:
        """ ", un village frontalier": what only says of a name that it is a place, no further name in it."""
        told = self._told
        heads, led = _any([*told.heads["village"], *told.heads["town"]]), _any(told.apposing)
        return re.compile(rf"[»\" ]*, ?(?:{led}) (?:(?:{_any(told.small)}) )?(?:{heads})(?: [a-z]+)?(?=[,.;])")

    def _compile_land_part(self) -> re.Pattern[str]:
        """ "dans le nord-est du pays": a part of the country, which says of the place that it is no other."""
        told = self._told
        into = rf"(?:{_plain(told.particles['en'])})(?:{_plain(told.particles['le'])})?"
        part = rf"(?:(?:{_any(told.extreme)})[- ])?(?:{_any([*told.bearings, *told.middles])})"
        return re.compile(
            rf"(?<!\w)(?:{into})?{part} (?:{_plain(told.particles['de'])})(?P<land>{_any(told.lands)})(?!\w)"
        )


def place_grammar(lexicon: Lexicon) -> PlaceGrammar:
    """The compiled place words of a language."""
    return lexicon.build("place grammar", lambda: PlaceGrammar(_read_words(lexicon)))


def _read_words(lexicon: Lexicon) -> PlaceWords:
    return lexicon.read("places", PlaceWords)


def _any(words: Iterable[str] | Mapping[str, object]) -> str:
    """Alternatives, longest first."""
    return _group_by_letter(re.escape(fold(word)) for word in sorted(words, key=len, reverse=True))


def _group_by_letter(patterns: Iterable[str]) -> str:
    """Alternatives of one first letter in a group: where none begins so, none of them is tried.

    >>> _group_by_letter(["ville", "(?:un )?camp", "village"])
    '(?:un )?camp|v(?:ille|illage)'
    """
    others: list[str] = []
    groups: dict[str, list[str]] = {}
    for pattern in patterns:
        is_letter = _PLAIN_START.match(pattern) is not None
        (groups.setdefault(pattern[0], []) if is_letter else others).append(pattern[is_letter:])
    return "|".join([*others, *(f"{letter}(?:{'|'.join(ends)})" for letter, ends in groups.items())])


def _plain(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
