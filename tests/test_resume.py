"""The way in is killed at any moment: the next run asks for nothing that is kept, and loses nothing."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from pipelines.archive import Archive
from pipelines.run.ingest import ingest_source
from pipelines.web import Client
from tests.extract.test_article import OG_DATE, render
from tests.web.serving import NOW, Site, make_source, serve

ARTICLES = 30
SOURCE = make_source(feed="http://site.example/feed/", discover=["feed"])
FEED = "".join(f"<item><link>http://site.example/{n}/</link></item>" for n in range(ARTICLES))
ROUTES = {f"/{n}/": render(head=OG_DATE, title=f"Kossi : une embuscade déjouée, bilan {n}") for n in range(ARTICLES)}


def ingest(folder: Path, port: int) -> None:
    with Archive(folder, now=lambda: NOW) as archive:
        client = Client(now=lambda: NOW, resolve=lambda host, _: [("127.0.0.1", port)])
        ingest_source(SOURCE, client=client, archive=archive, now=NOW)


def ingest_and_kill(folder: Path, site: Site, after: int) -> None:
    """A run in a process of its own, killed when the site has seen so many more requests."""
    code = f"from pathlib import Path; from tests.test_resume import ingest; ingest(Path({str(folder)!r}), {site.port})"
    target = len(site.asked) + after
    child = subprocess.Popen([sys.executable, "-c", code])
    while len(site.asked) < target and child.poll() is None:
        site.stop.wait(0.002)
    child.kill()
    child.wait()


@pytest.mark.parametrize("rhythm", [(3, 5, 9), (7, 4, 4, 6), (12, 13)])
def test_killed_again_and_again(tmp_path: Path, rhythm: tuple[int, ...]) -> None:
    with serve({"/feed/": f"<rss version='2.0'><channel>{FEED}</channel></rss>", **ROUTES}) as site:
        for after in rhythm:
            ingest_and_kill(tmp_path, site, after)
        ingest(tmp_path, site.port)
        asked = Counter(site.paths())
        with Archive(tmp_path, now=lambda: NOW) as archive:
            assert len(list(archive.articles())) == ARTICLES
    repeated = sum(asked[f"/{n}/"] - 1 for n in range(ARTICLES))
    assert repeated <= len(rhythm), "at most the page in flight at each kill"
    assert asked["/feed/"] <= len(rhythm) + 1
