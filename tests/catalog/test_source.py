"""The declared sources: every wrong file is named with its key, and the shipped ones are whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.catalog.language import read_yaml
from pipelines.catalog.source import FIELDS, SHIPPED, load_sources
from pipelines.errors import ConfigError

GOOD = """
name: Le Site
country: ML
kind: press
home: https://site.example/
feed: https://site.example/feed/
timezone: Africa/Bamako
discover: [feed]
history: [wordpress, {by: listing, url: "https://site.example/page/{page}"}]
"""


def write(folder: Path, text: str, name: str = "site.yml") -> Path:
    file = folder / "ml" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_source_is_one_file(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    source = load_sources(folder=tmp_path)["site"]
    assert (source.id, source.name, source.language, source.min_delay_s) == ("site", "Le Site", "fr", 5.0)
    assert [way.by for way in source.history] == ["wordpress", "listing"]


WRONG = {
    "unknown key": (GOOD + "fed: x\n", "fed"),
    "wrong type": (GOOD.replace("[feed]", "12"), "discover"),
    "unknown way": (GOOD.replace("[feed]", "[fede]"), "discover.0.by"),
    "unknown key of a way": (GOOD.replace("[feed]", "[{by: feed, uri: x}]"), "discover.0.uri"),
    "a listing without a url": (GOOD.replace("[feed]", "[listing]"), "needs a url"),
    "a feed without an address": (GOOD.replace("feed: https://site.example/feed/", ""), "feed"),
    "no country": (GOOD.replace("country: ML", ""), "country"),
    "country as a word": (GOOD.replace("ML", "Mali"), "country"),
    "no web address": (GOOD.replace("https://site.example/\n", "site.example\n"), "home"),
    "no such timezone": (GOOD.replace("Africa/Bamako", "Afrique/Bamako"), "timezone"),
    "timezone as a path": (GOOD.replace("Africa/Bamako", "../../etc/passwd"), "timezone"),
    "an id": (GOOD + "id: autre\n", "id"),
    "a negative delay": (GOOD + "min_delay_s: -1\n", "min_delay_s"),
    "a day that is none": (GOOD + "verified: hier\n", "verified"),
    "a share above one": (GOOD + "expected: {fill: {title: 1.5}}\n", "expected.fill.title"),
    "a field that is none": (GOOD + "expected: {fill: {titel: 1}}\n", "expected.fill.titel"),
    "a volume below zero": (GOOD + "expected: {articles_a_week: -1}\n", "expected.articles_a_week"),
    "a pattern that is none": (GOOD.replace("[feed]", '[{by: feed, pattern: "("}]'), "pattern"),
    "no mapping": ("- a\n- b\n", "mapping"),
    "no YAML": ("a: [b\n", "YAML"),
    "a key twice": (GOOD + "kind: radio\n", "twice"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named(tmp_path: Path, case: str) -> None:
    text, key = WRONG[case]
    file = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_sources(folder=tmp_path)
    assert str(file) in str(caught.value)
    assert key in str(caught.value)
    assert "\n" not in str(caught.value)


def test_two_files_of_one_name(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path / "more", GOOD)
    with pytest.raises(ConfigError, match="same name"):
        load_sources(folder=tmp_path)


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        load_sources(folder=tmp_path / "missing")


def test_a_users_folder_adds_and_overrides(tmp_path: Path) -> None:
    write(tmp_path / "sources", GOOD)
    write(tmp_path / "sources", "min_delay_s: 20\n", "lefaso.yml")
    sources = load_sources(tmp_path)
    assert "site" in sources
    assert (sources["lefaso"].min_delay_s, sources["lefaso"].country) == (20, "BF")


def test_the_shipped_sources_are_whole() -> None:
    sources = load_sources()
    assert len(sources) == 24
    assert {source.country for source in sources.values()} >= {"ML", "BF", "NE", "TD", "MR"}
    for source in sources.values():
        assert source.verified is None, "put the day in only when a live check has succeeded"
        assert not source.allow_private
        assert source.history, f"{source.id} has no way to the past"
        assert source.min_delay_s >= 5
        assert source.timezone != "UTC", f"{source.id} has no timezone of its own"
        assert source.terms is None, "say what the site's terms are only when somebody has read them"
        assert source.expected.articles_a_week is None, "a volume is measured by watch, never thought of"
        assert source.expected.fill == dict.fromkeys(FIELDS)


def test_the_shipped_files_name_every_key_that_an_operator_fills_in() -> None:
    for file in SHIPPED.rglob("*.yml"):
        keys = read_yaml(file)
        assert {"terms", "expected", "verified", "timezone", "history"} <= keys.keys(), file


def test_a_measured_source_says_what_is_usual(tmp_path: Path) -> None:
    write(tmp_path, GOOD + "expected: {articles_a_week: 40, fill: {title: 1, date: 0.95}}\n")
    expected = load_sources(folder=tmp_path)["site"].expected
    assert (expected.articles_a_week, expected.fill) == (40, {"title": 1, "date": 0.95})


def test_order_does_not_depend_on_the_disk() -> None:
    assert list(load_sources()) == sorted(load_sources())


@pytest.mark.parametrize(
    ("url", "covered"),
    [
        ("https://site.example/x", True),
        ("http://www.site.example/x", True),
        ("https://SITE.example./x", True),
        ("https://miroir.example/x", True),
        ("https://site.example:8080/x", False),
        ("https://site.example.evil.example/x", False),
        ("https://evil.example/site.example", False),
        ("https://me@site.example/x", False),
        ("ftp://site.example/x", False),
        ("https://site.example:99999/x", False),
        ("//site.example/x", False),
        ("", False),
    ],
)
def test_what_a_source_covers(tmp_path: Path, url: str, covered: bool) -> None:
    write(tmp_path, GOOD + "mirrors: [miroir.example]\n")
    assert load_sources(folder=tmp_path)["site"].covers(url) is covered


def test_every_shipped_file_lies_in_the_folder_of_a_country() -> None:
    assert all(file.parent.parent == SHIPPED for file in SHIPPED.rglob("*.yml"))
