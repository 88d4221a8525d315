"""The outlets of the sample site: their names, kinds and house rules, from outlets.yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

import yaml

from pipelines.sample.article import SampleArticle, read_articles

Kind = Literal["wordpress", "spip", "handmade"]


@dataclass(frozen=True, slots=True)
class Outlet:
    """One virtual host of the sample site."""

    outlet_id: str
    host: str
    kind: Kind
    name: str
    tagline: str
    robots: str
    feed_items: int
    page_items: int
    has_rest: bool = False

    @property
    def home(self) -> str:
        return f"http://{self.host}"


@cache
def read_outlets() -> tuple[Outlet, ...]:
    """Every outlet that outlets.yml declares."""
    declared = yaml.safe_load((Path(__file__).parent / "outlets.yml").read_text("utf-8"))
    return tuple(Outlet(outlet_id, **fields) for outlet_id, fields in declared.items())


def address_article(outlet: Outlet, article: SampleArticle) -> str:
    """The path of an article on its outlet, in the manner of the outlet's software."""
    if outlet.kind == "wordpress":
        return f"/{article.published:%Y/%m/%d}/{article.slug}/"
    if outlet.kind == "spip":
        return f"/spip.php?article{article.number}"
    return f"/posts/{article.slug}-{sha256(article.name.encode()).hexdigest()[:8]}"


def list_addresses(now: datetime) -> dict[str, SampleArticle]:
    """Every article that is out at `now` by its full address, newest first."""
    outlets = {outlet.outlet_id: outlet for outlet in read_outlets()}
    told = ((outlets[article.outlet], article) for article in read_articles(now))
    return {outlet.home + address_article(outlet, article): article for outlet, article in told}
