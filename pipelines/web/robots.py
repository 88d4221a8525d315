"""robots.txt as RFC 9309 has it: 4xx allows everything, 5xx and silence forbid everything, a copy lives a day."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from protego import Protego

_FIELDS = frozenset({"user-agent", "allow", "disallow", "crawl-delay", "sitemap"})
PRODUCT = "communiques"  # the token that robots.txt files may address


class Robots:
    """The rules of one host for our product token."""

    def __init__(self, text: str, *, forbids_all: bool = False, reason: str = "") -> None:
        self._rules = None if forbids_all else Protego.parse(text)
        self.reason = reason

    def allows(self, url: str) -> bool:
        """Whether the address may be asked for; robots.txt itself always may.

        >>> Robots("User-agent: *\\nDisallow: /ecrire/").allows("https://lefaso.net/ecrire/x")
        False
        """
        if urlsplit(url).path == "/robots.txt":
            return True
        spelled = quote(url, safe="%/:@!$&'()*+,;=~-._?#[]")
        return self._rules is not None and bool(self._rules.can_fetch(spelled, PRODUCT))

    @property
    def crawl_delay(self) -> float:
        """Seconds that the host asks to leave between two requests, 0 if it does not say."""
        try:
            return max(0.0, float(self._rules.crawl_delay(PRODUCT) or 0)) if self._rules else 0.0
        except (TypeError, ValueError):
            return 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that the file names."""
        return tuple(self._rules.sitemaps) if self._rules else ()


def read_robots(status: int, body: bytes, limit: int = 512_000) -> Robots:
    """The rules in an answer to /robots.txt.

    >>> read_robots(404, b"").allows("https://lefaso.net/"), read_robots(503, b"").allows("https://lefaso.net/")
    (True, False)
    """
    if 200 <= status < 300:
        return Robots(_tidy(body[:limit]))
    if 400 <= status < 500 and status != 429:
        return Robots("")
    return forbid_all(f"robots.txt answered {status}")


def list_rules(status: int, body: bytes) -> tuple[str, ...]:
    """The lines of a robots.txt that mean something, in one spelling: what two copies differ in has changed.

    >>> list_rules(200, b"# of today\\r\\nUser-Agent : *\\nDisallow:/ecrire/ # no\\n"), list_rules(404, b"no such page")
    (('user-agent: *', 'disallow: /ecrire/'), ())
    """
    if not 200 <= status < 300:
        return ()
    lines = (line.partition("#")[0].partition(":") for line in _tidy(body).split("\n"))
    told = ((name.strip().lower(), value.strip()) for name, _, value in lines)
    return tuple(f"{name}: {value}" for name, value in told if name in _FIELDS)


def forbid_all(reason: str) -> Robots:
    """The rules of a host whose robots.txt cannot be had."""
    return Robots("", forbids_all=True, reason=reason)


def _tidy(body: bytes) -> str:
    text = body.decode("utf-8-sig", "replace").replace("\x00", "")
    return text.replace("\r\n", "\n").replace("\r", "\n")
