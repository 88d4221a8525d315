"""What becomes of rows that fail: quarantine, flags, a refused release; and how the summary tells it."""

import json
import warnings
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pyarrow as pa
import pytest

from pipelines.errors import ConfigError
from pipelines.merge import Ledger, merge_readings
from pipelines.publish import build_tables
from pipelines.validate import Surroundings, load_suites, validate_tables, write_data_docs, write_summary
from pipelines.validate.engine import build_suite, run_rules
from pipelines.validate.parameters import build_parameters
from pipelines.validate.suites import TABLES, Rule
from pipelines.validate.summary import render_html, render_markdown
from tests.merge.factories import NOW, make_span, make_toll, make_when, read_item, told_item
from tests.validate.worlds import SahelRegions, find_weekday, make_world


def judge(items, **options):
    merged = merge_readings(items, Ledger(), now=NOW)
    tables = build_tables(merged, now=NOW, run_id="run-1")
    texts = {item.article.article_id: item.article.text for item in items}
    around = Surroundings(tables, texts, SahelRegions(), find_weekday)
    return validate_tables(tables, merged, around, today=NOW.date(), **options)


def good_item(name="good", day=date(2025, 7, 17)):
    return told_item(name, f"Cinq terroristes tués à Niono, dit {name}.", when=make_when(day), tolls=[(5, "killed")])


def future_item(name="future"):
    return told_item(name, f"Attaque à Niono, dit {name}.", when=make_when(date(2031, 1, 1)), tolls=[(2, "killed")])


def ids(table, column="article_id"):
    return sorted(table.column(column).to_pylist())


def test_good_rows_pass_untouched():
    world = make_world(3)
    validated = validate_tables(world.tables, world.merged, world.look_around(), today=NOW.date())
    assert validated.release_ok
    assert validated.quarantine == {}
    assert all(validated.tables[name].equals(world.tables[name]) for name in world.tables)
    assert [result.name for result in validated.results if not result.is_met] == []


def test_a_refused_event_goes_with_all_its_rows_and_blocks_no_other():
    validated = judge([good_item(), future_item()])
    assert validated.release_ok
    assert ids(validated.tables["reports"]) == ["good"]
    for name in ("reports", "tolls"):
        assert ids(validated.quarantine[name]) == ["future"]
    refused = validated.quarantine["events"].to_pylist()[0]
    assert "events.ends_by_today" in refused["expectation"]
    assert "2031-01-01" in refused["value"]
    assert ids(validated.tables["articles"]) == ["future", "good"]


def test_a_refused_report_takes_its_event_and_the_event_its_other_reports():
    good = told_item("one", "Douze terroristes tués à Niono le 17 juillet.", tolls=[(12, "killed")])
    bad = told_item("two", "Douze terroristes tués à Niono ce 17 juillet.", tolls=[(12, "killed")])
    report = replace(
        bad.reading.reports[0], evidence=(replace(bad.reading.reports[0].evidence[0], text="Autre chose."),)
    )
    bad = read_item(bad.article, report)
    validated = judge([good, bad])
    assert validated.tables["events"].num_rows == 0
    assert ids(validated.quarantine["reports"]) == ["one", "two"]
    assert validated.quarantine["events"].column("expectation").to_pylist() == ["reports.evidence_in_article"]


def test_a_refused_article_takes_what_was_read_in_it():
    item = good_item("bad", date(2025, 6, 1))
    item = read_item(replace(item.article, url="ftp://x.example"), *item.reading.reports)
    validated = judge([good_item(), item])
    assert ids(validated.quarantine["articles"]) == ["bad"]
    assert ids(validated.quarantine["reports"]) == ["bad"]
    assert ids(validated.tables["reports"]) == ["good"]


def test_refused_rows_come_back_when_they_are_right():
    assert judge([future_item()]).tables["events"].num_rows == 0
    mended = told_item("future", "Attaque à Niono, dit future.", tolls=[(2, "killed")])
    assert judge([mended]).tables["events"].num_rows == 1


def test_a_warning_is_published_with_its_flag():
    item = told_item("many", "Attaque à Niono : 900 morts.", tolls=[(900, "killed")])
    validated = judge([item])
    event = validated.tables["events"].to_pylist()[0]
    assert event["qc_flags"] == "events.high_plausible; tolls.best_plausible"
    assert validated.tables["reports"].to_pylist()[0]["qc_flags"] == "tolls.best_plausible"


def test_a_region_that_was_not_yet_in_force_is_refused():
    def told(name, day):
        where = replace(good_item().reading.reports[0].where, admin1="Nioro", latitude=15.2)
        return told_item(
            name, f"Attaque à Niono, {name}.", when=make_when(day), where=where, day=day, tolls=[(3, "killed")]
        )

    validated = judge([told("before", date(2022, 5, 1)), told("after", date(2024, 5, 1))])
    assert ids(validated.tables["reports"]) == ["after"]
    assert validated.quarantine["events"].column("expectation").to_pylist() == ["events.region_in_force"]


