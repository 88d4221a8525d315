"""Pages out of templates; all French of the site's furniture stands in them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipelines.sample.article import SampleArticle, split_blocks
from pipelines.sample.exchange import Front
from pipelines.sample.outlets import Outlet, address_article


def render_page(template: str, front: Front, **values: Any) -> str:
    """A page of an outlet; the template sees the outlet, its newest articles and what is passed."""
    return (
        _environment()
        .get_template(template)
        .render(outlet=front.outlet, newest=front.articles[:4], faults=front.faults, **values)
    )


def render_body(front: Front, article: SampleArticle) -> str:
    """An article's text as the inner HTML that an editor stores."""
    return render_page("body.html.j2", front, article=article).strip()


def find_related(front: Front, article: SampleArticle) -> tuple[SampleArticle, ...]:
    """Two older articles that the page recommends, with dates of their own."""
    older = [a for a in front.articles if a.published < article.published]
    return tuple(older[:2])


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(blocks=split_blocks, jsonld=_write_jsonld)
    environment.globals.update(address=_address, path=address_article)
    return environment


def _address(outlet: Outlet, article: SampleArticle) -> str:
    return outlet.home + address_article(outlet, article)


def _write_jsonld(value: Any) -> Markup:
    return Markup(json.dumps(value, ensure_ascii=False).replace("</", "<\\/"))  # noqa: S704 own text, end tags broken up
