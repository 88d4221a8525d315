"""Modelled pages, one per kind of site and one per way of being no article."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from pipelines.catalog.source import Source
from pipelines.errors import ExtractError
from pipelines.extract import extract_article
from pipelines.models import Link, Page

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOME = "https://site.example/"
URL = "https://site.example/2026/04/20/nouna/"
TITLE = "Kossi : une embuscade déjouée près de Nouna"
PARAGRAPHS = [
    "Une unité du détachement de Nouna a déjoué une embuscade dimanche matin à la sortie de la ville, sur la route "
    "de Djibasso, a annoncé l'état-major général des armées dans un communiqué publié lundi.",
    "Selon le texte, dix-sept assaillants ont été neutralisés et une vingtaine de motos ont été saisies. Deux "
    "militaires ont été blessés et évacués vers Ouagadougou par un hélicoptère de l'armée de l'air.",
    "L'état-major invite la population à signaler tout mouvement suspect aux forces de défense et de sécurité et "
    "assure que les opérations se poursuivent dans toute la région jusqu'à nouvel ordre.",
]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def make_source(**keys) -> Source:
    given = {"id": "site", "name": "Le Site", "country": "BF", "kind": "press", "home": HOME, "discover": ["sitemap"]}
    return Source.model_validate(given | {"timezone": "Africa/Ouagadougou"} | keys)


def make_page(
    html: str | bytes, *, url: str = URL, content_type: str = "text/html; charset=utf-8", status: int = 200
) -> Page:
    body = html.encode() if isinstance(html, str) else html
    return Page("site", url, url, NOW, status, (("Content-Type", content_type),), body, sha256(body).hexdigest())


def render(main: str = TEXT, *, head: str = "", title: str = TITLE) -> str:
    menu = "".join(f'<li><a href="/{n}">Rubrique {n}</a></li>' for n in range(8))
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title} - Le Site</title>'
        f'<meta property="og:site_name" content="Le Site">{head}</head><body><nav><ul>{menu}</ul></nav>'
        f"<article><h1>{title}</h1>{main}</article><footer>Tous droits réservés, Le Site</footer></body></html>"
    )


def ld(**keys) -> str:
    data = {
        "@context": "https://schema.org",
        "@graph": [{"@type": "WebPage", "name": "x"}, {"@type": "NewsArticle", **keys}],
    }
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


OG_DATE = '<meta property="article:published_time" content="2026-04-20T08:30:00+00:00">'


def extract(html: str | bytes, source: Source | None = None, link: Link | None = None, **keys):
    return extract_article(make_page(html, **keys), None, source or make_source(), link)


def test_a_plain_article() -> None:
    article = extract(render(head=OG_DATE))
    assert article.title == TITLE
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert article.published_at == datetime(2026, 4, 20, 8, 30, tzinfo=UTC)
    assert article.published_date == date(2026, 4, 20)
    assert article.url == URL
    assert (article.outlet, article.outlet_country, article.language) == ("Le Site", "BF", "fr")


def test_json_ld_is_believed_first() -> None:
    head = OG_DATE + ld(headline="Un autre titre, le bon", datePublished="2026-04-19T22:00:00Z")
    article = extract(render(head=head))
    assert (article.title, article.published_date) == ("Un autre titre, le bon", date(2026, 4, 19))


@pytest.mark.parametrize(
    "block",
    ["{", '{"@type": "NewsArticle"', "null", "[]", '"x"', "[" * 100_000,
     '{"@type": ["NewsArticle"], "headline": 3, "datePublished": {}}', '{"@graph": [[[[[[[[[{}]]]]]]]]]}'],
)  # fmt: skip
def test_broken_json_ld_is_passed_over(block: str) -> None:
    head = f'{OG_DATE}<script type="application/ld+json">{block}</script>'
    assert extract(render(head=head)).title == TITLE


@pytest.mark.parametrize(
    ("written", "zone", "day"),
    [
        ("2026-04-20T23:30:00+00:00", "Africa/Niamey", date(2026, 4, 21)),
        ("2026-04-20T23:30:00+00:00", "Africa/Bamako", date(2026, 4, 20)),
        ("2026-04-20T23:30:00", "Africa/Niamey", date(2026, 4, 20)),
        ("2026-04-20", "Africa/Niamey", date(2026, 4, 20)),
        ("2026-04-20 23:30:00 +0000", "Africa/Niamey", date(2026, 4, 21)),
    ],
)
def test_the_day_is_the_outlets_own(written: str, zone: str, day: date) -> None:
    head = f'<meta property="article:published_time" content="{written}">'
    assert extract(render(head=head), make_source(timezone=zone)).published_date == day


@pytest.mark.parametrize(
    "written", ["0025-04-20", "9999-12-31T23:59:59", "2026-07-01", "demain", "", "20260420" * 9, "1970-01-01"]
)
def test_impossible_dates_are_no_dates(written: str) -> None:
    head = f'<meta property="article:published_time" content="{written}">'
    with pytest.raises(ExtractError) as caught:
        extract(render(head=head), url="https://site.example/nouna")
    assert caught.value.code == "no_date"


def test_the_announcement_fills_in_the_day() -> None:
    link = Link("site", URL, datetime(2026, 4, 20, 7, tzinfo=UTC), "Titre du flux")
    assert extract(render(), link=link).published_at == link.published_hint


def test_htmldate_finds_a_day_in_the_markup() -> None:
    main = f'<div class="infos">Mis en ligne le <span class="date">20/04/2026</span></div>{TEXT}'
    assert extract(render(main), url="https://site.example/nouna").published_date == date(2026, 4, 20)


def test_days_of_other_articles_are_not_taken() -> None:
    main = TEXT + "<p>Lire aussi : notre dossier du 3 mars 2024 sur la Kossi.</p>"
    with pytest.raises(ExtractError, match="no_date"):
        extract(render(main), url="https://site.example/nouna")


def test_selectors_where_generic_extraction_errs() -> None:
    body = f'<div class="corps">{TEXT}<div class="pub">Achetez</div></div>'
    main = f'<div class="quand">20.04.2026</div>{body}<p>{"Pied " * 40}</p>'
    selectors = {"body": ".corps", "date": ".quand", "date_format": "%d.%m.%Y", "drop": [".pub"], "title": "h1"}
    article = extract(render(main), make_source(selectors=[selectors]))
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert article.published_date == date(2026, 4, 20)


def test_a_change_of_layout_is_dated() -> None:
    source = make_source(selectors=[{"body": ".vieux"}, {"since": "2026-01-01", "body": ".neuf"}])
    html = render(f'<div class="vieux"><p>{"Vieux texte. " * 20}</p></div><div class="neuf">{TEXT}</div>', head=OG_DATE)
    new = extract(html, source, Link("site", URL, datetime(2026, 4, 20, tzinfo=UTC)))
    old = extract(html, source, Link("site", URL, datetime(2025, 4, 20, tzinfo=UTC)))
    assert new.body.startswith("Une unité")
    assert old.body.startswith("Vieux texte")


def test_furniture_and_repetitions_are_left_out() -> None:
    other = "<p>À lire aussi : Tapoa, une attaque fait dix morts</p>"
    doubled = f"<p>{PARAGRAPHS[0]}</p>{other}{TEXT}<p>Partager</p>"
    assert extract(render(doubled, head=OG_DATE)).body == "\n\n".join(PARAGRAPHS)


def test_a_feeds_own_text_helps_out() -> None:
    link = Link("site", URL, content_html=TEXT)
    article = extract(render('<div id="app"></div>', head=OG_DATE), link=link)
    assert article.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://www.site.example/nouna", "https://www.site.example/nouna"),
        ("/nouna?utm_source=x", "https://site.example/nouna"),
        ("https://site.example/", URL),
        ("https://autre.example/nouna", URL),
        ("http://[", URL),
        ("", URL),
    ],
)
def test_canonical_address(canonical: str, url: str) -> None:
    assert extract(render(head=f'{OG_DATE}<link rel="canonical" href="{canonical}">')).url == url


def test_a_changed_text_is_a_new_version_of_the_same_article() -> None:
    first = extract(render(head=OG_DATE))
    second = extract(render(TEXT.replace("dix-sept", "dix-neuf"), head=OG_DATE))
    same = extract(render(head=OG_DATE + "<!-- un autre pied de page -->"))
    assert first.article_id == second.article_id
    assert first.content_sha256 != second.content_sha256
    assert first.content_sha256 == same.content_sha256


IMAGE = '<img src="/communique-042.jpg" alt="">'
STAFF = "Communiqué n° 042 de l'état-major"
NO_DATABASE = "<html><title>Error</title><body><h1>Error establishing a database connection</h1>"
CHALLENGE = "<html><head><title>Just a moment...</title></head><body>Enable JavaScript</body></html>"
FRAME = '<iframe src="https://facebook.example/x"></iframe>'
COOKIES = "<p>Nous utilisons des cookies. Accepter les cookies pour continuer.</p>"
TEASER = f"<p>{PARAGRAPHS[0]}</p><p>La suite est réservée : article réservé aux abonnés.</p>"


def dated(main: str, title: str = TITLE, head: str = "") -> str:
    return render(main, title=title, head=OG_DATE + head)


NO_ARTICLES = {
    "soft 404": ("soft_404", render("<p>Revenez à l'accueil.</p>", title="Page introuvable")),
    "soft 404 in the text": ("soft_404", dated("<p>Désolé, cette page n'existe plus sur notre site.</p>")),
    "maintenance": ("maintenance", render("<p>Revenez plus tard.</p>", title="Site en maintenance")),
    "database down": ("maintenance", NO_DATABASE),
    "challenge": ("challenge", CHALLENGE),
    "consent wall": ("consent_wall", dated(COOKIES)),
    "teaser": ("teaser_only", dated(TEASER)),
    "teaser by JSON-LD": ("teaser_only", dated(f"<p>{PARAGRAPHS[0]}</p>", head=ld(isAccessibleForFree=False))),
    "communiqué as an image": ("communique_not_text", dated(IMAGE, STAFF)),
    "communiqué as an embed": ("communique_not_text", dated(FRAME, STAFF.upper())),
    "communiqué behind a link": ("communique_not_text", dated('<a href="/c.pdf">ici</a>', STAFF)),
    "picture of something else": ("empty", dated(IMAGE, "La photo du jour à Ouagadougou")),
    "nothing": ("empty", ""),
    "only NULs": ("empty", "\x00" * 50),
    "too short": ("too_short", dated("<p>Plus de détails à suivre dans la journée.</p>")),
    "no date": ("no_date", render()),
    "no title": ("no_title", f"<html><body>{TEXT}</body></html>"),
}


@pytest.mark.parametrize("case", NO_ARTICLES)
def test_what_is_no_article(case: str) -> None:
    code, html = NO_ARTICLES[case]
    with pytest.raises(ExtractError) as caught:
        extract(html, url="https://site.example/nouna")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("body", "content_type", "url", "code"),
    [
        (b"%PDF-1.7", "application/pdf", "https://site.example/communique-042.pdf", "communique_not_text"),
        (b"%PDF-1.7", "text/html", "https://site.example/rapport.pdf", "not_html"),
        (b"\xff\xd8\xff", "image/jpeg", "https://site.example/a.jpg", "not_html"),
    ],
)
def test_what_is_no_page(body: bytes, content_type: str, url: str, code: str) -> None:
    with pytest.raises(ExtractError) as caught:
        extract(body, url=url, content_type=content_type)
    assert caught.value.code == code


HOSTILE = {
    "a thousand levels": "<div>" * 5000 + TEXT + "</div>" * 5000,
    "nothing closed": "<p><b><i><div><span>" * 2000 + PARAGRAPHS[0],
    "a wide table": "<table>" + "<tr><td>x</td></tr>" * 20_000 + "</table>" + TEXT,
    "many links": "".join(f'<a href="/{n}">lien {n}</a> ' for n in range(20_000)) + TEXT,
    "long words": "x" * 1_000_000 + TEXT,
    "NULs and controls": TEXT.replace(" ", " \x00\x01\x08\x0b", 20),
    "surrogates": TEXT + "&#xD800;&#xDFFF;&#x110000;&#0;",
    "entities": "&amp;" * 100_000 + TEXT,
    "bad comments": "<!-- " * 1000 + TEXT,
    "attributes": f"<p {'a=b ' * 50_000}>{TEXT}",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_markup_ends_in_time(case: str) -> None:
    started = time.process_time()
    with suppress(ExtractError):
        extract(render(HOSTILE[case], head=OG_DATE))
    assert time.process_time() - started < 30


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
def test_a_wrong_charset_does_not_show(charset: str) -> None:
    html = render(head=OG_DATE).replace("'", "’")
    article = extract(html.encode(charset), content_type="text/html; charset=iso-8859-1")
    assert "neutralisés" in article.body
    assert "l’armée" in article.body


YOAST = {
    "@graph": [{"@type": "Article", "author": {"@id": "#p"}}, {"@type": "Person", "@id": "#p", "name": "A. Modèle"}]
}


def write_ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize(
    ("head", "main", "author"),
    [
        (ld(author={"@type": "Person", "name": "A. Modèle"}), "", "A. Modèle"),
        (ld(author=[{"name": "A. Modèle"}, "B. Modèle", {"name": "a. modèle"}]), "", "A. Modèle; B. Modèle"),
        (write_ld(YOAST), "", "A. Modèle"),
        (ld(author={"@type": "Organization", "name": "Le Site"}), "", ""),
        (ld(author=7) + '<meta name="author" content="Par A. Modèle">', "", "A. Modèle"),
        ('<meta name="author" content="https://facebook.example/site">', "", ""),
        ("", '<a rel="author" href="/a">A. Modèle</a>', "A. Modèle"),
        ("", '<p itemprop="author"><span itemprop="name">A. Modèle</span></p>', "A. Modèle"),
        ("", '<span class="vcard author"><a class="url fn" href="/a">A. Modèle</a></span>', "A. Modèle"),
        ("", f'<p class="author">{"x" * 500}</p>', ""),
        ("", "", ""),
    ],
)
def test_who_signs(head: str, main: str, author: str) -> None:
    assert extract(render(main + TEXT, head=OG_DATE + head)).author == author


ENGLISH = "<p>The soldiers were attacked by armed men on the road to the town, an army statement said Monday.</p>" * 3


@pytest.mark.parametrize(
    ("declared", "main", "language"),
    [
        ('lang="fr-FR"', TEXT, "fr"),
        ('lang="en-US"', TEXT, "fr"),  # the theme's, as on half of the sites that run WordPress
        ("", TEXT, "fr"),
        ('lang="en-US"', ENGLISH, "en"),
        ("", ENGLISH, "fr"),  # what nobody says is not guessed: the reading notes that it is another language
        ('lang="x"', ENGLISH, "fr"),
    ],
)
def test_the_language_of_the_text(declared: str, main: str, language: str) -> None:
    html = render(main, head=OG_DATE).replace('lang="fr"', declared)
    assert extract(html).language == language


def test_json_ld_says_the_language_before_the_theme() -> None:
    assert extract(render(ENGLISH, head=OG_DATE + ld(inLanguage="en-GB"))).language == "en"
