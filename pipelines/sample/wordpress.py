"""The WordPress outlets: permalinks, paged feed, sitemap, and the REST interface where the outlet leaves it open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from pipelines.sample.article import SampleArticle
from pipelines.sample.exchange import (
    Answer,
    Ask,
    Front,
    answer_html,
    answer_json,
    answer_xml,
    date_answer,
    redirect_to,
    tag_answer,
)
from pipelines.sample.outlets import address_article
from pipelines.sample.rendering import find_related, render_body, render_page

REST_PATH = "/wp-json/wp/v2/posts"
SITEMAP_PATH = "/wp-sitemap-posts-post-1.xml"


def answer_wordpress(ask: Ask, front: Front) -> Answer | None:
    """What a WordPress outlet says, None for an address that it does not know."""
    if ask.path == REST_PATH or ask.value("rest_route") == REST_PATH.removeprefix("/wp-json"):
        return _answer_rest(ask, front)
    if ask.value("p"):
        return _answer_short_link(ask, front)
    match ask.path:
        case "/":
            return _answer_home(ask, front)
        case "/feed/":
            return _answer_feed(ask, front)
        case "/wp-sitemap.xml":
            maps = [front.outlet.home + SITEMAP_PATH]
            return tag_answer(answer_xml(render_page("sitemap_index.xml.j2", front, maps=maps)))
        case _ if ask.path == SITEMAP_PATH:
            return tag_answer(answer_xml(render_page("sitemap.xml.j2", front, articles=front.articles)))
    return _answer_article(ask, front)


def _answer_home(ask: Ask, front: Front) -> Answer:
    page = ask.number("paged", 1)
    shown = _slice_page(front.articles, page, front.outlet.page_items)
    return answer_html(render_page("wordpress_home.html.j2", front, articles=shown, page=page))


def _answer_feed(ask: Ask, front: Front) -> Answer | None:
    page = ask.number("paged", 1)
    shown = _slice_page(front.articles, page, front.outlet.feed_items)
    if page > 1 and not shown:
        return None
    shown = () if "empty_feed" in front.faults else shown
    feed = answer_xml(
        render_page("rss.xml.j2", front, articles=shown), content_type="application/rss+xml; charset=UTF-8"
    )
    return tag_answer(feed, is_weak=True)


def _answer_article(ask: Ask, front: Front) -> Answer | None:
    for article in front.articles:
        address = address_article(front.outlet, article)
        if ask.path == address:
            return _render_article(front, article)
        if ask.path == address.rstrip("/"):
            return redirect_to(front.outlet.home + address)
    return None


def _answer_short_link(ask: Ask, front: Front) -> Answer | None:
    found = [a for a in front.articles if str(a.number) == ask.value("p")]
    return redirect_to(front.outlet.home + address_article(front.outlet, found[0])) if found else None


def _render_article(front: Front, article: SampleArticle) -> Answer:
    html = render_page("wordpress_article.html.j2", front, article=article, related=find_related(front, article))
    return date_answer(tag_answer(answer_html(html), is_weak=True), article.modified)


def _answer_rest(ask: Ask, front: Front) -> Answer:
    if not front.outlet.has_rest:
        return _refuse_rest(401, "rest_not_logged_in", "REST API restricted to authenticated users.")
    page, per_page = ask.number("page", 1), ask.number("per_page", 10)
    if not 1 <= per_page <= 100:
        return _refuse_rest(400, "rest_invalid_param", "Invalid parameter(s): per_page")
    try:
        found = _select_posts(ask, front)
    except ValueError:
        return _refuse_rest(400, "rest_invalid_param", "Invalid parameter(s): after, before")
    pages = -(-len(found) // per_page)
    if page > max(pages, 1):
        return _refuse_rest(400, "rest_post_invalid_page_number", "The page number requested is larger than available.")
    posts = [_pick_fields(_describe_post(front, a), ask.value("_fields")) for a in _slice_page(found, page, per_page)]
    return answer_json(posts, headers={"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)})


def _refuse_rest(status: int, code: str, message: str) -> Answer:
    return answer_json({"code": code, "message": message, "data": {"status": status}}, status=status)


def _select_posts(ask: Ask, front: Front) -> list[SampleArticle]:
    """The posts strictly between `after` and `before`, in the order asked for; ValueError for an unreadable date."""
    after, before = _read_bound(ask.value("after"), datetime.min), _read_bound(ask.value("before"), datetime.max)
    changed = _read_bound(ask.value("modified_after"), datetime.min)
    found = [a for a in front.articles if after < a.published < before and a.modified > changed]
    key = "modified" if ask.value("orderby") == "modified" else "published"
    return sorted(found, key=lambda a: (getattr(a, key), a.number), reverse=ask.value("order", "desc") == "desc")


def _read_bound(value: str, default: datetime) -> datetime:
    bound = datetime.fromisoformat(value) if value else default
    return bound if bound.tzinfo else bound.replace(tzinfo=UTC)


def _slice_page(articles: Sequence[SampleArticle], page: int, size: int) -> tuple[SampleArticle, ...]:
    return tuple(articles[(page - 1) * size : page * size])


def _describe_post(front: Front, article: SampleArticle) -> dict[str, Any]:
    body = render_body(front, article)
    dates = {"date": article.published, "date_gmt": article.published}
    dates |= {"modified": article.modified, "modified_gmt": article.modified}
    return {
        "id": article.number,
        **{name: f"{instant:%Y-%m-%dT%H:%M:%S}" for name, instant in dates.items()},
        "guid": {"rendered": f"{front.outlet.home}/?p={article.number}"},
        "slug": article.slug,
        "status": "publish",
        "type": "post",
        "link": front.outlet.home + address_article(front.outlet, article),
        "title": {"rendered": escape(article.title, quote=False).replace("’", "&rsquo;")},
        "content": {"rendered": body, "protected": False},
        "excerpt": {"rendered": body.split("</p>")[0] + "</p>", "protected": False},
    }


def _pick_fields(post: dict[str, Any], fields: str) -> dict[str, Any]:
    wanted = {field.split(".")[0] for field in fields.split(",") if field}
    return {name: value for name, value in post.items() if name in wanted} if wanted else post
