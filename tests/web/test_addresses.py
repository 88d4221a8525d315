"""One spelling for one page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.web import canonicalise_url, identify_article

SAME = [
    ("https://lefaso.net/spip.php?article116135", "https://lefaso.net/spip.php?article116135"),
    ("https://lefaso.net/spip.php?article116135#forum", "https://lefaso.net/spip.php?article116135"),
    ("https://lefaso.net/spip.php?article116135&utm_source=rss&fbclid=1", "https://lefaso.net/spip.php?article116135"),
    ("https://a.ml/?p=12", "https://a.ml/?p=12"),
    ("https://a.ml", "https://a.ml/"),
    ("HTTP://WWW.A.ML:80/Page", "http://www.a.ml/Page"),
    ("https://a.ml:8443/x", "https://a.ml:8443/x"),
    ("https://a.ml/x/../y/./z/", "https://a.ml/y/z/"),
    ("https://a.ml//x", "https://a.ml/x"),
    ("  https://a.ml/x\n", "https://a.ml/x"),
    ("https://a.ml/\x00x", "https://a.ml/x"),
    ("https://a.ml/communiqué", "https://a.ml/communiqu%C3%A9"),
    ("https://a.ml/communiqu%c3%a9", "https://a.ml/communiqu%C3%A9"),
    ("https://a.ml/a%2fb", "https://a.ml/a%2Fb"),
    ("https://a.ml/%7Ex", "https://a.ml/~x"),
    ("https://a.ml/100%25", "https://a.ml/100%25"),
    ("https://étoile.ml/x", "https://xn--toile-9ra.ml/x"),
    ("https://a.ml/?b=2&a=1", "https://a.ml/?b=2&a=1"),
    ("https://a.ml/?a=&b", "https://a.ml/?a=&b"),
    ("https://a.ml./x", "https://a.ml/x"),
    ("https://rfi.fr/fr/x?xtor=RSS-1&at_medium=rss", "https://rfi.fr/fr/x"),
]


@pytest.mark.parametrize(("given_url", "expected"), SAME)
def test_spelling(given_url: str, expected: str) -> None:
    assert canonicalise_url(given_url) == expected


@pytest.mark.parametrize(
    "url", ["", "mailto:a@b.ml", "javascript:void(0)", "/x", "http://", "http://[", "tel:+223", "http://a:b/"]
)
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        canonicalise_url(url)


def test_neighbours_stay_apart() -> None:
    ids = {identify_article(f"https://lefaso.net/spip.php?article{number}") for number in range(116000, 116100)}
    assert len(ids) == 100


def test_an_article_has_one_id_whatever_the_door() -> None:
    doors = ["http://lefaso.net/spip.php?article1", "https://www.lefaso.net/spip.php?article1&utm_medium=x#top"]
    assert len({identify_article(door) for door in doors}) == 1


PATHS = st.text(st.characters(codec="utf-8", exclude_characters="#?"), max_size=30)


@given(PATHS, st.lists(st.tuples(st.text("abc%é=[", max_size=5), st.text("xy 1&é", max_size=5)), max_size=4))
def test_a_canonical_address_is_its_own(path: str, query: list[tuple[str, str]]) -> None:
    url = f"https://site.example/{path}?{'&'.join(f'{k}={v}' for k, v in query)}"
    once = canonicalise_url(url)
    assert canonicalise_url(once) == once
    assert once.isascii()
