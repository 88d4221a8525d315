"""One article read: text, sentences, days, places, segments, incidents, claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.catalog.actors import Actors
from pipelines.catalog.country import Atlas
from pipelines.catalog.language import Lexicon
from pipelines.mentions import Claim, DateMention, PlaceMention
from pipelines.models import Article, Issue
from pipelines.parse.claims import ClaimMaker
from pipelines.parse.dates import find_dates
from pipelines.parse.intake import LONGEST_TEXT, check_article
from pipelines.parse.parties import PartyTag, find_parties
from pipelines.parse.places import find_places
from pipelines.parse.segments import Segment, read_segments
from pipelines.parse.sentences import split_sentences
from pipelines.parse.story import build_story
from pipelines.parse.story_sums import take_in_results, take_out_sums
from pipelines.parse.surrenders import settle_verbs_of_one_side
from pipelines.parse.tagging import Tagged, tag_article
from pipelines.parse.triage import look_at, triage
from pipelines.parse.voices import Voice, main_voice
from pipelines.text import Normalised, normalise


@dataclass(frozen=True, slots=True)
class Parsed:
    """What an article says: claims in text order and the frame that they are told in."""

    is_security: bool
    is_communique: bool
    issuer: str | None
    statement: DateMention | None
    claims: tuple[Claim, ...] = ()
    issues: tuple[Issue, ...] = ()
    period: DateMention | None = None  # the span that a bulletin covers
    is_bulletin: bool = False
    places: tuple[PlaceMention, ...] = ()  # all that the text names, whatever for
    home: str = ""  # ISO2 of the country that the article is about, "" if nothing tells


def parse_article(article: Article, lexicon: Lexicon, actors: Actors, atlas: Atlas) -> Parsed:
    """The claims of one article; whatever the input, issues rather than exceptions."""
    issues = list(check_article(article, lexicon))
    if not look_at(article.text[:LONGEST_TEXT], lexicon):
        return Parsed(False, False, None, None, issues=tuple(issues))
    text = normalise(article.text[:LONGEST_TEXT])
    has_title = bool(article.title)
    first_look = triage(text.text, lexicon, has_title=has_title)
    if not first_look.is_security:
        return Parsed(False, False, None, None, issues=tuple(issues))
    sentences = split_sentences(text.text, lexicon, has_title=has_title)
    dates, places = find_dates(text.text, lexicon), find_places(text.text, lexicon, atlas)
    tagged = tag_article(text.text, sentences, dates, places, lexicon, actors)
    tagged = settle_verbs_of_one_side(tagged)
    segments = read_segments(tagged)
    voice = main_voice(tagged, segments, is_communique=first_look.is_communique)
    maker = ClaimMaker(article.article_id, tagged, text.raw_span, voice, _first_state(tagged))
    story = build_story(tagged, segments)
    take_out_sums(story)
    take_in_results(story)
    claims = maker.make_all(story)
    return Parsed(
        is_security=True,
        is_communique=first_look.is_communique,
        issuer=voice.organ if voice and voice.organ else None,
        statement=_to_raw(first_look.statement, text),
        claims=tuple(claims),
        issues=tuple(issues),
        period=_to_raw(_find_period(tagged, is_bulletin=_is_bulletin(segments)), text),
        is_bulletin=_is_bulletin(segments),
        places=tuple(maker.place(tag.value) for tag in tagged.kinds["place"]),
        home=_find_home(tagged, article.outlet_country, atlas),
    )


def _to_raw(mention: DateMention | None, text: Normalised) -> DateMention | None:
    return replace(mention, span=text.raw_span(mention.span.start, mention.span.end)) if mention else None


def _find_period(tagged: Tagged, *, is_bulletin: bool) -> DateMention | None:
    """The span of days that a title, a heading or the first lines give the whole text."""
    for sentence in tagged.sentences[:_PERIOD_REACH]:
        first, end = tagged.word_range(sentence.start, sentence.end)
        for tag in tagged.within("date", first, end):
            mention: DateMention = tag.value
            is_framed = sentence.kind in {"title", "heading"} or mention.part == "week" or is_bulletin
            if mention.form in {"range", "week"} and is_framed:
                return mention
    return None


def _is_bulletin(segments: Sequence[Segment]) -> bool:
    return sum(1 for segment in segments if segment.sentence.kind in {"bullet", "heading"}) >= _BULLETIN_LINES


def _find_home(tagged: Tagged, outlet_country: str, atlas: Atlas) -> str:
    """The country whose forces, people and places are named most; the outlet's own counts as named already."""
    named = [tag.value.country for tag in tagged.kinds["actor"] if tag.value.side == "state" and tag.value.country]
    named += [tag.value for tag in tagged.kinds["demonym"] if tag.value in tagged.lexis.of]
    named += _titled(tagged, atlas) * _TITLE_VOTES
    home = [country for country in named if country not in tagged.lexis.outside]
    places = {tag.value.names[0].text for tag in tagged.kinds["place"]}
    found = [{place_id[:2].upper() for place_id in atlas.lookup(name)} for name in sorted(places)]
    home += [country for countries in found if len(countries) == 1 for country in countries]
    if outlet_country in tagged.lexis.of and outlet_country not in tagged.lexis.outside:
        home = [outlet_country] * _OUTLET_VOTES + home
    return Counter(home).most_common(1)[0][0] if home else outlet_country


def _titled(tagged: Tagged, atlas: Atlas) -> list[str]:
    """The country that the title names, if it is one: "Togo : huit soldats tués dans le nord"."""
    titles = [sentence for sentence in tagged.sentences if sentence.kind == "title"]
    text = " ".join(tagged.line.text[sentence.start : sentence.end] for sentence in titles)
    ids = {found for hit in atlas.find_names(text) for found in hit.ids if len(found) == 2}
    return sorted(ids) if len(ids) == 1 else []


def _first_state(tagged: Tagged) -> PartyTag | None:
    """The state's force that acts where a sentence names none: the first of the article."""
    parties = find_parties(tagged, 0, len(tagged.line.words))
    forces = [party for party in parties if party.actor_class == "army"]
    named = [party for party in forces if party.key is not None]
    return next(iter([*named, *forces]), None)


_OUTLET_VOTES = 2
_TITLE_VOTES = 3
_PERIOD_REACH = 8  # sentences
_BULLETIN_LINES = 4
__all__ = ["LONGEST_TEXT", "Parsed", "Voice", "parse_article"]
