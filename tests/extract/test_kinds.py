"""One modelled page per kind of site, in our own words, in the markup that the software makes."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.test_article import PARAGRAPHS, TEXT, TITLE, extract, make_source

MENU = "".join(f'<li class="item-{n}"><a href="/r{n}">Rubrique {n}</a></li>' for n in range(9))
NEXT_DOOR = "".join(f'<li><a href="/{n}">Un autre article du jour {n}</a> 1{n} avril 2026</li>' for n in range(5))
COMMENTS = "<p>Merci pour l'information, que Dieu protège nos soldats qui se battent pour nous tous.</p>" * 3

WORDPRESS = f"""<!DOCTYPE html><html lang="fr-FR"><head><meta charset="UTF-8" /><title>{TITLE} - Le Site</title>
<meta property="og:title" content="{TITLE} - Le Site" /><meta property="og:site_name" content="Le Site" />
<meta property="article:published_time" content="2026-04-20T07:12:44+00:00" />
<meta property="article:modified_time" content="2026-04-22T09:00:00+00:00" />
<link rel="canonical" href="https://site.example/2026/04/20/nouna/" /><link rel="stylesheet" href="/style.css" /></head>
<body class="post-template-default single single-post postid-77"><header><ul id="menu">{MENU}</ul></header>
<article id="post-77" class="post-77 post type-post"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>
<span class="posted-on"><time class="entry-date published"
  datetime="2026-04-20T07:12:44+00:00">20 avril 2026</time></span>
</header><div class="entry-content">{TEXT}<div class="sharedaddy"><ul><li>Facebook</li><li>X</li></ul></div></div>
</article><div id="comments"><ol class="comment-list"><li>{COMMENTS}</li></ol></div><aside><ul>{NEXT_DOOR}</ul></aside>
<footer>© 2026 Le Site</footer></body></html>"""

SPIP = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" ""><html xml:lang="fr"><head>
<title>{TITLE} - Le Site</title><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1" />
<meta name="generator" content="SPIP 3.2" /></head><body class="page_article"><div id="nav"><ul>{MENU}</ul></div>
<div id="contenu"><div class="cartouche"><h1 class="crayon article-titre-9">{TITLE}</h1>
<p class="info-publi"><abbr class="published" title="2026-04-20T07:12:00Z">lundi 20 avril 2026</abbr></p></div>
<div class="crayon article-texte-9 texte entry-content">{TEXT}</div>
<div class="liste articles"><h2>Dans la même rubrique</h2><ul>{NEXT_DOOR}</ul></div></div></body></html>"""

JOOMLA = f"""<!DOCTYPE html><html lang="fr-fr"><head><base href="https://site.example/9-nouna.html" />
<meta http-equiv="content-type" content="text/html; charset=utf-8" /><title>{TITLE}</title>
<meta name="generator" content="Joomla! - Open Source Content Management" /></head><body>
<ul class="nav menu">{MENU}</ul>
<div class="item-page" itemscope itemtype="https://schema.org/Article"><meta itemprop="inLanguage" content="fr-FR" />
<div class="page-header"><h1 itemprop="headline">{TITLE}</h1></div>
<dl class="article-info muted">
<dd class="published"><time datetime="2026-04-20T08:12:44+01:00"
  itemprop="datePublished">Publié le 20 avril 2026</time></dd>
<dd class="hits">Affichages : 1402</dd></dl><div itemprop="articleBody">{TEXT}</div></div>
<div class="moduletable"><h3>Les plus lus</h3><ul class="latestnews">{NEXT_DOOR}</ul></div></body></html>"""

HAND_MADE = f"""<html><head><meta http-equiv=Content-Type content="text/html">
<title>{TITLE} | lesite.example</title></head>
<body><table><tr><td><ul>{MENU}</ul></td><td class=corps><h1>{TITLE}</h1><font size=1>20/04/2026</font>{TEXT}</td>
<td><ul>{NEXT_DOOR}</ul></td></tr></table></body></html>"""

CASES = {"wordpress": WORDPRESS, "spip": SPIP, "joomla": JOOMLA, "hand-made": HAND_MADE}
SELECTORS = {"hand-made": [{"body": ".corps", "drop": ["h1", "font"], "date": "font", "date_format": "%d/%m/%Y"}]}


@pytest.mark.parametrize("kind", CASES)
def test_a_modelled_page(kind: str) -> None:
    source = make_source(selectors=SELECTORS.get(kind, []))
    article = extract(CASES[kind], source, url="https://site.example/9-nouna.html")
    assert article.title == TITLE
    assert article.published_date == date(2026, 4, 20)
    assert article.body == "\n\n".join(PARAGRAPHS)
