"""Runs that are killed at random moments: pages lost, and requests repeated: `python -m benchmarks.bench_resume KILLS`.

Three sites of their own hosts on one loopback server; the run is a process of its own and dies by SIGKILL.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

from pipelines.archive import Archive
from pipelines.catalog.source import Source
from pipelines.run.backfill import backfill_window, plan_backfill
from pipelines.run.ingest import ingest_source
from pipelines.web import Client
from tests.extract.test_article import OG_DATE, render
from tests.web.serving import NOW, Site, make_source, serve

ARTICLES = 60  # a site
HOSTS = ("un", "deux", "trois")
DAYS = (date(2026, 4, 1), date(2026, 4, 30))


def list_sources() -> list[Source]:
    """A source a host."""
    return [
        make_source(
            id=name, home=f"http://{name}.example/", feed=f"http://{name}.example/feed/", discover=["feed"],
            history=[{"by": "sitemap", "url": f"http://{name}.example/sitemap.xml"}],
        )
        for name in HOSTS
    ]  # fmt: skip


def make_routes() -> dict[str, str]:
    """What the sites say."""
    routes: dict[str, str] = {}
    for host in HOSTS:
        urls = [f"http://{host}.example/{number}/" for number in range(ARTICLES)]
        items = "".join(f"<item><link>{url}</link></item>" for url in urls)
        entries = "".join(f"<url><loc>{url}</loc><lastmod>2026-04-20</lastmod></url>" for url in urls)
        routes[f"{host}.example/feed/"] = f"<rss version='2.0'><channel>{items}</channel></rss>"
        routes[f"{host}.example/sitemap.xml"] = f"<urlset>{entries}</urlset>"
        for number, url in enumerate(urls):
            routes[url.removeprefix("http://")] = render(head=OG_DATE, title=f"{host} : une embuscade, bilan {number}")
    return routes


def work(folder: Path, port: int, way: str) -> None:
    """One run to its end: news, or a month of the past."""
    with Archive(folder, now=lambda: NOW) as archive:
        client = Client(now=lambda: NOW, resolve=lambda _host, _port: [("127.0.0.1", port)])
        if way == "news":
            for source in list_sources():
                ingest_source(source, client=client, archive=archive, now=NOW)
            return
        for source, window in plan_backfill(list_sources(), *DAYS, archive):
            backfill_window(source, window, client=client, archive=archive, now=NOW)


def work_and_kill(folder: Path, site: Site, way: str, chance: random.Random) -> None:
    """A run that dies at a random moment: so many requests after it began, and a moment later."""
    code = (
        "from pathlib import Path; from benchmarks.bench_resume import work; "
        f"work(Path({str(folder)!r}), {site.port}, {way!r})"
    )
    target = len(site.asked) + chance.randrange(1, 12)
    child = subprocess.Popen([sys.executable, "-c", code])
    while len(site.asked) < target and child.poll() is None:
        time.sleep(0.001)
    time.sleep(chance.random() * 0.02)
    child.kill()
    child.wait()


def measure(way: str, kills: int) -> tuple[int, int, int]:
    """Pages lost, pages asked for again, and lists or robots.txt asked for again, after so many kills."""
    chance = random.Random(5)  # noqa: S311 - the same moments each time
    with serve(dict(make_routes())) as site, tempfile.TemporaryDirectory() as name:
        for _ in range(kills):
            work_and_kill(Path(name), site, way, chance)
        work(Path(name), site.port, way)
        with Archive(Path(name), now=lambda: NOW) as archive:
            lost = ARTICLES * len(HOSTS) - sum(1 for _ in archive.articles())
        asked = Counter(site.asked)
    lists = sum(n - 1 for line, n in asked.items() if line.endswith(("/feed/", ".xml", "robots.txt")))
    return lost, sum(asked.values()) - len(asked) - lists, lists


def main(kills: int) -> None:
    """Measure both ways and tell."""
    for way in ("news", "backfill"):
        lost, pages, lists = measure(way, kills)
        sys.stdout.write(
            f"{way}: {kills} kills, {lost} of {ARTICLES * len(HOSTS)} pages lost, {pages} asked for again, "
            f"and {lists} feeds, sitemaps and robots.txt\n"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)
