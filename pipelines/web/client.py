"""The polite client: robots.txt, one lane a host, patience, caps, and no address that is not the source's."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from importlib.metadata import version
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from pipelines.errors import FetchError, ForbiddenError, RetryLaterError
from pipelines.models import Page
from pipelines.web.guard import Resolve
from pipelines.web.lanes import Lane, Lanes
from pipelines.web.limits import Limits
from pipelines.web.retry import TRY_AGAIN_CODES, TRY_AGAIN_STATUSES, grow_pause, read_retry_after
from pipelines.web.robots import PRODUCT, Robots, forbid_all, read_robots
from pipelines.web.transport import Answer, Transport

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = {
    "article": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    "feed": "application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5",
    "api": "application/json,*/*;q=0.5",
    "robots": "text/plain,*/*;q=0.5",
}


class Site(Protocol):
    """What the client must know of a source; `pipelines.catalog.source.Source` is one."""

    @property
    def id(self) -> str: ...
    @property
    def min_delay_s(self) -> float: ...
    @property
    def allow_private(self) -> bool: ...
    def covers(self, url: str) -> bool:
        """Whether an address is the source's own."""
        ...


class Client:
    """Asks for pages, one after the other on each host; may be shared by threads. Made anew for every run."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        contact: str = "",
        resolve: Resolve | None = None,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
        keep: Callable[[Page], object] | None = None,
        recall: Callable[[str], Page | None] | None = None,
        verify: bool | str = True,
    ) -> None:
        """`keep` archives each robots.txt, `recall` gives the archived one; `verify` may name a CA bundle."""
        self._now, self._sleep, self._monotonic, self._chance = now, sleep, monotonic, chance
        self._limits = limits or Limits()
        self._transport = Transport(resolve, self._limits, verify=verify)
        self._lanes = Lanes(monotonic, sleep)
        self._keep, self._recall = keep, recall
        self._robots: dict[str, tuple[float, Robots]] = {}
        self.agent = f"{PRODUCT}/{version(PRODUCT)}" + (f" (+{contact})" if contact else "")
        self.requests = 0  # how many were sent, redirects and robots.txt included

    def get(self, url: str, source: Site, headers: Mapping[str, str] | None = None, kind: str = "article") -> Page:
        """The answer to a GET, whatever its status below 500; redirects are followed on the source's own hosts.

        Raises ForbiddenError (robots.txt, foreign host, private address, blocked), RetryLaterError (429, 503 with
        Retry-After), FetchError (`timeout`, `too_large`, `status_500` …).
        """
        for attempt in range(1, self._limits.attempts + 1):
            is_last = attempt == self._limits.attempts
            try:
                page = self._follow(url, source, dict(headers or {}), kind)
            except RetryLaterError as error:
                if is_last or error.retry_at - self._now() > timedelta(seconds=self._limits.patience_s):
                    raise
                self._wait_for(error, url)
                continue
            except FetchError as error:
                if is_last or error.code not in TRY_AGAIN_CODES or isinstance(error, ForbiddenError):
                    raise
            else:
                if page.status < 500:
                    return page
                if is_last or page.status not in TRY_AGAIN_STATUSES:
                    raise FetchError(f"status_{page.status}", url)
            self._sleep(grow_pause(attempt, self._limits, self._chance()))
        raise FetchError("unreachable", url)

    def now(self) -> datetime:
        """The instant that the run calls now."""
        return self._now()

    def robots(self, url: str, source: Site) -> Robots:
        """The rules of the address's host, at most a day old."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lanes.of(parts.hostname or "").lock:
            fetched_at, rules = self._robots.get(origin, (float("-inf"), None))
            if rules is None or self._monotonic() - fetched_at > self._limits.robots_age_s:
                rules = self._load_robots(f"{origin}/robots.txt", source)
                self._robots[origin] = (self._monotonic(), rules)
            return rules

    def _load_robots(self, url: str, source: Site) -> Robots:
        page = self._recall(url) if self._recall else None
        age = (self._now() - page.fetched_at).total_seconds() if page else float("inf")
        if page is None or not 0 <= age < self._limits.robots_age_s:
            try:
                page = self._follow(url, source, {}, "robots")
            except FetchError as error:
                if isinstance(error, RetryLaterError) or error.code == "private_address":
                    raise
                return forbid_all(f"robots.txt: {error}")
            if self._keep and page.status < 500:
                self._keep(page)
        return read_robots(page.status, page.body, self._limits.max_robots_bytes)

    def _follow(self, url: str, source: Site, headers: dict[str, str], kind: str) -> Page:
        asked, answer = url, None
        for _ in range(self._limits.redirects + 1):
            answer = self._exchange(asked, source, headers, kind)
            target = answer.header("location")
            if answer.status not in _REDIRECTS or not target:
                return self._make_page(url, source, kind, answer)
            asked = _join(asked, target)
        raise FetchError("too_many_redirects", f"{url}: more than {self._limits.redirects}")

    def _exchange(self, url: str, source: Site, headers: dict[str, str], kind: str) -> Answer:
        _check_target(url, source)
        host = urlsplit(url).hostname or ""
        self._check_lane(self._lanes.of(host), host)
        delay = source.min_delay_s
        if kind != "robots":
            delay = max(delay, self._check_robots(url, source))
        with self._lanes.turn(host, delay) as lane:
            self._check_lane(lane, host)
            self.requests += 1
            try:
                answer = self._transport.send(
                    url,
                    self._head(headers, kind),
                    allow_private=source.allow_private,
                    max_bytes=self._limits.max_bytes,
                )
            except FetchError as error:
                lane.failures += 1 if error.code in TRY_AGAIN_CODES else 0
                raise
            self._judge(answer, lane)
            return answer

    def _check_robots(self, url: str, source: Site) -> float:
        rules = self.robots(url, source)
        if not rules.allows(url):
            raise ForbiddenError("robots_unreachable" if rules.reason else "robots", rules.reason or url)
        return min(rules.crawl_delay, self._limits.max_crawl_delay_s)

    def _check_lane(self, lane: Lane, host: str) -> None:
        if lane.blocked:
            raise ForbiddenError("blocked", f"{host}: {lane.blocked}")
        if lane.retry_at and lane.retry_at > self._now():
            raise RetryLaterError("retry_later", f"{host} asked for rest until {lane.retry_at}", lane.retry_at)
        if lane.failures >= self._limits.strikes * self._limits.attempts:
            raise FetchError("host_down", f"{host}: {lane.failures} failures in a row")

    def _judge(self, answer: Answer, lane: Lane) -> None:
        """Learn from an answer how the host stands to us; raises RetryLaterError where it asks for rest."""
        if answer.header("cf-mitigated") == "challenge":
            lane.blocked = "the host shows a challenge to our client"
        wait = read_retry_after(answer.header("retry-after"), self._now())
        if answer.status == 429 or (answer.status == 503 and wait is not None):
            rest = wait if wait is not None else timedelta(seconds=self._limits.too_many_delay_s)
            lane.retry_at = self._now() + rest
            raise RetryLaterError(f"status_{answer.status}", f"{answer.url}: come back in {rest}", lane.retry_at)
        lane.failures = lane.failures + 1 if answer.status in TRY_AGAIN_STATUSES else 0

    def _wait_for(self, error: RetryLaterError, url: str) -> None:
        self._sleep(max(0.0, (error.retry_at - self._now()).total_seconds()))
        self._lanes.of(urlsplit(url).hostname or "").retry_at = None

    def _head(self, headers: dict[str, str], kind: str) -> dict[str, str]:
        return {
            "User-Agent": self.agent,
            "Accept": _ACCEPT.get(kind, "*/*"),
            "Accept-Language": "fr,en;q=0.3",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            **headers,
        }

    def _make_page(self, url: str, source: Site, kind: str, answer: Answer) -> Page:
        return Page(
            source_id=source.id,
            url=url,
            final_url=answer.url,
            fetched_at=self._now(),
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            sha256=sha256(answer.body).hexdigest(),
            request_headers=answer.request_headers,
            is_unchanged=answer.status == 304,
            kind=kind,
        )


def _join(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError as error:
        raise FetchError("bad_address", f"{url} leads to {target[:200]!r}") from error


def _check_target(url: str, source: Site) -> None:
    if url.partition(":")[0].lower() not in ("http", "https"):
        raise ForbiddenError("scheme", f"{url[:200]}: only http and https")
    if not source.covers(url):
        raise ForbiddenError("foreign_host", f"{url[:200]} is not on a host of {source.id}; declare it under mirrors")
