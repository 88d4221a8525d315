"""The declared news sites: one YAML a site under `sources/<cc>/<site>.yml`; the file's name is the source's id.

A user's own catalog folder may hold `sources/**/*.yml` too: a new name adds a site, a known one replaces the shipped
file's keys one by one.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipelines.catalog.language import read_yaml
from pipelines.errors import ConfigError

SHIPPED = Path(__file__).parent / "sources"
Day = date  # for models that have a key named date

Kind = Literal["press", "agency", "radio", "television", "army", "government", "un"]
FieldName = Literal["title", "body", "date"]
FIELDS: tuple[FieldName, ...] = get_args(FieldName)
WayName = Literal["feed", "paged_feed", "wordpress", "sitemap", "listing", "spip"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Way(_Strict):
    """One way in which a site names its articles. A way that needs no more than its name is written as the name."""

    by: WayName
    url: str | None = Field(None, description="where; {page} or {offset} is the page's number, {id} the article's")
    first: int = Field(1, description="the number of the first page")
    step: int = Field(1, ge=1, description="by how much the number grows from page to page")
    items: str | None = Field(None, description="CSS selector of one announcement on a listing page")
    links: str = Field("a[href]", description="CSS selector of the address inside an announcement")
    date: str | None = Field(None, description="CSS selector of the day inside an announcement")
    date_format: str | None = Field(None, description="how that day is written, for instance %d/%m/%Y")
    pattern: str | None = Field(None, description="regular expression that an article's address matches")
    max_pages: int = Field(200, ge=1, description="where to stop for safety")
    take_content: bool = Field(False, description="wordpress: take the texts from the interface, not page by page")

    @field_validator("pattern")
    @classmethod
    def _compile_pattern(cls, value: str | None) -> str | None:
        try:
            re.compile(value or "")
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        return value

    def matches(self, url: str) -> bool:
        """Whether an address looks like an article's, as far as the way's pattern tells."""
        return self.pattern is None or re.search(self.pattern, url) is not None


def _expand_way(value: Any) -> Any:
    return {"by": value} if isinstance(value, str) else value


Ways = tuple[Annotated[Way, BeforeValidator(_expand_way, json_schema_input_type=WayName | Way)], ...]


class Selectors(_Strict):
    """CSS selectors of a layout, needed only where generic extraction errs; `since` dates a change of layout."""

    since: Day = Day.min
    title: str | None = None
    body: str | None = None
    date: str | None = None
    date_format: str | None = None
    drop: tuple[str, ...] = ()


Share = Annotated[float, Field(ge=0, le=1)]


class Expected(_Strict):
    """What is usual for the site, so that `watch` notices what is not. Null where nobody has measured it."""

    articles_a_week: float | None = Field(default=None, ge=0, description="as `communiques watch --json` measures it")
    fill: dict[FieldName, Share | None] = Field(
        default={}, description="share of pages in which extraction finds the field"
    )


class Source(_Strict):
    """One news site, as its YAML declares it."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str
    country: str = Field(pattern="^[A-Z]{2}$", description="the outlet's seat, ISO 3166-1 alpha-2")
    language: str = Field("fr", pattern="^[a-z]{2}$")
    kind: Kind
    home: str
    feed: str | None = None
    mirrors: tuple[str, ...] = Field((), description="other hosts that carry the same pages")
    discover: Ways = Field(description="how news are noticed, every way is asked")
    history: Ways = Field((), description="how to go back in time, the first that works is taken")
    selectors: tuple[Selectors, ...] = ()
    timezone: str = "UTC"
    allow_private: bool = Field(False, description="may be reached at a loopback or private address")
    min_delay_s: float = Field(5.0, ge=0, description="seconds between two requests to one host")
    is_issuer: bool = Field(False, description="the site of the army or government that issues the communiqués")
    earliest: date | None = Field(None, description="no article is older")
    verified: date | None = Field(None, description="the day on which it was last seen to work live")
    terms: str | None = Field(None, description="where the site states its terms, or what they say")
    note: str | None = None
    expected: Expected = Expected()

    @field_validator("home", "feed")
    @classmethod
    def _check_address(cls, value: str | None) -> str | None:
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError("must be an address that begins with http:// or https://")
        return value

    @field_validator("timezone")
    @classmethod
    def _check_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (OSError, ValueError, KeyError) as error:
            raise ValueError("must be the name of a timezone, for instance Africa/Bamako") from error
        return value

    @model_validator(mode="after")
    def _check_ways(self) -> Source:
        for way in (*self.discover, *self.history):
            if way.by in ("listing", "spip") and not way.url:
                raise ValueError(f"the way {way.by!r} needs a url")
        if self.feed is None and any(way.by == "feed" and not way.url for way in self.discover):
            raise ValueError("the way 'feed' needs the key feed")
        return self

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The hosts that may be asked, without a leading `www.`."""
        declared = [
            self.home,
            *([self.feed] if self.feed else []),
            *(w.url for w in (*self.discover, *self.history) if w.url),
        ]
        hosts = [urlsplit(address).hostname or "" for address in declared] + list(self.mirrors)
        return frozenset(host.lower().removeprefix("www.") for host in hosts if host)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The outlet's own timezone, in which a day of publication counts."""
        return ZoneInfo(self.timezone)

    def covers(self, url: str) -> bool:
        """Whether an address lies on the site or a declared mirror, on a usual port.

        >>> load_sources()["lefaso"].covers("https://www.lefaso.net/spip.php?article116135")
        True
        >>> load_sources()["lefaso"].covers("https://facebook.com/lefaso")
        False
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        usual = port in (None, 80, 443) or port == urlsplit(self.home).port
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
        return parts.scheme in ("http", "https") and usual and parts.username is None and host in self.hosts

    def selectors_on(self, day: date | None) -> Selectors:
        """The selectors of the layout that a day's pages have (the newest layout if no day is known)."""
        fitting = [entry for entry in self.selectors if day is None or entry.since <= day]
        return max(fitting, key=lambda entry: entry.since, default=Selectors())


def load_sources(extra: Path | None = None, folder: Path = SHIPPED) -> dict[str, Source]:
    """All declared sources by id, in the order of their ids; ConfigError names the file and the key that are wrong.

    >>> load_sources()["lefaso"].country
    'BF'
    """
    found: dict[str, tuple[Path, dict[str, Any]]] = {}
    for file in _list_files(folder, extra):
        earlier = found.get(file.stem, (file, {}))[1]
        found[file.stem] = (file, {**earlier, **read_yaml(file)})
    return {name: _validate_source(file, name, keys) for name, (file, keys) in sorted(found.items())}


def _list_files(folder: Path, extra: Path | None) -> list[Path]:
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder of sources; name an existing one")
    files = _list_folder(folder)
    return files + (_list_folder(extra / "sources") if extra else [])


def _list_folder(folder: Path) -> list[Path]:
    files = sorted(folder.rglob("*.yml"))
    names = [file.stem for file in files]
    for file in files:
        if names.count(file.stem) > 1:
            raise ConfigError(f"{file}: another file of {folder} has the same name; the name is the id, rename one")
    return files


def _validate_source(file: Path, name: str, keys: dict[str, Any]) -> Source:
    if "id" in keys:
        raise ConfigError(f"{file}: id: leave it out, the file's name is the id")
    try:
        return Source.model_validate({**keys, "id": name})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "(top)"
        message = first["msg"].removeprefix("Value error, ")
        raise ConfigError(f"{file}: {key}: {message}") from error
