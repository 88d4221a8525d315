"""The story of an article: which incidents it tells, and what only sums them up."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.parse.drafts import Story, is_sum_of
from pipelines.parse.incidents import StoryBuilder
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
    return builder.story
