"""How well place phrases of labelled articles are placed, apart from the rest of the reading.

    .venv/bin/python -m tests.quality.measure_places [--gazetteer DIR] [--list] [FOLDER]

`--list` names what went wrong in each file of the building half; of the checking half only sums are told.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.catalog.country import Atlas, load_atlas
from pipelines.catalog.geo import measure_km
from pipelines.catalog.language import Lexicon, load_language
from pipelines.catalog.names import fold_name
from pipelines.evaluate.folder import half_of
from pipelines.mentions import PlaceMention
from pipelines.models import Where
from pipelines.parse.places import find_places
from pipelines.resolve.place_survey import survey_places
from pipelines.resolve.places import resolve_place
from pipelines.text import normalise

GOLD = Path(__file__).parent / "gold"
RIGHT_KM = 25.0
Label = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What became of one labelled place phrase; None where the label does not tell."""

    label: Label
    where: Where | None
    is_found: bool | None  # whether a name of the label's place was read out of the phrase
    is_right: bool | None  # within 25 km of the label
    is_wrong: bool | None  # a point farther off, and nothing said about doubt
    is_region: bool | None

    def __str__(self) -> str:
        label = self.label
        told = f"{label['admin1']}/{label['place']} ({label['lat']}, {label['lon']}) «{label['place_wording']}»"
        where = self.where
        read = f"{where.admin1}/{where.location} ({where.latitude}, {where.longitude})" if where else "nothing"
        signs = ("found", self.is_found), ("right", self.is_right), ("region", self.is_region)
        failed = "".join(f" not-{name}" for name, value in signs if value is False)
        why = where.description if where else ""
        return f"{told} <> {read}{failed}{' WRONG' if self.is_wrong else ''}\n      {why}"


def judge_article(gold: Label, lexicon: Lexicon, atlas: Atlas) -> Iterator[Outcome]:
    """The outcome of every distinct place phrase of one labelled article."""
    text = normalise(f"{gold['title']}\n\n{gold['text']}").text
    mentions = find_places(text, lexicon, atlas)
    seen = set()
    for label in gold["events"]:
        key = label["place_wording"], label["date_start"]
        if label["place_wording"] and key not in seen:
            seen.add(key)
            day = date.fromisoformat(label["date_start"] or gold["published"])
            yield _judge(label, _pick_mentions(label, text, mentions), mentions, atlas, day)


def _pick_mentions(label: Label, text: str, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """The mentions within the phrase, where it stands in the evidence or else first in the text."""
    wording = normalise(label["place_wording"]).text
    quotes = [normalise(quote).text for quote in label["evidence"]]
    starts = [text.find(quote) + quote.find(wording) for quote in quotes if quote in text and wording in quote]
    start = next(iter(starts), text.find(wording))
    end = start + len(wording)
    return [
        mention for mention in mentions
        if mention.span.start < end and max(mention.span.end, mention.names[-1].end) > start
    ]  # fmt: skip


def _judge(label: Label, told: list[PlaceMention], mentions: list[PlaceMention], atlas: Atlas, day: date) -> Outcome:
    is_found = _is_found(label, [span.text for mention in told for span in mention.names])
    if not told:
        is_right = False if label["lat"] is not None else None
        return Outcome(label, None, is_found, is_right, None, False if label["admin1"] else None)
    where, issues = resolve_place(
        told, article=survey_places(mentions, atlas), day=day, outlet_country=label["country"] or None
    )
    is_found = is_found or _is_found(label, [where.location or "", where.place or ""])
    is_right = None
    if label["lat"] is not None:
        is_right = _is_near(label, where)
    has_point = where.latitude is not None and not issues
    is_wrong = not _is_near(label, where) if has_point and label["lat"] is not None else None
    return Outcome(label, where, is_found, is_right, is_wrong, _is_region(label, where))


def _is_found(label: Label, names: list[str]) -> bool | None:
    """Whether one of the names is that of the labelled place; a place found under another spelling bears its own."""
    if not label["place"]:
        return None
    wanted = {fold_name(part) for part in label["place"].split(" - ")}
    return bool(wanted & {fold_name(name) for name in names})


def _is_near(label: Label, where: Where) -> bool:
    if where.latitude is None or where.longitude is None:
        return False
    return measure_km(label["lat"], label["lon"], where.latitude, where.longitude) <= RIGHT_KM


def _is_region(label: Label, where: Where) -> bool | None:
    return where.admin1 == label["admin1"] if label["admin1"] else None


def sum_outcomes(outcomes: list[Outcome]) -> dict[str, str]:
    """measure -> share, as text with both counts."""
    return {name: _share(Counter(getattr(outcome, name) for outcome in outcomes)) for name in MEASURES}


MEASURES = ("is_found", "is_right", "is_region", "is_wrong")


def _share(counts: Counter[bool | None]) -> str:
    known = counts[True] + counts[False]
    return f"{counts[True] / known:.3f} ({counts[True]} of {known})" if known else "-"


def main() -> None:
    """Print the shares of both halves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=GOLD)
    parser.add_argument("--gazetteer", type=Path, help="the folder that `communiques gazetteer import` wrote")
    parser.add_argument("--list", action="store_true", dest="is_listing")
    told = parser.parse_args()
    lexicon, atlas = load_language("fr"), load_atlas(gazetteer=told.gazetteer)
    halves: dict[int, list[Outcome]] = {0: [], 1: []}
    for path in sorted(told.folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        half = half_of(path.stem) if told.folder.resolve() == GOLD.resolve() else 0
        outcomes = list(judge_article(gold, lexicon, atlas))
        halves[half] += outcomes
        if told.is_listing and half == 0:
            _list_failures(path.stem, outcomes)
    for half, outcomes in halves.items():
        print(("building", "checking")[half], len(outcomes), sum_outcomes(outcomes))


def _list_failures(name: str, outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if False in {outcome.is_found, outcome.is_right, outcome.is_region} or outcome.is_wrong:
            print(f"{name}: {outcome}")


if __name__ == "__main__":
    main()
