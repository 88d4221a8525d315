"""`communiques explain`: what was read and why, and why not."""

from __future__ import annotations

import json

from tests.cli.terminal import COMMAND, strip_colours, watch_terminal

TEXT = (
    "Communiqué de l'État-major général des Armées\n\nLe 15 juillet 2025, une frappe à 12 km au sud de Tessit a "
    "neutralisé une quarantaine de terroristes. Le même jour, une embuscade à Ouro-Tiénokoto a fait trois blessés "
    "côté FAMa.\n\nPour rappel, une attaque avait visé la garnison en juin."
)
QUIET = "Le prix du mil a encore augmenté au marché de Ségou cette semaine, selon les commerçants."
ESCAPE = "\x1b"


def explain(communiques, tmp_path, text: str, *options: str):
    (tmp_path / "article.txt").write_text(text, encoding="utf-8")
    return communiques("explain", "article.txt", "--published", "2025-07-20", "--country", "ML", *options)


def test_values_words_and_reasons_plain_in_a_pipe(communiques, tmp_path):
    answer = explain(communiques, tmp_path, TEXT)
    assert answer.status == 0
    assert ESCAPE not in answer.out
    for words in ("Event 2", "«à 12 km au sud de Tessit»", "moved 12 km, bearing 180", "40 (35 to 45) neutralised"):
        assert words in answer.out


def test_a_terminal_has_colours_and_its_own_width(tmp_path):
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    told = watch_terminal([COMMAND, "explain", "article.txt", "--published", "2025-07-20"], tmp_path, columns=70)
    assert ESCAPE in told
    assert all(len(line) <= 70 for line in strip_colours(told).splitlines())


def test_a_place_that_was_not_found_is_told_with_the_remedy(communiques, tmp_path):
    (issue,) = find_chapter(explain(communiques, tmp_path, TEXT, "--json"), "Not understood")["facts"]
    assert issue["name"] == "resolve unknown_place"
    assert issue["value"] == "Ouro-Tiénokoto"
    assert "communiques gazetteer suggest" in issue["reason"]


def test_what_came_into_no_event_is_told_with_its_reason(communiques, tmp_path):
    (over,) = find_chapter(explain(communiques, tmp_path, TEXT, "--json"), "Passed over")["facts"]
    assert over["value"].startswith("Pour rappel")
    assert "background" in over["reason"]


def test_why_an_article_gave_no_event(communiques, tmp_path):
    (fact,) = find_chapter(explain(communiques, tmp_path, QUIET, "--json"), "Why no event")["facts"]
    assert "0.0 points" in fact["value"]
    visit = "Le ministre s'est rendu à Gao. Il a dénoncé les attaques terroristes et salué les soldats tombés."
    *_, fact = find_chapter(explain(communiques, tmp_path, visit, "--json"), "Why no event")["facts"]
    assert fact["value"].startswith("Il a dénoncé")
    assert "several incidents" in fact["reason"]


def find_chapter(answer, title: str):
    return next(chapter for chapter in json.loads(answer.out) if chapter["title"] == title)


def test_html_is_the_same_and_hostile_words_stay_words(communiques, tmp_path):
    hostile = TEXT.replace("Tessit a", "Tessit <script>alert(1)</script> a")
    answer = explain(communiques, tmp_path, hostile, "--html", "article.html")
    page = (tmp_path / "article.html").read_text(encoding="utf-8")
    assert answer.status == 0
    assert '<mark class="word word-place" title="place">à 12 km au sud de Tessit</mark>' in page
    assert "<script>" not in page
    assert "Passed over" in page
