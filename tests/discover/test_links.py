"""Finding links over real HTTP: feeds that roll over, windows, fall-backs, listings, and lists that lie."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from pipelines.archive import Archive
from pipelines.catalog.source import Source
from pipelines.discover import discover_links
from pipelines.errors import FetchError
from pipelines.models import Link
from tests.web.serving import NOW, Route, Site, Talk, make_client, make_source, serve

HOME = "http://site.example"
DAY = timedelta(days=1)
TODAY = NOW.date()


def address(n: int) -> str:
    return f"{HOME}/{n}/"


def moment(n: int) -> datetime:
    """Article n came out n days ago."""
    return NOW - n * DAY


def rss(numbers: Iterable[int]) -> str:
    items = "".join(
        f"<item><title>Titre {n}</title><link>{address(n)}?utm_source=rss</link>"
        f"<pubDate>{moment(n):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Le Site</title>{items}</channel></rss>'


def find(
    site: Site, source: Source, *, known: Iterable[int] = (), since=None, until=None, shelf=None, keep=None
) -> list[Link]:
    urls = {address(n) for n in known}
    found = discover_links(
        source, make_client(site), since=since, until=until, is_known=urls.__contains__,
        keep=keep or (lambda page: None), shelf=shelf,
    )  # fmt: skip
    return list(found)


def numbers(links: Iterable[Link]) -> list[int]:
    return [int(urlsplit(link.url).path.strip("/")) for link in links]


FEED = make_source(feed=f"{HOME}/feed/", discover=["feed"], history=["wordpress", "sitemap", "paged_feed"])


def test_a_feed_gives_links_in_its_order() -> None:
    with serve({"/feed/": rss([1, 2, 3])}) as site:
        links = find(site, FEED, known=[3])
    assert numbers(links) == [1, 2]
    assert links[0] == Link("site", address(1), moment(1), "Titre 1")
    assert site.paths() == ["/feed/"]


def test_an_atom_feed_says_what_changed(tmp_path: Path) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>A</title>'
        f'<link href="{address(1)}"/><published>{moment(3):%Y-%m-%dT%H:%M:%SZ}</published>'
        f"<updated>{NOW + DAY:%Y-%m-%dT%H:%M:%SZ}</updated></entry></feed>"
    )
    with serve({"/feed/": atom, "/1/": "texte"}) as site, Archive(tmp_path, now=lambda: NOW) as archive:
        archive.store(make_client(site).get(address(1), FEED))
        links = find(site, FEED, known=[1], shelf=archive)
    assert [link.modified_hint for link in links] == [NOW + DAY]


@pytest.mark.parametrize(
    ("route", "code"),
    [
        ((404, b""), "status_404"),
        ((500, b""), "status_500"),
        ("<html><body>Bienvenue</body></html>", "not_a_feed"),
        (b"", "not_a_feed"),
        (b"\x00\xff" * 1000, "not_a_feed"),
    ],
)
def test_a_feed_that_is_none(route: Route, code: str) -> None:
    with serve({"/feed/": route}) as site, pytest.raises(FetchError) as caught:
        find(site, FEED)
    assert caught.value.code == code


def test_an_empty_feed_is_no_error() -> None:
    with serve({"/feed/": rss([])}) as site:
        assert find(site, FEED, since=TODAY - 9 * DAY) == []


def test_a_feed_that_was_killed_half_way_is_read_again(tmp_path: Path) -> None:
    """A 304 says that the feed is the same, not that its links are done."""

    def feed(talk: Talk) -> None:
        if talk.headers.get("If-None-Match"):
            talk.answer(304, {"ETag": '"1"'}, b"")
        else:
            talk.answer(200, {"ETag": '"1"'}, rss([1, 2]).encode())

    with serve({"/feed/": feed}) as site, Archive(tmp_path, now=lambda: NOW) as archive:
        assert numbers(find(site, FEED, shelf=archive, keep=archive.store)) == [1, 2]
        assert numbers(find(site, FEED, known=[1], shelf=archive, keep=archive.store)) == [2]
        assert site.headers[-1]["If-None-Match"] == '"1"'


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{("&a" + str(n - 1) + ";") * 10 if n else "&a;" * 10}">' for n in range(9))
    + "]><rss version='2.0'><channel><item><title>&a8;</title><link>http://site.example/1/</link></item></channel></rss>"
)
EXTERNAL = BOMB.replace('<!ENTITY a "aaaaaaaaaa">', '<!ENTITY a8 SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize("bomb", [BOMB, EXTERNAL])
def test_entities_are_not_expanded(bomb: str) -> None:
    started = time.process_time()
    with serve({"/feed/": bomb.encode()}) as site:
        links = find(site, FEED)
    assert all(len(link.title_hint) < 1000 and "root:" not in link.title_hint for link in links)
    assert time.process_time() - started < 5


def test_a_huge_feed_is_cut_off() -> None:
    with serve({"/feed/": rss(range(5_200))}) as site:
        assert len(find(site, FEED)) == 5000


def test_foreign_and_odd_addresses_are_passed_over() -> None:
    odd = [
        "https://autre.example/1",
        "javascript:x",
        "mailto:a@b",
        "",
        "http://[",
        "/1/",
        f"{HOME}/1/#haut",
        f"{HOME}:22/3/",
    ]
    items = "".join(f"<item><link>{url}</link></item>" for url in odd)
    feed = f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
    with serve({"/feed/": feed}) as site:
        assert [link.url for link in find(site, FEED)] == [address(1)]


def test_odd_dates_are_no_dates() -> None:
    dates = ["Mon, 01 Jan 0025 00:00:00 GMT", "9999-12-31T00:00:00Z", "demain", "99999999999", ""]
    items = "".join(f"<item><link>{address(n)}</link><pubDate>{day}</pubDate></item>" for n, day in enumerate(dates))
    with serve({"/feed/": f"<rss version='2.0'><channel>{items}</channel></rss>"}) as site:
        assert [link.published_hint for link in find(site, FEED)] == [None] * 5


class Posts:
    """A WordPress with an article a day, `total` days back; `changed` were touched up yesterday."""

    def __init__(self, total: int, changed: Iterable[int] = ()) -> None:
        self.total, self.changed, self.windows = total, set(changed), []

    def modified(self, n: int) -> datetime:
        return NOW - DAY / 2 if n in self.changed else moment(n)

    def __call__(self, talk: Talk) -> None:
        query = {name: values[-1] for name, values in parse_qs(urlsplit(talk.path).query).items()}
        self.windows.append((query.get("after"), query.get("before"), query.get("modified_after"), query["page"]))
        after, before, changed = (
            datetime.fromisoformat(query[key]).replace(tzinfo=UTC) if key in query else None
            for key in ("after", "before", "modified_after")
        )
        by = self.modified if query["orderby"] == "modified" else moment
        found = [
            n for n in range(self.total)
            if (not after or moment(n) > after) and (not before or moment(n) < before)
            and (not changed or self.modified(n) > changed)
        ]  # fmt: skip
        found.sort(key=by, reverse=query["order"] == "desc")
        size, page = int(query["per_page"]), int(query["page"])
        pages = -(-len(found) // size)
        if page > max(pages, 1):
            talk.answer(400, {}, b'{"code": "rest_post_invalid_page_number"}')
            return
        posts = [
            {"id": n, "link": address(n), "date": f"{moment(n):%Y-%m-%dT%H:%M:%S}",
             "date_gmt": f"{moment(n):%Y-%m-%dT%H:%M:%S}", "modified_gmt": f"{self.modified(n):%Y-%m-%dT%H:%M:%S}",
             "title": {"rendered": f"L&rsquo;article {n}"}, "content": {"rendered": "<p>Texte</p>"}}
            for n in found[(page - 1) * size : page * size]
        ]  # fmt: skip
        talk.answer(200, {"X-WP-TotalPages": str(pages)}, json.dumps(posts).encode())


class WordPress(dict):
    """Routes that send every query on the interface to the posts."""

    def __init__(self, posts: Posts, path: str = "/wp-json/wp/v2/posts?", **others: Route) -> None:
        super().__init__(others)
        self.posts, self.path = posts, path

    def get(self, key: str, default=None):
        return self.posts if key.startswith(self.path) else super().get(key, default)


def test_a_feed_that_rolled_over_is_completed() -> None:
    """Articles 0 to 2 are in the feed, 3 to 7 came and went since the last run, which saw 8 and older."""
    posts = Posts(40)
    with serve(WordPress(posts, **{"/feed/": rss([0, 1, 2])})) as site:
        links = find(site, FEED, known=range(8, 40), since=TODAY - 9 * DAY)
    assert sorted(numbers(links)) == list(range(8))
    assert len(site.paths()) == 2


def test_a_feed_that_reaches_back_is_enough() -> None:
    with serve({"/feed/": rss(range(10))}) as site:
        assert numbers(find(site, FEED, known=range(2, 40), since=TODAY - 20 * DAY)) == [0, 1]
        assert site.paths() == ["/feed/"]


def test_what_was_fetched_meanwhile_does_not_count_as_known() -> None:
    """The links are fetched while discovery goes on: the gap behind a feed must not seem closed by that."""
    posts, fetched = Posts(20), set()
    with serve(WordPress(posts, **{"/feed/": rss([0, 1])})) as site:
        found = discover_links(
            FEED, make_client(site), since=TODAY - 5 * DAY, until=None, is_known=fetched.__contains__,
            keep=lambda page: None,
        )  # fmt: skip
        for link in found:
            fetched.add(link.url)
    assert len(fetched) == 6


def test_a_month_of_wordpress() -> None:
    posts = Posts(400)
    with serve(WordPress(posts)) as site:
        links = find(site, FEED, since=date(2026, 1, 1), until=date(2026, 4, 30))
    days = [link.published_hint.date() for link in links]
    assert days == [date(2026, 1, 1) + n * DAY for n in range(120)]
    assert len(posts.windows) == 2
    assert links[0].title_hint.startswith("L’article")


def test_an_empty_month_costs_one_request() -> None:
    with serve(WordPress(Posts(5))) as site:
        assert find(site, FEED, since=date(2020, 1, 1), until=date(2020, 1, 31)) == []
        assert len(site.paths()) == 1


def test_wordpress_without_pretty_addresses() -> None:
    with serve(WordPress(Posts(40), "/?rest_route=/wp/v2/posts&")) as site:
        assert numbers(find(site, FEED, since=TODAY - 3 * DAY, until=TODAY)) == [3, 2, 1, 0]


def test_changes_are_news(tmp_path: Path) -> None:
    source = make_source(discover=["wordpress"])
    posts = Posts(40, changed=[20])
    with serve({"/20/": "texte", "/0/": "texte"} | {}) as site:
        site.routes = WordPress(posts, **site.routes)
        clock_before = NOW - 2 * DAY
        with Archive(tmp_path, now=lambda: clock_before) as archive:
            client = make_client(site, now=lambda: clock_before)
            for n in (1, 20):
                site.routes[f"/{n}/"] = f"texte {n}"
                archive.store(client.get(address(n), source))
            links = find(site, source, known=range(1, 40), since=TODAY - 2 * DAY, shelf=archive)
    assert sorted(numbers(links)) == [0, 1, 20]


@pytest.mark.parametrize("status", [401, 403, 404, 200])
def test_a_closed_interface_falls_back_on_the_sitemap(status: int) -> None:
    routes = {"/wp-sitemap.xml": (404, b""), "/sitemap_index.xml": index([f"{HOME}/post-sitemap.xml"])}
    routes["/post-sitemap.xml"] = urlset({1: moment(1), 2: moment(2), 300: moment(300)})
    with serve(WordPress((status, b"<html>"), "/wp-json", **routes)) as site:
        assert numbers(find(site, FEED, since=TODAY - 9 * DAY, until=TODAY)) == [1, 2]


def test_without_a_sitemap_the_feeds_pages_are_turned() -> None:
    routes = {f"/feed/?paged={n}": rss(range(10 * n - 10, 10 * n)) for n in range(2, 9)}
    with serve({"/feed/": rss(range(10)), **routes}) as site:
        links = find(site, FEED, since=TODAY - 25 * DAY, until=TODAY - 15 * DAY)
        assert numbers(links) == list(range(15, 26))
        assert "/feed/?paged=5" not in site.paths()


def test_a_site_without_a_way_to_the_past_says_so() -> None:
    with serve({}) as site, pytest.raises(FetchError) as caught:
        find(site, FEED, since=TODAY - 9 * DAY, until=TODAY)
    assert caught.value.code == "no_history"


def urlset(entries: dict[int, datetime | None], extra: str = "") -> str:
    urls = "".join(
        f"<url><loc>{address(n)}</loc>{f'<lastmod>{at.isoformat()}</lastmod>' if at else ''}</url>"
        for n, at in entries.items()
    )
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}{extra}</urlset>'


def index(maps: Iterable[str], lastmod: str = "") -> str:
    dated = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    entries = "".join(f"<sitemap><loc>{url}</loc>{dated}</sitemap>" for url in maps)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'


SITEMAP = make_source(discover=["sitemap"], history=["sitemap"])


def test_sitemaps_packed_nested_and_named_by_robots() -> None:
    routes = {
        "/robots.txt": f"User-agent: *\nAllow: /\nSitemap: {HOME}/maps.xml\n".encode(),
        "/maps.xml": index(
            [f"{HOME}/a.xml.gz", f"{HOME}/old.xml", "https://autre.example/x.xml", f"{HOME}/tag-sitemap.xml"]
        ),
        "/a.xml.gz": (200, gzip.compress(urlset({1: None, 2: moment(2)}).encode())),
        "/old.xml": urlset({3: moment(200)}),
    }
    with serve(routes) as site:
        assert numbers(find(site, SITEMAP, since=TODAY - 9 * DAY, until=TODAY)) == [1, 2]
        assert "/tag-sitemap.xml" not in site.paths()


def test_an_old_part_of_the_index_is_not_asked_for() -> None:
    routes = {"/wp-sitemap.xml": index([f"{HOME}/old.xml"], "2020-01-01"), "/old.xml": urlset({1: None})}
    with serve(routes) as site:
        assert find(site, SITEMAP, since=TODAY - 9 * DAY, until=TODAY) == []
        assert site.paths() == ["/wp-sitemap.xml"]


def test_news_sitemaps_say_the_day_of_publication() -> None:
    news = (
        '<url xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><loc>http://site.example/7/</loc><n:news>'
        "<n:publication_date>2026-04-28T09:00:00Z</n:publication_date><n:title>Djibo</n:title></n:news></url>"
    )
    with serve({"/wp-sitemap.xml": urlset({}, news)}) as site:
        links = find(site, SITEMAP, since=date(2026, 4, 1), until=date(2026, 4, 30))
    assert [(link.published_hint, link.title_hint) for link in links] == [
        (datetime(2026, 4, 28, 9, tzinfo=UTC), "Djibo")
    ]


def test_a_sitemap_that_contains_itself_ends() -> None:
    routes = {
        "/wp-sitemap.xml": index([f"{HOME}/wp-sitemap.xml", f"{HOME}/b.xml"]),
        "/b.xml": index([f"{HOME}/wp-sitemap.xml"]),
    }
    with serve(routes) as site:
        assert find(site, SITEMAP) == []
        assert sorted(site.paths()) == ["/b.xml", "/wp-sitemap.xml"]


def test_sitemaps_without_end_end() -> None:
    def more(talk: Talk) -> None:
        n = int(talk.path.strip("/m.xl") or 0)
        talk.answer(200, {}, index([f"{HOME}/m{2 * n + 1}.xml", f"{HOME}/m{2 * n + 2}.xml"]).encode())

    class Endless(dict):
        def get(self, key: str, default=None):
            return more if "/m" in key and key.endswith(".xml") and "site.example" not in key else default

    source = make_source(discover=[{"by": "sitemap", "url": f"{HOME}/m0.xml"}])
    with serve({}) as site:
        site.routes = Endless()
        assert find(site, source) == []
        assert len(site.paths()) <= 502


@pytest.mark.parametrize(
    "body",
    [
        b"<urlset><url><loc>" + b"x" * 100,
        BOMB.replace("rss", "urlset").encode(),
        gzip.compress(b"<urlset>" + b"\0" * 100_000_000),
        b"\x1f\x8brubbish",
        b"<urlset>" + b"<url>" * 100_000,
    ],
)
def test_broken_sitemaps_end_in_time(body: bytes) -> None:
    started = time.process_time()
    with serve({"/wp-sitemap.xml": (200, body)}) as site, suppress(FetchError):
        assert find(site, SITEMAP) == []
    assert time.process_time() - started < 10


def listing(numbers_: Iterable[int]) -> str:
    items = "".join(
        f'<div class="item"><a class="t" href="/{n}/">Titre {n}</a><span class="d">{moment(n):%d/%m/%Y}</span></div>'
        for n in numbers_
    )
    return f'<html><body><a href="/a-propos">x</a>{items}</body></html>'


LISTING_WAY = {"by": "listing", "url": f"{HOME}/actu?page={{page}}", "items": ".item", "links": "a.t", "date": ".d",
               "date_format": "%d/%m/%Y", "pattern": r"/\d+/$"}  # fmt: skip
LISTING = make_source(discover=[LISTING_WAY], history=[LISTING_WAY])
PAGES: dict[str, Route] = {f"/actu?page={n}": listing(range(5 * n - 5, 5 * n)) for n in range(1, 9)}


def test_listings_are_turned_until_something_is_known() -> None:
    with serve(PAGES) as site:
        links = find(site, LISTING, known=range(5, 40))
        assert numbers(links) == [0, 1, 2, 3, 4]
        assert site.paths() == ["/actu?page=1", "/actu?page=2"]
        assert links[0].published_hint == datetime(2026, 5, 1, tzinfo=UTC)


def test_listings_are_turned_through_what_is_known_for_the_past() -> None:
    with serve(PAGES) as site:
        links = find(site, LISTING, known=range(5, 15), since=TODAY - 20 * DAY, until=TODAY - 3 * DAY)
        assert numbers(links) == [3, 4, 15, 16, 17, 18, 19, 20]
        assert len(site.paths()) == 6


def test_a_listing_that_repeats_itself_ends() -> None:
    with serve({f"/actu?page={n}": listing(range(5)) for n in range(1, 300)}) as site:
        assert numbers(find(site, LISTING)) == [0, 1, 2, 3, 4]
        assert len(site.paths()) == 2


def test_a_listing_whose_layout_changed_says_so() -> None:
    with (
        serve({"/actu?page=1": "<html><body><p>Nouveau site</p></body></html>"}) as site,
        pytest.raises(FetchError) as caught,
    ):
        find(site, LISTING)
    assert caught.value.code == "empty_listing"


def spip_page(n: int, newest: int) -> str:
    day = NOW - (newest - n) * DAY
    return f'<html><head><meta name="date" content="{day:%Y-%m-%d}"></head><body>Article {n}</body></html>'


SPIP = make_source(
    feed=f"{HOME}/spip.php?page=backend", discover=["feed"],
    history=[{"by": "spip", "url": f"{HOME}/spip.php?article{{id}}"}],
)  # fmt: skip


def spip_site(first: int, newest: int, gaps: Iterable[int] = ()) -> dict[str, Route]:
    ids = [n for n in range(first, newest + 1) if n not in set(gaps)]
    routes: dict[str, Route] = {f"/spip.php?article{n}": spip_page(n, newest) for n in ids}
    link = f"{HOME}/spip.php?article{newest}"
    routes["/spip.php?page=backend"] = f"<rss version='2.0'><channel><item><link>{link}</link></item></channel></rss>"
    return routes


@pytest.mark.parametrize("gaps", [(), range(4900, 4904), [*range(4700, 5000, 3)]])
def test_spip_ids_of_a_window(gaps: Iterable[int]) -> None:
    with serve(spip_site(1, 5000, gaps)) as site:
        links = find(site, SPIP, since=TODAY - 120 * DAY, until=TODAY - 90 * DAY)
        ids = {int(link.url.rpartition("article")[2]) for link in links}
        assert ids >= set(range(4880, 4911))
        assert len(ids) < 60
        assert len(site.paths()) < 120
    assert all(link.is_guess for link in links)


def test_a_young_spip_site_is_not_searched_to_its_beginning() -> None:
    with serve(spip_site(2041, 2057)) as site:
        links = find(site, SPIP, since=date(2015, 1, 1), until=TODAY)
        assert len(links) < 40
        assert len(site.paths()) < 100


def test_probes_are_not_asked_for_twice(tmp_path: Path) -> None:
    with serve(spip_site(1, 500)) as site, Archive(tmp_path, now=lambda: NOW) as archive:
        window = {"since": TODAY - 60 * DAY, "until": TODAY - 30 * DAY, "shelf": archive, "keep": archive.store}
        first = find(site, SPIP, **window)
        asked = len(site.paths())
        assert find(site, SPIP, **window) == first
        assert len(site.paths()) == asked


def test_one_dead_way_does_not_hide_the_others() -> None:
    source = make_source(feed=f"{HOME}/feed/", discover=["feed", LISTING_WAY], history=[])
    with serve({**PAGES, "/feed/": (500, b"")}) as site:
        found = discover_links(
            source, make_client(site), since=None, until=None, is_known=lambda url: False, keep=lambda page: None
        )
        assert numbers(link for link, _ in zip(found, range(3), strict=False)) == [0, 1, 2]
        with pytest.raises(FetchError, match="status_500"):
            list(found)


def test_lists_of_the_past_are_not_asked_for_twice(tmp_path: Path) -> None:
    """A window that was broken off goes on with the lists that the archive holds; today's are asked for again."""
    with serve(WordPress(Posts(400))) as site, Archive(tmp_path, now=lambda: NOW) as archive:
        window = {"since": date(2026, 1, 1), "until": date(2026, 4, 28), "shelf": archive, "keep": archive.store}
        first = find(site, FEED, **window)
        asked = len(site.paths())
        assert find(site, FEED, **window) == first
        assert len(site.paths()) == asked
        young = {**window, "until": TODAY}
        find(site, FEED, **young)
        find(site, FEED, **young)
        assert len(site.paths()) == asked + 4
