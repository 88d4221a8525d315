"""The page as files: what is written, what is refused, and that hostile words stay words."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import DataFolderError, UsageError
from pipelines.evaluate.score import METRICS
from pipelines.page import build_page
from pipelines.page.files import LANGUAGES, escape_json, read_strings
from pipelines.schema import load_tables
from tests.page import datasets

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\u2066\u2028 ' \" & \\"


def read_data(page: Path, name: str) -> Any:
    """What a data file hands over."""
    text = (page.parent / "data" / f"{name}.js").read_text(encoding="utf-8")
    match = re.fullmatch(r'communiques\.receive\("([\w-]+)",(.*)\);\n', text, flags=re.DOTALL)
    assert match
    assert match[1] == name
    return json.loads(match[2])


@pytest.fixture
def story(tmp_path: Path) -> Path:
    return build_page(datasets.write_dataset(tmp_path / "data", datasets.tell_story()), tmp_path / "page")


def build(tmp_path: Path, events: list[datasets.Row], **tables: list[datasets.Row]) -> Path:
    """A page of some events, each with one report."""
    reports = [datasets.make_report(event) for event in events]
    tables = {"events": events, "reports": reports, **tables}
    return build_page(datasets.write_dataset(tmp_path / "data", tables), tmp_path / "page")


def test_columns_hold_every_event(story: Path) -> None:
    index, columns = read_data(story, "index"), read_data(story, "columns-0")
    assert index["events"] == 4
    assert {len(values) for values in columns.values()} == {4}
    assert columns["event_id"] == ["ev-000001", "ev-000002", "ev-000004", "ev-000003"]
    words = [index["dictionaries"]["sub_event_type"][number] for number in columns["sub_event_type"]]
    assert words == ["Armed clash", "Air/drone strike", "Armed clash", "Attack"]
    assert columns["best"] == [4, None, 3, None]
    assert columns["latitude"][3] is None


def test_reports_tell_only_what_differs(story: Path) -> None:
    reports = {report["outlet"]: report for report in read_data(story, "details-0")[0]["reports"]}
    assert reports["La Dune"]["date_basis"] == "statement"
    assert "date_basis" not in reports["Le Fil"]
    assert "deaths_a" not in reports["La Dune"]


def test_a_null_against_a_value_is_a_difference(tmp_path: Path) -> None:
    event = datasets.make_event(1)
    page = build(tmp_path, [event], reports=[datasets.make_report(event, best=None)])
    assert read_data(page, "details-0")[0]["reports"][0]["best"] is None


def test_the_leading_report_stands_first(tmp_path: Path) -> None:
    event = datasets.make_event(1)
    reports = [datasets.make_report(event, outlet, article_id=outlet) for outlet in ("A", "B")]
    articles = [datasets.make_article(reports[0], url="https://a.example/1")]
    articles.append(datasets.make_article(reports[1], url=event["source_url"]))
    page = build(tmp_path, [event], reports=reports, articles=articles)
    assert [report["outlet"] for report in read_data(page, "details-0")[0]["reports"]] == ["B", "A"]


def test_words_of_the_evidence_are_marked(story: Path) -> None:
    pieces = read_data(story, "details-0")[0]["reports"]
    marked = {kind: text for text, kind in next(r for r in pieces if r["outlet"] == "Le Fil")["pieces"] if kind}
    assert marked == {
        "date": "15 juillet",
        "place": "à Niono",
        "figure": "trois soldats",
        "thing": "deux pick-up",
        "actor": "hommes armés",
    }


def test_changes_and_what_was_taken_over_are_told(story: Path) -> None:
    event = read_data(story, "details-0")[0]
    assert event["revisions"][0]["old"] == "3"
    assert event["replaced"][0]["event_id"] == "ev-000009"
    assert read_data(story, "retired")["ev-000009"]["superseded_by"] == "ev-000001"


def test_health_counts_sources_issues_and_accuracy(tmp_path: Path) -> None:
    data = datasets.write_dataset(tmp_path / "data", datasets.tell_story())
    measured = {"metrics": {"event_f1": {"checking": {"value": 0.8, "low": 0.7, "high": 0.9}}}}
    health = read_data(build_page(data, tmp_path / "page", accuracy=measured), "health")
    assert health["unresolved_places"] == [{"quote": "Ouro-Tiéno", "code": "place_unknown", "count": 2}]
    assert [source["outlet"] for source in health["sources"]] == ["La Dune", "Le Fil"]
    assert health["rows"]["events"] == 4
    assert health["accuracy"] == measured


def test_seats_of_named_units_only(tmp_path: Path) -> None:
    data = datasets.write_dataset(tmp_path / "data", datasets.tell_story())
    seats = {("ML", "Mopti"): (14.5, -4.2), ("NE", "Diffa"): (13.3, 12.6)}
    assert read_data(build_page(data, tmp_path / "page", seats=seats), "index")["seats"] == [
        ["ML", "Mopti", 14.5, -4.2]
    ]


# ------------------------------------------------------------------------------------------------ what may be missing


def test_an_empty_dataset_gives_a_page(tmp_path: Path) -> None:
    page = build(tmp_path, [])
    assert read_data(page, "index")["events"] == 0
    assert read_data(page, "outlines")["features"]


def test_one_event_without_coordinates_or_figures(tmp_path: Path) -> None:
    bare = dict.fromkeys(name for name in datasets.EVENT if _may_miss(name))
    page = build(tmp_path, [datasets.make_event(1, **bare)])
    columns = read_data(page, "columns-0")
    assert columns["latitude"] == columns["best"] == columns["actor1"] == [None]
    assert read_data(page, "index")["dictionaries"]["region"] == [["ML", None]]


def _may_miss(name: str) -> bool:
    column = next((column for column in load_tables()["events"].columns if column.name == name), None)
    return column is not None and column.is_nullable


def test_a_country_without_outline_is_no_obstacle(tmp_path: Path) -> None:
    page = build(tmp_path, [datasets.make_event(1, country="XX", latitude=-60.0, longitude=-140.0)])
    assert read_data(page, "outlines")["features"] == []


def test_no_number_at_all_is_null(tmp_path: Path) -> None:
    page = build(tmp_path, [datasets.make_event(1, latitude=float("nan"), confidence=float("nan"))])
    assert read_data(page, "columns-0")["latitude"] == [None]


def test_a_release_folder_is_read_as_well(tmp_path: Path) -> None:
    data = datasets.write_dataset(tmp_path / "data", datasets.tell_story())
    assert read_data(build_page(data / "releases" / "r1", tmp_path / "page"), "index")["events"] == 4


# ------------------------------------------------------------------------------------------------ what is refused


def test_a_folder_that_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(DataFolderError, match=r"no published dataset here.*communiques run"):
        build_page(tmp_path, tmp_path / "page")
    assert not (tmp_path / "page").exists()


def test_an_older_schema_by_its_manifest(tmp_path: Path) -> None:
    data = datasets.write_dataset(tmp_path / "data", datasets.tell_story(), schema_version="0")
    with pytest.raises(DataFolderError, match=r"schema 0.*communiques build --all"):
        build_page(data, tmp_path / "page")


def test_an_older_schema_by_its_columns(tmp_path: Path) -> None:
    from pyarrow import parquet

    data = datasets.write_dataset(tmp_path / "data", datasets.tell_story())
    path = next((data / "current" / "events").rglob("*.parquet"))
    parquet.write_table(parquet.ParquetFile(path).read().drop_columns(["where_prec"]), path)
    with pytest.raises(DataFolderError, match=r"no where_prec.*communiques build --all"):
        build_page(data, tmp_path / "page")


@pytest.mark.parametrize("name", ["manifest.json", "events"])
def test_a_torn_release(tmp_path: Path, name: str) -> None:
    data = datasets.write_dataset(tmp_path / "data", datasets.tell_story())
    path = data / "current" / name
    torn = path if path.is_file() else next(path.rglob("*.parquet"))
    torn.write_bytes(torn.read_bytes()[:20])
    with pytest.raises(DataFolderError, match=r"cannot be read.*communiques verify"):
        build_page(data, tmp_path / "page")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_only_a_page_is_ever_replaced(tmp_path: Path) -> None:
    data = datasets.write_dataset(tmp_path / "data", datasets.tell_story())
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep", encoding="utf-8")
    for foreign in (tmp_path / "mine", tmp_path / "mine" / "notes.txt"):
        with pytest.raises(UsageError, match=r"no page of this program.*--out"):
            build_page(data, foreign)
    assert (tmp_path / "mine" / "notes.txt").read_text(encoding="utf-8") == "keep"


def test_an_out_that_cannot_be_made(tmp_path: Path) -> None:
    data = datasets.write_dataset(tmp_path / "data", datasets.tell_story())
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match=r"cannot be written.*--out"):
        build_page(data, tmp_path / "file" / "page")


def test_a_release_is_never_written_into(tmp_path: Path) -> None:
    data = datasets.write_dataset(tmp_path / "data", datasets.tell_story())
    with pytest.raises(UsageError, match="never changes"):
        build_page(data, data / "current" / "page")


def test_a_second_page_takes_the_place_of_the_first(tmp_path: Path) -> None:
    data = datasets.write_dataset(tmp_path / "data", datasets.tell_story())
    build_page(data, tmp_path / "page")
    (tmp_path / "page" / "data" / "columns-7.js").write_text("left over", encoding="utf-8")
    build_page(data, tmp_path / "page")
    assert not (tmp_path / "page" / "data" / "columns-7.js").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "page"]


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    data = datasets.write_dataset(tmp_path / "data", datasets.tell_story())
    one, other = build_page(data, tmp_path / "one"), build_page(data, tmp_path / "other")
    files = sorted(path.relative_to(one.parent) for path in one.parent.rglob("*") if path.is_file())
    assert all((one.parent / path).read_bytes() == (other.parent / path).read_bytes() for path in files)


# ------------------------------------------------------------------------------------------------ words from outside


def test_hostile_words_cannot_leave_their_string(tmp_path: Path) -> None:
    event = datasets.make_event(1, location=HOSTILE, evidence=HOSTILE + "x" * 10_000, day=date(2025, 7, 15))
    report = datasets.make_report(event)
    page = build(tmp_path, [event], reports=[report], articles=[datasets.make_article(report, title=HOSTILE * 100)])
    for path in (page.parent / "data").glob("*.js"):
        assert not set("<>&\u2028\u2029") & set(path.read_text(encoding="utf-8")), path.name
    assert read_data(page, "details-0")[0]["reports"][0]["article"]["title"] == HOSTILE * 100


def test_escaped_json_is_the_same_json() -> None:
    assert json.loads(escape_json({"a": HOSTILE})) == {"a": HOSTILE}


def test_the_shell_asks_nobody_outside(story: Path) -> None:
    shell = story.read_text(encoding="utf-8")
    assert "default-src 'none'" in shell
    assert not re.search(r'(src|href)="(https?:)?//', shell)
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\bstyle=", shell)
    for address in re.findall(r'(?:src|href)="(?!data:)([^"#]+)"', shell):
        assert (story.parent / address).is_file(), address


def test_markup_is_never_made_of_text(story: Path) -> None:
    for path in (story.parent / "js").glob("*.js"):
        script = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", script)


def test_libraries_come_with_their_licences(story: Path) -> None:
    for library in (story.parent / "vendor").iterdir():
        assert (library / "LICENSE.txt").is_file(), library.name


# ------------------------------------------------------------------------------------------------ words of the page


def list_keys(branch: Any, path: str = "") -> set[str]:
    if isinstance(branch, dict):
        return {key for name, value in branch.items() for key in list_keys(value, f"{path}.{name}")}
    if isinstance(branch, list):
        return {key for number, value in enumerate(branch) for key in list_keys(value, f"{path}.{number}")}
    return {path.removeprefix(".")}


def test_both_languages_have_the_same_words() -> None:
    keys = {
        code: {key for key in list_keys(words) if "sub_event_type" not in key} for code, words in read_strings().items()
    }
    assert keys["fr"] == keys["en"]
    assert tuple(keys) == LANGUAGES


def test_both_languages_fill_in_the_same_values() -> None:
    french, english = (read_strings()[code] for code in LANGUAGES)
    for key in list_keys(english) & list_keys(french):
        one, other = (sorted(set(re.findall(r"\{\w+\}", str(find_word(words, key))))) for words in (french, english))
        assert one == other, key


def find_word(words: Any, key: str) -> Any:
    for name in key.split("."):
        words = (
            words[int(name)]
            if isinstance(words, list)
            else words.get(name, words.get(int(name)) if name.isdigit() else None)
        )
    return words


def test_every_word_asked_for_exists(story: Path) -> None:
    keys = list_keys(read_strings()["en"])
    scripts = "".join(path.read_text(encoding="utf-8") for path in (story.parent / "js").glob("*.js"))
    asked = set(re.findall(r'\bt\("([\w.]+)"', scripts))
    assert asked
    assert not asked - keys


@pytest.mark.parametrize(
    "column", ["event_type", "verification", "date_basis", "date_prec", "where_prec", "record_status"]
)
def test_every_value_of_the_schema_has_its_words(column: str) -> None:
    values = next(each.values for each in load_tables()["events"].columns if each.name == column)
    assert values
    for words in read_strings().values():
        assert set(map(str, values)) <= set(map(str, words[column]))


def test_every_measure_has_its_words() -> None:
    for words in read_strings().values():
        assert set(words["metric"]) == set(METRICS)


def test_every_type_has_its_french_words() -> None:
    values = next(each.values for each in load_tables()["events"].columns if each.name == "sub_event_type")
    assert set(values or ()) == set(read_strings()["fr"]["sub_event_type"])
