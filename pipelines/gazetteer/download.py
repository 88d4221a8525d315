"""Fetching a country's dump from GeoNames, for those who are online."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipelines.catalog.country import Atlas
from pipelines.errors import FetchError, UsageError
from pipelines.gazetteer.dump import Imported, import_dump
from pipelines.models import Page

ADDRESS = "https://download.geonames.org/export/dump/"
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class GeoNamesSite:
    """The one address that a download may touch, in the terms of the polite client."""

    address: str = ADDRESS
    allow_private: bool = False
    id: str = "geonames"
    min_delay_s: float = 1.0

    def covers(self, url: str) -> bool:
        """Whether the address lies under the configured one, or is its host's robots.txt."""
        host = "/".join(self.address.split("/")[:3])
        return url.startswith(self.address) or url == f"{host}/robots.txt"


class Getter(Protocol):
    """What is needed of `pipelines.web.Client`."""

    def get(self, url: str, source: GeoNamesSite) -> Page:
        """Fetch one address of the site."""
        ...


def download_country(
    country: str, client: Getter, data_folder: Path, *, site: GeoNamesSite | None = None, atlas: Atlas | None = None
) -> list[Imported]:
    """Fetch `<CC>.zip` from GeoNames and import it; the zip is kept beside the import as it came.

    Raises UsageError for what is no country code, FetchError if the site gives no zip.
    """
    code = country.upper()
    if not _COUNTRY.fullmatch(code):
        raise UsageError(f"{country!r} is no country code; write two letters, as in ML")
    site = site or GeoNamesSite()
    page = client.get(f"{site.address}{code}.zip", site)
    if page.status != 200 or not page.body.startswith(b"PK"):
        raise FetchError(
            f"status_{page.status}" if page.status != 200 else "no_zip", f"{page.url} gave no GeoNames zip"
        )
    folder = data_folder / "gazetteer"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{code}.zip"
    path.write_bytes(page.body)
    return import_dump(path, data_folder, atlas=atlas)