def test_a_release_with_far_fewer_events_is_refused():
    validated = judge([good_item()], events_before=100)
    assert not validated.release_ok
    assert [result.name for result in validated.refusals] == ["release.volume_steady"]
    assert validated.refusals[0].examples == (("volume_ratio", "0.01"),)


def test_a_lost_report_refuses_the_release():
    world = make_world(3)
    tables = world.tables | {"reports": world.tables["reports"].slice(0, 2)}
    around = Surroundings(tables, world.texts, SahelRegions(), find_weekday)
    validated = validate_tables(tables, world.merged, around, today=NOW.date())
    assert "release.all_reports_accounted" in {result.name for result in validated.refusals}


def test_no_article_at_all_is_a_release_too():
    validated = judge([])
    assert validated.release_ok
    assert all(table.num_rows == 0 for table in validated.tables.values())


def test_the_archive_starts_where_the_sources_say():
    old = told_item(
        "old", "Attaque à Niono.", when=make_when(date(2009, 5, 1)), day=date(2009, 5, 2), tolls=[(3, "killed")]
    )
    assert judge([old]).tables["events"].num_rows == 0
    assert judge([old], archive_start=date(2005, 1, 1)).tables["events"].num_rows == 1


def test_an_expectation_that_is_passed_over_is_an_error():
    import pandas as pd

    twice = [
        Rule(
            "x",
            f"x.{name}",
            "because",
            "critical",
            "expect_column_values_to_be_between",
            {"column": "a", "min_value": n},
            (),
        )
        for n, name in enumerate(("one", "two"))
    ]
    with pytest.raises(ConfigError, match="1 of 2 were evaluated"):
        run_rules(twice, pd.DataFrame({"a": [1]}), {})


@pytest.mark.parametrize("name", TABLES)
def test_suites_are_normalised_and_load_as_they_stand(name):
    text = (files("expectations") / f"{name}.json").read_text(encoding="utf-8")
    declared = json.loads(text)
    assert text == json.dumps(declared, ensure_ascii=False, indent=1) + "\n"
    assert '"id"' not in text
    loaded = build_suite(load_suites()[name]).to_json_dict()["expectations"]
    assert len(loaded) == len(declared["expectations"])
    for one, other in zip(loaded, declared["expectations"], strict=True):
        assert (one["type"], one["severity"], one["meta"]["name"]) == (
            other["type"],
            other["severity"],
            other["meta"]["name"],
        )
        assert all(
            other["kwargs"][key] == value for key, value in one["kwargs"].items()
        )  # GX leaves out what is its default


def test_parameters_cover_every_name_in_the_suites():
    parameters = build_parameters(NOW.date())
    for rules in load_suites().values():
        for rule in rules:
            for value in rule.kwargs.values():
                if isinstance(value, dict):
                    assert value["$PARAMETER"] in parameters, rule.name


def test_the_summary_tells_every_rule_and_hides_nothing_in_markup(tmp_path):
    item = told_item("x", "Attaque à Niono : <script>alert(1)</script> 900 morts.", tolls=[(900, "killed")])
    validated = judge([item, future_item()])
    page = write_summary(validated, tmp_path, run_id="run-1", now=NOW).read_text(encoding="utf-8")
    assert all(result.name in page for result in validated.results)
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "").replace("https?", "").replace(".example", "").split("<h2")[0]
    text = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "events.ends_by_today" in text
    assert render_markdown(validated, run_id="run-1", now=NOW) == text
    assert "2 rules" not in render_html(validated, run_id="run-1", now=NOW)[:10]


def test_no_warning_and_no_output_while_validating(capfd):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        judge([good_item()])
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err == ""


def test_arrow_types_survive_the_flags():
    validated = judge([told_item("many", "Attaque à Niono : 900 morts.", tolls=[(900, "killed")])])
    assert validated.tables["events"].schema.field("qc_flags").type == pa.string()


def test_an_offset_that_lies_is_found():
    item = good_item()
    words = make_span(item.article.text, "Cinq terroristes")
    toll = make_toll(replace(words, start=words.start + 1, end=words.end + 1), 5)
    validated = judge([read_item(item.article, replace(item.reading.reports[0], tolls=(toll,)))])
    assert validated.quarantine["tolls"].column("expectation").to_pylist() == ["tolls.words_in_article"]


def test_data_docs_are_written_as_gx_makes_them(tmp_path):
    page = write_data_docs(make_world(1).look_around(), tmp_path / "docs", today=NOW.date())
    assert page.is_file()
    assert len(list((tmp_path / "docs" / "validations").rglob("*.html"))) == 6


def test_a_type_that_the_codebook_does_not_know_is_refused_and_stops_nothing():
    validated = judge(
        [good_item(), told_item("odd", "Rixe à Niono.", sub_event_type="Rixe", when=make_when(date(2025, 6, 2)))]
    )
    assert ids(validated.tables["reports"]) == ["good"]
    assert "events.sub_event_type_known" in validated.quarantine["events"].column("expectation").to_pylist()[0]
