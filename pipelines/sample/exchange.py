"""One question to the sample site and one answer, without the network around them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pipelines.sample.article import SampleArticle
from pipelines.sample.outlets import Outlet

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: `path` without the query, `query` as pairs with blank values kept, header names in lower case."""

    host: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Headers = field(default_factory=dict)
    target: str = ""  # path and query as they came

    def value(self, key: str, default: str = "") -> str:
        """The last value of a query key."""
        return dict(self.query).get(key, default)

    def number(self, key: str, default: int) -> int:
        """A query key as a number, the default when it is none."""
        value = self.value(key)
        return int(value) if value.isdecimal() else default


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Front:
    """An outlet with what it shows at this moment of the site's clock, newest first."""

    outlet: Outlet
    articles: tuple[SampleArticle, ...]
    faults: frozenset[str] = frozenset()


def read_ask(host: str, target: str, headers: Headers) -> Ask:
    """A request from its Host header, its target and its headers.

    >>> read_ask("Exemple.example:8080", "/spip.php?article12", {}).query
    (('article12', ''),)
    """
    parts = urlsplit(target)
    name = host.rsplit(":", 1)[0].lower().removesuffix(".localhost")
    return Ask(name, parts.path, tuple(parse_qsl(parts.query, keep_blank_values=True)), headers, target)


def answer_html(html: str, *, status: int = 200, charset: str = "UTF-8", encoding: str = "utf-8") -> Answer:
    """A page whose header says `charset` and whose bytes are in `encoding`, which is not always the same."""
    return Answer(status, {"Content-Type": f"text/html; charset={charset}"}, html.encode(encoding, "xmlcharrefreplace"))


def answer_xml(xml: str, *, content_type: str = "application/xml; charset=UTF-8") -> Answer:
    """A feed or a sitemap."""
    return Answer(200, {"Content-Type": content_type}, xml.encode())


def answer_json(value: Any, *, status: int = 200, headers: Headers | None = None) -> Answer:
    """What a REST interface says."""
    given = {"Content-Type": "application/json; charset=UTF-8", **(headers or {})}
    return Answer(status, given, json.dumps(value, ensure_ascii=True).encode())


def answer_text(text: str, *, status: int = 200) -> Answer:
    """Plain text, such as robots.txt."""
    return Answer(status, {"Content-Type": "text/plain; charset=utf-8"}, text.encode())


def redirect_to(address: str) -> Answer:
    """The permanent new address of something."""
    return Answer(301, {"Location": address, "Content-Type": "text/html; charset=UTF-8"}, b"")


def add_headers(answer: Answer, headers: Headers) -> Answer:
    """The answer with more headers."""
    return replace(answer, headers={**answer.headers, **headers})


def tag_answer(answer: Answer, *, is_weak: bool = False) -> Answer:
    """The answer with an ETag of its body."""
    tag = f'"{sha256(answer.body).hexdigest()[:20]}"'
    return add_headers(answer, {"ETag": f"W/{tag}" if is_weak else tag})


def date_answer(answer: Answer, modified: datetime) -> Answer:
    """The answer with a Last-Modified of that instant (UTC)."""
    return add_headers(answer, {"Last-Modified": format_datetime(modified, usegmt=True)})


def spare_body(ask: Ask, answer: Answer) -> Answer:
    """A 304 instead of the answer, when the asker holds it already: If-None-Match first, else If-Modified-Since."""
    held, dated = ask.headers.get("if-none-match"), ask.headers.get("if-modified-since")
    tag, modified = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
    is_held = tag in held.split(", ") if held else bool(dated) and dated == modified
    if answer.status != 200 or not is_held:
        return answer
    kept = {name: value for name, value in answer.headers.items() if name in ("ETag", "Last-Modified")}
    return Answer(304, kept, b"")
