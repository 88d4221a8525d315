"""A live look at one source: does it answer, may we ask, what does it announce, can its articles be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from pipelines.catalog.source import Source
from pipelines.discover.links import discover_links
from pipelines.errors import CommuniquesError, FetchError
from pipelines.models import Article, Link, Page
from pipelines.web import Client, list_reservations

_TRIED = 3  # articles that are fetched
_COUNTED = 200  # links that are counted

Read = Callable[[Page, Link], Article]


@dataclass(slots=True)
class SourceCheck:
    """What a check saw. `fill` is the share of tried articles that have a title, a body, a date."""

    source_id: str
    robots: str = ""  # allowed | forbidden | the reason why it is not known
    crawl_delay_s: float = 0.0
    links: int = 0
    dated_links: int = 0
    tried: int = 0
    fill: dict[str, float] = field(default_factory=dict)
    reservations: list[str] = field(default_factory=list)  # what the site reserves against machine use
    problems: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether the source can be verified: it announces articles and all that were tried can be read."""
        return not self.problems and self.links > 0 and all(share == 1 for share in self.fill.values())


def check_source(source: Source, client: Client, *, read: Read) -> SourceCheck:
    """Ask the live site: robots.txt, its announcements, and the newest articles, read by `read`. Never raises for the
    site's faults: they are the answer."""
    check = SourceCheck(source.id)
    _check_robots(source, client, check)
    links = _check_links(source, client, check)
    articles = [article for link in links[:_TRIED] if (article := _check_article(source, client, check, link, read))]
    if check.tried:
        check.fill = {
            "title": sum(bool(article.title) for article in articles) / check.tried,
            "body": sum(bool(article.body) for article in articles) / check.tried,
            "date": sum(article.published_date is not None for article in articles) / check.tried,
        }
    return check


def _check_robots(source: Source, client: Client, check: SourceCheck) -> None:
    try:
        rules = client.robots(source.home, source)
    except FetchError as error:
        check.robots = str(error)
        return
    check.robots = rules.reason or ("allowed" if rules.allows(source.feed or source.home) else "forbidden")
    check.crawl_delay_s = rules.crawl_delay


def _check_links(source: Source, client: Client, check: SourceCheck) -> list[Link]:
    links: list[Link] = []
    found = discover_links(
        source, client, since=None, until=None, is_known=lambda url: False, keep=lambda page: None  # noqa: ARG005 - the shape is given
    )  # fmt: skip
    try:
        links.extend(islice(found, _COUNTED))
    except CommuniquesError as error:
        check.problems.append(f"announcements: {error}")
    check.links = len(links)
    check.dated_links = sum(link.published_hint is not None for link in links)
    if not links and not check.problems:
        check.problems.append("announcements: none")
    return links


def _check_article(source: Source, client: Client, check: SourceCheck, link: Link, read: Read) -> Article | None:
    check.tried += 1
    try:
        page = client.get(link.url, source)
        if page.status != 200:
            raise FetchError(f"status_{page.status}", link.url)
        check.reservations = sorted({*check.reservations, *list_reservations(page)})
        return read(page, link)
    except CommuniquesError as error:
        check.problems.append(f"{link.url}: {error}")
        return None
