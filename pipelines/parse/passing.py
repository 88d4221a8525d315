"""What an article tells that came into no claim, sentence by sentence, and why: the "why not" of a reading."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from pipelines.catalog.actors import Actors
from pipelines.catalog.country import Atlas
from pipelines.catalog.language import Lexicon
from pipelines.mentions import Span
from pipelines.models import Article
from pipelines.parse.dates import find_dates
from pipelines.parse.frames import Frame, is_intro, is_openable, is_vague
from pipelines.parse.intake import LONGEST_TEXT
from pipelines.parse.places import find_places
from pipelines.parse.segments import Segment, read_segments
from pipelines.parse.sentences import split_sentences
from pipelines.parse.tagging import tag_article
from pipelines.text import normalise

REASONS = {  # mark of a segment -> what it means for an incident
    "denied": "says that it did not happen",
    "unreal": "told as planned, feared or possible",
    "courteous": "a greeting, a tribute or a visit",
    "accidents": "an accident",
    "burials": "the dead are carried to the grave",
    "background": "told as background",
    "framing": "frames other news",
    "pluperfect": "told as over before the news",
    "roll_up": "told of several incidents or a period as one",
}


class PassedOver(NamedTuple):
    """A sentence that tells of acts, people or things and that no event rests on."""

    span: Span
    reasons: tuple[str, ...]


def find_passed_over(
    article: Article, used: Collection[Span], lexicon: Lexicon, actors: Actors, atlas: Atlas
) -> list[PassedOver]:
    """The telling sentences of an article outside of `used`, the words that its reports and totals rest on."""
    text = normalise(article.text[:LONGEST_TEXT])
    dates, has_title = find_dates(text.text, lexicon), bool(article.title)
    sentences = split_sentences(text.text, lexicon, has_title=has_title)
    tagged = tag_article(text.text, sentences, dates, find_places(text.text, lexicon, atlas), lexicon, actors)
    found: dict[Span, tuple[str, ...]] = {}
    for segment in read_segments(tagged):
        span = text.raw_span(segment.sentence.start, segment.sentence.end)
        if _tells(segment) and not any(span.start < other.end and other.start < span.end for other in used):
            found[span] = tuple(dict.fromkeys((*found.get(span, ()), *_find_reasons(segment))))
    return [PassedOver(span, reasons) for span, reasons in found.items()]


def _tells(segment: Segment) -> bool:
    is_told = bool(segment.acts or segment.tolls or segment.things or "denied" in segment.marks)
    return is_told and segment.sentence.kind != "title"


def _find_reasons(segment: Segment) -> Iterator[str]:
    """Each reason that speaks against an incident; the last one where none is known."""
    told = [REASONS[mark] for mark in REASONS if mark in segment.marks]
    if segment.sentence.kind == "heading":
        told.append("a heading")
    if not segment.is_fact and segment.acts:
        told.append("words of an outcome without a figure or a thing")
    elif is_vague(segment) or is_intro(segment):
        told.append("announces several incidents without a figure or a place")
    elif not is_openable(segment, Frame(next(iter(segment.dates), None), tuple(segment.sites))):
        told.append("has no day with a place or figures of its own")
    yield from told or ["goes on from what was left out, or repeats what was told"]
