"""What `watch` says of a source."""

from __future__ import annotations

from pathlib import Path

from pipelines.archive import Archive
from pipelines.run.health import check_sources
from pipelines.run.ingest import ingest_source
from tests.web.serving import NOW, make_client, make_source, serve


def test_a_source_that_refuses_us_is_told_as_blocked(tmp_path: Path) -> None:
    feed = "<rss version='2.0'><channel><item><link>http://site.example/1/</link></item></channel></rss>"
    source = make_source(feed="http://site.example/feed", discover=["feed"])
    with serve({"/feed": feed, "/1/": (403, b"no")}) as site, Archive(tmp_path, now=lambda: NOW) as archive:
        ingest_source(source, client=make_client(site), archive=archive, now=NOW)
        [health] = check_sources([source], archive, NOW)
    assert health.worries == ("blocked: 1 pages were refused to us",)
