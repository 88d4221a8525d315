"""The hand-made outlet: no feed, no sitemap, no metadata; listing pages with numbers, and articles under /posts/."""

from __future__ import annotations

from pipelines.sample.article import SampleArticle
from pipelines.sample.exchange import Answer, Ask, Front, answer_html, tag_answer
from pipelines.sample.outlets import address_article
from pipelines.sample.rendering import find_related, render_page


def answer_handmade(ask: Ask, front: Front) -> Answer | None:
    """What the hand-made outlet says, None for an address that it does not know."""
    if ask.path in ("/", "/actualites"):
        return _render_listing(ask.number("page", 1), front)
    found = [a for a in front.articles if address_article(front.outlet, a) == ask.path]
    return _render_article(front, found[0]) if found else None


def _render_listing(page: int, front: Front) -> Answer:
    size = front.outlet.page_items
    pages = -(-len(front.articles) // size)
    shown = front.articles[(page - 1) * size : page * size]
    html = render_page("handmade_listing.html.j2", front, articles=shown, page=page, pages=pages)
    return tag_answer(answer_html(html))


def _render_article(front: Front, article: SampleArticle) -> Answer:
    html = render_page("handmade_article.html.j2", front, article=article, related=find_related(front, article))
    return tag_answer(answer_html(html))
