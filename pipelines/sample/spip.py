"""The SPIP outlet: `spip.php?articleN`, sections with `debut_articles`, and a charset that is declared wrongly."""

from __future__ import annotations

from datetime import UTC, datetime

from pipelines.sample.article import SampleArticle
from pipelines.sample.exchange import Answer, Ask, Front, answer_html, answer_xml, date_answer
from pipelines.sample.rendering import find_related, render_page

# The outlet once moved from one charset to another: its header and meta tag are wrong before and after, each its way.
MOVE = datetime(2026, 1, 1, tzinfo=UTC)


def answer_spip(ask: Ask, front: Front) -> Answer | None:
    """What the SPIP outlet says, None for an address that it does not know."""
    if ask.path in ("/", "/spip.php") and not ask.query:
        return _render_section(ask, front)
    if ask.path != "/spip.php":
        return None
    if ask.value("page") == "backend":
        return _render_feed(front)
    if any(key.startswith("rubrique") for key, _ in ask.query):
        return _render_section(ask, front)
    found = [a for a in front.articles if any(key == f"article{a.number}" for key, _ in ask.query)]
    return _render_article(front, found[0]) if found else None


def _render_feed(front: Front) -> Answer:
    shown = () if "empty_feed" in front.faults else front.articles[: front.outlet.feed_items]
    feed = answer_xml(
        render_page("spip_backend.xml.j2", front, articles=shown), content_type="text/xml; charset=iso-8859-1"
    )
    return date_answer(feed, max((a.modified for a in front.articles), default=MOVE))


def _render_section(ask: Ask, front: Front) -> Answer:
    size = front.outlet.page_items
    start = ask.number("debut_articles", 0)
    html = render_page(
        "spip_section.html.j2",
        front,
        articles=front.articles[start : start + size],
        start=start,
        size=size,
        starts=range(0, len(front.articles), size),
    )
    return answer_html(html, charset="iso-8859-1")


def _render_article(front: Front, article: SampleArticle) -> Answer:
    is_old = article.published < MOVE
    charset, encoding = ("utf-8", "cp1252") if is_old else ("iso-8859-1", "utf-8")
    html = render_page(
        "spip_article.html.j2", front, article=article, charset=charset, related=find_related(front, article)
    )
    return date_answer(answer_html(html, charset=charset, encoding=encoding), article.modified)
