"""The site over real HTTP: one server, many hosts, the habits of the software that it plays."""

from __future__ import annotations

import re
import socket
import threading
import xml.etree.ElementTree as ET

import pytest
import requests

from pipelines.errors import UsageError
from pipelines.sample import NOW, SampleSite, serve_sample
from pipelines.sample.article import read_articles
from pipelines.sample.outlets import address_article, read_outlets
from tests.sample.visiting import COURRIER, ECHO, ETAT_MAJOR, FLEUVE, visit

OUTLETS = {outlet.outlet_id: outlet for outlet in read_outlets()}
REST = f"{COURRIER}/wp-json/wp/v2/posts"


def list_paths(outlet_id: str) -> list[str]:
    return [address_article(OUTLETS[outlet_id], a) for a in read_articles(NOW) if a.outlet == outlet_id]


# ------------------------------------------------------------------------------------------------ hosts and names


def test_hosts_are_told_apart_by_their_name(site: SampleSite):
    assert "Le Courrier du Delta" in visit(site, COURRIER).text
    assert "Fleuve Quotidien" in visit(site, FLEUVE).text
    assert visit(site, "http://personne.example/").status_code == 404


def test_a_browser_finds_an_outlet_under_localhost(site: SampleSite):
    answer = requests.get(
        f"http://127.0.0.1:{site.port}/", headers={"Host": "fleuve-quotidien.example.localhost:1"}, timeout=20
    )
    assert "Fleuve Quotidien" in answer.content.decode()


def test_the_resolver_knows_the_sample_s_names_only(site: SampleSite):
    assert site.resolve("www.echo-des-collines.example", 80) == [("127.0.0.1", site.port)]
    with pytest.raises(socket.gaierror):
        site.resolve("localhost", 80)


@pytest.mark.parametrize("outlet_id", OUTLETS)
def test_no_page_holds_the_port(site: SampleSite, outlet_id: str):
    outlet = OUTLETS[outlet_id]
    for path in ("/", "/robots.txt", *list_paths(outlet_id)):
        assert f":{site.port}" not in visit(site, outlet.home + path).text


@pytest.mark.parametrize("outlet_id", OUTLETS)
def test_every_article_has_its_page(outlet_id: str):
    outlet = OUTLETS[outlet_id]
    with serve_sample(faults=frozenset()) as site:
        for told in read_articles(NOW):
            if told.outlet == outlet_id:
                answer = visit(site, outlet.home + address_article(outlet, told))
                assert answer.status_code == 200
                assert len(answer.content) > 1000


def test_an_unknown_page_is_not_found(site: SampleSite):
    for home in (COURRIER, ECHO, FLEUVE, ETAT_MAJOR):
        assert visit(site, f"{home}/rien-de-tel").status_code == 404
    assert visit(site, f"{ECHO}/spip.php?article9").status_code == 404


def test_a_head_request_gets_no_body(site: SampleSite):
    answer = visit(site, COURRIER, method="HEAD")
    assert answer.status_code == 200
    assert int(answer.headers["Content-Length"]) > 0
    assert answer.content == b""


# ------------------------------------------------------------------------------------------------ robots.txt


def test_robots_forbid_pages_that_the_listing_names(site: SampleSite):
    assert "Disallow: /posts/abonnes-" in visit(site, f"{FLEUVE}/robots.txt").text
    forbidden = [path for path in list_paths("fleuve-quotidien") if path.startswith("/posts/abonnes-")]
    listed = "".join(visit(site, f"{FLEUVE}/actualites?page={page}").text for page in (1, 2, 3, 4))
    assert len(forbidden) == 2
    assert all(path in listed for path in forbidden)


def test_robots_ask_for_a_delay(site: SampleSite):
    assert re.search(r"Crawl-delay: 0\.\d", visit(site, f"{ETAT_MAJOR}/robots.txt").text)


# ------------------------------------------------------------------------------------------------ WordPress


