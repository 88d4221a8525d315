"""Exceptions to a rule are data with a reason, and none goes unnoticed."""

from datetime import date

import pytest

from pipelines.catalog.corrections import Correction, load_corrections
from pipelines.errors import ConfigError
from pipelines.merge import Ledger, merge_readings
from tests.merge.factories import NOW, told_item

FIRST = "Les forces armées ont tué douze terroristes le 17 juillet à Niono."


def merge(*items, **entry):
    correction = Correction.model_validate({"reason": "seen by a reviewer", **entry})
    return merge_readings(items, Ledger(), now=NOW, corrections=(correction,))


def test_a_value_is_set():
    merged = merge(
        told_item("a", FIRST),
        article="a",
        set={"date_start": date(2025, 7, 16), "sub_event_type": "Attack", "location": "X"},
    )
    chosen = merged.events[0].chosen
    assert (chosen.when.start, chosen.sub_event_type, chosen.where.location) == (date(2025, 7, 16), "Attack", "X")
    assert "corrected" in merged.events[0].flags


def test_a_report_is_dropped_with_an_issue():
    merged = merge(told_item("a", FIRST), article="https://outlet-a.example/a", quote="douze", drop=True)
    assert merged.events == ()
    assert [issue.code for item in merged.items for issue in item.reading.issues] == ["corrected_away"]


def test_two_reports_are_kept_apart_or_put_together():
    one, two = told_item("a", FIRST, tolls=[(12,)]), told_item("b", FIRST, tolls=[(12,)])
    assert len(merge(one, two, article="a", separate_from={"article": "b"}).events) == 2
    other = told_item("c", "Tout autre chose.", tolls=[(90,)], sub_event_type="Arrests")
    assert len(merge(one, other, article="a", same_as={"article": "c"}).events) == 1


def test_a_reviewer_confirms():
    assert merge(told_item("a", FIRST), article="a", confirm=True).events[0].record_status == "confirmed"


@pytest.mark.parametrize("entry", [{"article": "none"}, {"article": "a", "quote": "treize"}])
def test_an_entry_that_meets_nothing_is_reported(entry):
    merged = merge(told_item("a", FIRST), drop=True, **entry)
    assert [(issue.stage, issue.code) for issue in merged.issues] == [("merge", "unused_correction")]
    assert len(merged.events) == 1


def test_the_shipped_file_and_a_users_own_are_read(tmp_path):
    (tmp_path / "corrections.yml").write_text(
        "corrections:\n  - article: a\n    drop: true\n    reason: not an event\n", encoding="utf-8"
    )
    own = load_corrections(tmp_path)
    assert own[: len(load_corrections())] == load_corrections()
    assert own[-1].drop


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("corrections:\n  - article: a\n    drop: true\n", "corrections.0.reason"),
        ("corrections:\n  - {article: a, reason: r}\n", "exactly one of"),
        ("corrections:\n  - {article: a, reason: r, drop: true, confirm: true}\n", "exactly one of"),
        ("corrections:\n  - {article: a, reason: r, dorp: true}\n", "dorp"),
        ("corrections:\n  - {article: a, reason: r, set: {latitude: 200.0}}\n", "latitude"),
        ("correction: []\n", "correction"),
        ("- x\n", "the file"),
        ("corrections: [\n", "is no YAML"),
    ],
)
def test_a_wrong_file_is_named_with_its_key(tmp_path, text, told):
    (tmp_path / "corrections.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_corrections(tmp_path)
    assert "corrections.yml" in str(caught.value)
    assert told in str(caught.value)


def test_bytes_that_are_no_text(tmp_path):
    (tmp_path / "corrections.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_corrections(tmp_path)
