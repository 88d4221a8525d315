"""Addresses: one spelling for one page, and the id that an article takes from it."""

from __future__ import annotations

import re
from hashlib import sha256
from posixpath import normpath
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

# Parameters that say where a reader came from, not which page is meant.
_TRACKERS = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|twclid|ttclid|mc_[ce]id|_ga|_gl|amp|"
    r"at_(?:medium|campaign|link\w*|creation|ptr_\w+|format|variant|send_date|recipient\w*)|xtor|ref_src|__cf_chl_\w+|cf_chl_\w+)$"
)
_SAFE_PATH = "/:@!$&'()*+,;=~-._"
_PORTS = {"http": 80, "https": 443}


def canonicalise_url(url: str, base: str = "") -> str:
    """The one spelling of a page's address: no tracker, no fragment, no default port; parameters without a value stay.

    Raises ValueError for what is no web address.

    >>> canonicalise_url("HTTPS://LeFaso.net:443/spip.php?article116135&utm_source=x#forum")
    'https://lefaso.net/spip.php?article116135'
    >>> canonicalise_url("../2026/03/communiqué/", base="https://site.example/a/b/")
    'https://site.example/a/2026/03/communiqu%C3%A9/'
    """
    parts = urlsplit(urljoin(base, re.sub(r"[\t\r\n\x00]", "", url).strip()))
    if parts.scheme.lower() not in _PORTS or not parts.hostname:
        raise ValueError(f"not a web address: {url[:200]!r}")
    scheme = parts.scheme.lower()
    host = _spell_host(scheme, parts.hostname, parts.port)
    return urlunsplit((scheme, host, _spell_path(parts.path), _spell_query(parts.query), ""))


def identify_article(url: str) -> str:
    """The id of the article at an address: 16 hexadecimal digits, the same under http and https, with and without www.

    >>> identify_article("http://www.lefaso.net/spip.php?article1") == identify_article("https://lefaso.net/spip.php?article1")
    True
    """
    parts = urlsplit(canonicalise_url(url))
    key = parts.netloc.removeprefix("www.") + parts.path + (f"?{parts.query}" if parts.query else "")
    return sha256(key.encode()).hexdigest()[:16]


def _spell_host(scheme: str, host: str, port: int | None) -> str:
    ascii_host = host.rstrip(".").lower().encode("idna").decode() if not host.isascii() else host.rstrip(".").lower()
    ascii_host = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    return ascii_host if port in (None, _PORTS[scheme]) else f"{ascii_host}:{port}"


def _spell_path(path: str) -> str:
    tidy = normpath(path) if path else "/"
    tidy = re.sub("^/+", "/", tidy if tidy != "." else "/")
    tidy += "/" if path.endswith("/") and not tidy.endswith("/") else ""
    return quote(tidy, safe=_SAFE_PATH + "%") if "%" not in tidy else _spell_escapes(tidy)


def _spell_escapes(path: str) -> str:
    """Escapes in one spelling; an escaped slash or percent sign stays escaped, for it is no separator."""
    parts = re.split(r"(%(?:2[Ff]|25|3[Ff]|23))", path)
    return "".join(part.upper() if n % 2 else _spell_part(part) for n, part in enumerate(parts))


def _spell_part(part: str) -> str:
    return quote(unquote(part, errors="surrogateescape"), safe=_SAFE_PATH, errors="surrogateescape")


def _spell_query(query: str) -> str:
    kept = [part for part in query.split("&") if part and not _TRACKERS.match(part.split("=", 1)[0])]
    return quote("&".join(kept), safe=_SAFE_PATH + "%?[]|")
