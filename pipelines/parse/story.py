"""The story of an article: which incidents it tells, and what only sums them up."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.parse.drafts import Story, is_sum_of
from pipelines.parse.frames import is_coarse_place
from pipelines.parse.incidents import StoryBuilder
from pipelines.parse.parallel import is_fine_site
from pipelines.parse.segments import Segment
from pipelines.parse.tagging import Tagged


def build_story(tagged: Tagged, segments: Sequence[Segment]) -> Story:
    """The incidents of an article; of its title only sums, but for an article whose body tells none."""
    builder = StoryBuilder(tagged)
    titles = [segment for segment in segments if segment.sentence.kind == "title"]
    for segment in segments:
        if segment.sentence.kind != "title":
            builder.take(segment)
    if not builder.story.drafts:
        for segment in titles:
            builder.take(segment)
    else:
        builder.story.totals[:0] = [segment for segment in titles if is_sum_of(builder.story.drafts, segment)]
    _place_by_title(builder.story, titles)
    return builder.story


def _place_by_title(story: Story, titles: Sequence[Segment]) -> None:
    """Give the one incident of a story, where its body names no fine place, the one that the title names."""
    named = [site for title in titles for site in title.sites if is_fine_site(site)]
    for draft in story.drafts if len(story.drafts) == len(named) == 1 else ():
        if all(is_coarse_place(place) for place in draft.sites):
            draft.places[:0] = named
