"""Web archives: where one is asked what it holds, and where it shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pipelines.web.client import Site


@dataclass(frozen=True, slots=True)
class WebArchive:
    """A web archive with a CDX server, as the client's `Site`; `id` is the source whose pages are asked for.

    >>> WAYBACK.address("20250720101500", "https://lefaso.net/spip.php?article1")
    'https://web.archive.org/web/20250720101500id_/https://lefaso.net/spip.php?article1'
    """

    cdx: str
    replay: str  # with {timestamp} and {url}; `id_` asks for the page as it was
    id: str = "webarchive"
    min_delay_s: float = 5.0
    allow_private: bool = False

    def for_source(self, source: Site) -> WebArchive:
        """The same archive, asked on behalf of a source and as gently as the source itself."""
        return replace(self, id=source.id, min_delay_s=max(self.min_delay_s, source.min_delay_s))

    def address(self, timestamp: str, url: str) -> str:
        """Where the archive shows its copy of a page."""
        return self.replay.replace("{timestamp}", timestamp).replace("{url}", url)

    def covers(self, url: str) -> bool:
        """Whether an address is the archive's own."""
        try:
            parts = urlsplit(url)
            place = (parts.hostname, parts.port)
        except ValueError:
            return False
        own = {(urlsplit(address).hostname, urlsplit(address).port) for address in (self.cdx, self.replay)}
        return parts.scheme in ("http", "https") and parts.username is None and place in own


WAYBACK = WebArchive(
    cdx="https://web.archive.org/cdx/search/cdx", replay="https://web.archive.org/web/{timestamp}id_/{url}"
)