def test_the_feed_holds_the_newest_articles_only_and_its_pages_the_rest(site: SampleSite):
    found: list[str] = []
    for page in range(1, 20):
        answer = visit(site, f"{COURRIER}/feed/?paged={page}")
        if answer.status_code == 404:
            break
        links = [item.findtext("link", "") for item in ET.fromstring(answer.content).iter("item")]
        assert 1 <= len(links) <= 5
        found += [link.split("?")[0].removeprefix(COURRIER) for link in links]
    assert found == list_paths("courrier-du-delta")


def test_the_rest_interface_counts_its_pages(site: SampleSite):
    answer = visit(site, f"{REST}?per_page=4&page=1&orderby=date&order=asc&_fields=id,date,link")
    posts = answer.json()
    total = len(list_paths("courrier-du-delta"))
    assert answer.headers["X-WP-Total"] == str(total)
    assert answer.headers["X-WP-TotalPages"] == str(-(-total // 4))
    assert [set(post) for post in posts] == [{"id", "date", "link"}] * 4
    assert [post["date"] for post in posts] == sorted(post["date"] for post in posts)


def test_the_rest_interface_refuses_a_page_past_the_last(site: SampleSite):
    answer = visit(site, f"{REST}?per_page=100&page=2")
    assert (answer.status_code, answer.json()["code"]) == (400, "rest_post_invalid_page_number")


@pytest.mark.parametrize("query", ["per_page=101", "per_page=0", "after=hier"])
def test_the_rest_interface_refuses_wrong_parameters(site: SampleSite, query: str):
    answer = visit(site, f"{REST}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "rest_invalid_param")


def test_the_rest_interface_takes_windows_without_their_bounds(site: SampleSite):
    seed = "2025-07-20T18:42:00"
    inside = visit(site, f"{REST}?after=2025-07-20T18:41:59&before=2025-07-20T18:42:01").json()
    assert [post["date"] for post in inside] == [seed]
    assert visit(site, f"{REST}?after={seed}&before=2025-07-21T00:00:00").json() == []
    assert visit(site, f"{REST}?after=2025-07-20T00:00:00&before={seed}").json() == []


def test_the_rest_interface_gives_the_text_of_the_page(site: SampleSite):
    [post] = visit(site, f"{REST}?after=2025-07-20T00:00:00&before=2025-07-21T00:00:00").json()
    page = visit(site, post["link"]).content.decode()
    assert post["content"]["rendered"] in page
    assert visit(site, f"{COURRIER}/?rest_route=/wp/v2/posts&per_page=1").json()


def test_a_closed_rest_interface_says_so(site: SampleSite):
    answer = visit(site, f"{ETAT_MAJOR}/wp-json/wp/v2/posts")
    assert (answer.status_code, answer.json()["code"]) == (401, "rest_not_logged_in")


@pytest.mark.parametrize(("home", "outlet_id"), [(COURRIER, "courrier-du-delta"), (ETAT_MAJOR, "etat-major-modele")])
def test_the_sitemap_holds_everything(site: SampleSite, home: str, outlet_id: str):
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ET.fromstring(visit(site, f"{home}/wp-sitemap.xml").content)
    [part] = [entry.text or "" for entry in index.iter(f"{space}loc")]
    locs = [entry.text for entry in ET.fromstring(visit(site, part).content).iter(f"{space}loc")]
    assert locs == [home + path for path in list_paths(outlet_id)]


def test_short_and_slashless_addresses_lead_to_the_permalink(site: SampleSite):
    path = list_paths("courrier-du-delta")[0]
    number = next(a.number for a in read_articles(NOW) if a.outlet == "courrier-du-delta")
    for asked in (path.rstrip("/"), f"/?p={number}"):
        answer = visit(site, COURRIER + asked)
        assert (answer.status_code, answer.headers["Location"]) == (301, COURRIER + path)


# ------------------------------------------------------------------------------------------------ SPIP


def test_the_spip_charset_is_wrong_before_and_after_the_move(site: SampleSite):
    old, new = visit(site, f"{ECHO}/spip.php?article2041"), visit(site, f"{ECHO}/spip.php?article2051")
    assert old.headers["Content-Type"] == "text/html; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        old.content.decode("utf-8")
    assert "région de l’Est" in old.content.decode("cp1252")
    assert new.headers["Content-Type"] == "text/html; charset=iso-8859-1"
    assert "blessés" not in new.content.decode("iso-8859-1")
    assert "tués" in new.content.decode("utf-8")


def test_the_spip_feed_names_articles_by_number_and_declares_another_charset(site: SampleSite):
    answer = visit(site, f"{ECHO}/spip.php?page=backend")
    assert answer.headers["Content-Type"] == "text/xml; charset=iso-8859-1"
    links = re.findall(r"<link>(\S+article\d+)</link>", answer.content.decode("utf-8"))
    assert links == [ECHO + path for path in list_paths("echo-des-collines")][:6]


def test_spip_sections_lead_to_every_article(site: SampleSite):
    found: list[str] = []
    for start in range(0, 20, 5):
        html = visit(site, f"{ECHO}/spip.php?rubrique2&debut_articles={start}").content.decode()
        found += re.findall(r'<h3><a href="(spip\.php\?article\d+)"', html)
    assert [f"/{path}" for path in found] == list_paths("echo-des-collines")


# ------------------------------------------------------------------------------------------------ hand-made


def test_listing_pages_lead_to_every_article_and_end(site: SampleSite):
    found: list[str] = []
    pages = [visit(site, f"{FLEUVE}/actualites?page={page}").content.decode() for page in (1, 2, 3, 4)]
    for html in pages:
        found += re.findall(r'class="titre" href="([^"]+)"', html)
    assert found == list_paths("fleuve-quotidien")
    assert "Page suivante" in pages[0]
    assert "Page suivante" not in pages[-1]


def test_hand_made_pages_have_no_metadata(site: SampleSite):
    html = visit(site, FLEUVE + list_paths("fleuve-quotidien")[0]).text
    assert not re.search(r"ld\+json|og:|<time|article:published", html)


# ------------------------------------------------------------------------------------------------ conditional requests


@pytest.mark.parametrize(
    "url",
    [
        f"{COURRIER}/feed/",
        f"{COURRIER}/wp-sitemap.xml",
        f"{FLEUVE}/actualites",
        FLEUVE + list_paths("fleuve-quotidien")[0],
    ],
)
def test_a_known_etag_is_answered_without_a_body(site: SampleSite, url: str):
    first = visit(site, url)
    again = visit(site, url, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert visit(site, url, If_None_Match='"another"').status_code == 200


@pytest.mark.parametrize("url", [f"{ECHO}/spip.php?page=backend", f"{ECHO}/spip.php?article2041"])
def test_a_known_last_modified_is_answered_without_a_body(site: SampleSite, url: str):
    first = visit(site, url)
    assert "ETag" not in first.headers
    again = visit(site, url, If_Modified_Since=first.headers["Last-Modified"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_corrected_page_gets_a_new_etag_and_date(site: SampleSite, later_site: SampleSite):
    url = f"{COURRIER}/2026/02/25/farabougou-une-attaque-repoussee/"
    first, later = visit(site, url), visit(later_site, url)
    assert "Six terroristes" in first.content.decode()
    assert "Huit terroristes" in later.content.decode()
    assert first.headers["ETag"] != later.headers["ETag"]
    assert (
        first.headers["Last-Modified"] < later.headers["Last-Modified"]
        or first.headers["Last-Modified"] != later.headers["Last-Modified"]
    )
    assert visit(later_site, url, If_None_Match=first.headers["ETag"]).status_code == 200
    found = visit(later_site, f"{REST}?modified_after=2026-03-02T06:00:00&orderby=modified").json()
    assert [post["slug"] for post in found] == [
        "hombori-un-engin-explosif-desamorce",
        "farabougou-une-attaque-repoussee",
    ]


# ------------------------------------------------------------------------------------------------ faults


def test_built_in_faults(site: SampleSite):
    down = next(path for path in list_paths("fleuve-quotidien") if "dosso-saisie" in path)
    assert visit(site, FLEUVE + down).status_code == 500
    gone = visit(site, f"{ECHO}/spip.php?article2055")
    assert gone.status_code == 200
    assert "Page introuvable" in gone.content.decode()


def test_the_undated_article_has_no_date_anywhere(site: SampleSite):
    path = next(path for path in list_paths("fleuve-quotidien") if "ayorou-une-patrouille" in path)
    page = visit(site, FLEUVE + path)
    body = page.content.decode().split('class="cote"')[0]
    assert "Mis en ligne" not in body
    assert "Last-Modified" not in page.headers


def test_broken_html_still_holds_its_text(site: SampleSite):
    path = next(path for path in list_paths("fleuve-quotidien") if "gotheye" in path)
    html = visit(site, FLEUVE + path).content.decode()
    assert "</p>" not in html
    assert "Douze terroristes" in html


def test_faults_can_be_switched_on_and_off():
    with serve_sample(faults=frozenset({"outlet_down", "too_many_requests"})) as site:
        assert visit(site, f"{ECHO}/robots.txt").status_code == 503
        refused = visit(site, f"{FLEUVE}/actualites")
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "120")
        assert visit(site, COURRIER).status_code == 200


def test_an_empty_feed_and_a_page_of_fifty_megabytes():
    with serve_sample(faults=frozenset({"empty_feed", "oversized"})) as site:
        assert b"<item" not in visit(site, f"{ECHO}/spip.php?page=backend").content
        path = next(path for path in list_paths("courrier-du-delta") if "stade" in path)
        assert int(visit(site, COURRIER + path, method="HEAD").headers["Content-Length"]) > 50_000_000


def test_an_unknown_fault_is_named():
    with pytest.raises(UsageError, match="gremlins"), serve_sample(faults=frozenset({"gremlins"})):
        pass


# ------------------------------------------------------------------------------------------------ the server


def test_the_log_tells_what_was_asked(site: SampleSite):
    before = len(site.requests)
    visit(site, f"{ECHO}/spip.php?article2041", X_Probe="1")
    mine = [entry for entry in site.requests[before:] if entry.headers.get("x-probe")]
    assert [(entry.host, entry.path, entry.status) for entry in mine] == [
        ("www.echo-des-collines.example", "/spip.php?article2041", 200)
    ]


def test_the_log_keeps_every_request_of_many_at_once():
    with serve_sample() as site:
        threads = [threading.Thread(target=visit, args=(site, f"{COURRIER}/robots.txt")) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(site.requests) == 20
        assert [entry.time for entry in site.requests] == sorted(entry.time for entry in site.requests)


def test_nothing_is_left_when_the_block_ends():
    with serve_sample() as site:
        visit(site, COURRIER)
        with socket.create_connection(("127.0.0.1", site.port)) as idle:
            idle.settimeout(5)
    assert not [thread for thread in threading.enumerate() if thread.name == "sample-site" and not thread.is_alive()]
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", site.port), timeout=2)


def test_a_port_in_use_is_named():
    with serve_sample() as site, pytest.raises(UsageError, match=str(site.port)), serve_sample(port=site.port):
        pass


def test_a_port_that_cannot_be_is_named():
    with pytest.raises(UsageError, match="99999"), serve_sample(port=99999):
        pass


def test_an_address_that_is_none_is_refused(site: SampleSite):
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as talk:
        talk.sendall(b"GET http://[::1 HTTP/1.1\r\nHost: courrier-du-delta.example\r\n\r\n")
        assert talk.recv(100).startswith(b"HTTP/1.1 400")
