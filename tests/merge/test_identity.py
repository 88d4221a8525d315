"""Ids that are assigned once: what the ledger keeps, and what becomes of ids when events join, part and go."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipelines.errors import DataFolderError
from pipelines.merge import Ledger, append_ledger, fold_rows, merge_readings, read_ledger
from tests.merge.factories import NOW, make_article, make_report, make_when, read_item, told_item

FIRST = "Les forces armées ont tué douze terroristes le 17 juillet à Niono."
LATER = NOW + timedelta(days=1)


class Runs:
    """Builds one after the other on one ledger."""

    def __init__(self):
        self.rows = []
        self.now = NOW

    def build(self, *items, **options):
        merged = merge_readings(items, fold_rows(self.rows), now=self.now, **options)
        self.rows += merged.ledger_rows
        self.now += timedelta(days=1)
        return merged

    def ids(self, *items):
        return {event.event_id: sorted(event.article_ids) for event in self.build(*items).events}


def test_a_late_report_joins_and_the_id_stays():
    runs = Runs()
    one = told_item("m", FIRST, tolls=[(12,)])
    before = runs.ids(one)
    (event_id,) = before
    assert runs.ids(told_item("a", FIRST, tolls=[(12,)]), one) == {event_id: ["a", "m"]}


def test_first_seen_stays_and_is_the_oldest():
    runs = Runs()
    runs.build(told_item("m", FIRST, tolls=[(12,)]))
    again = runs.build(told_item("m", FIRST, tolls=[(12,)]))
    assert [event.first_seen_at for event in again.events] == [NOW]


def test_a_better_reading_of_the_sentence_keeps_the_id():
    runs = Runs()
    (before,) = runs.ids(told_item("a", FIRST, when=make_when(date(2025, 7, 16)), tolls=[(1,)]))
    assert list(runs.ids(told_item("a", FIRST, tolls=[(12,)]))) == [before]


def test_another_sentence_for_the_same_day_and_place_keeps_the_id():
    runs = Runs()
    (before,) = runs.ids(told_item("a", FIRST, tolls=[(12,)]))
    assert list(runs.ids(told_item("a", "Douze terroristes abattus.", tolls=[(12,)]))) == [before]


def test_two_events_that_become_one_leave_the_oldest_id():
    runs = Runs()
    apart = told_item("a", FIRST, when=make_when(date(2025, 7, 10)), tolls=[(12,)])
    (old,) = runs.ids(told_item("z", FIRST, tolls=[(12,)]))
    two = runs.ids(told_item("z", FIRST, tolls=[(12,)]), apart)
    (young,) = set(two) - {old}
    joined = runs.build(told_item("z", FIRST, tolls=[(12,)]), told_item("a", FIRST, tolls=[(12,)]))
    assert [event.event_id for event in joined.events] == [old]
    assert [(r.event_id, r.superseded_by, r.reason) for r in joined.retired] == [(young, old, "merged")]
    parted = runs.build(told_item("z", FIRST, tolls=[(12,)]), apart)
    assert {event.event_id for event in parted.events} == {old, young}
    assert parted.retired == ()


def test_in_a_split_the_larger_part_keeps_the_id_and_the_new_one_lasts():
    runs = Runs()
    together = [told_item(name, FIRST, tolls=[(12,)]) for name in "abc"]
    (old,) = runs.ids(*together)
    moved = told_item("a", FIRST, when=make_when(date(2025, 7, 10)), tolls=[(12,)])
    split = runs.ids(moved, *together[1:])
    assert split[old] == ["b", "c"]
    assert runs.ids(moved, *together[1:]) == split
    assert runs.rows == runs.rows[:4]


def test_a_withdrawn_event_is_retired_and_comes_back_under_its_id():
    runs = Runs()
    item = told_item("a", FIRST, tolls=[(12,)])
    (old,) = runs.ids(item)
    gone = runs.build(read_item(item.article))
    assert [(row.event_id, row.superseded_by, row.reason) for row in gone.retired] == [(old, None, "withdrawn")]
    assert list(runs.ids(item)) == [old]
    assert fold_rows(runs.rows).retired == {}


def test_two_incidents_of_one_sentence_keep_their_ids_apart():
    article = make_article("a", [FIRST])
    days = [date(2025, 7, 15), date(2025, 7, 17)]
    reports = [replace(make_report(article, FIRST, when=make_when(day)), report_id=f"r{day}") for day in days]
    runs = Runs()
    first = runs.build(read_item(article, *reports))
    again = runs.build(read_item(article, *reversed(reports)))
    ids = [{e.report_ids[0]: e.event_id for e in merged.events} for merged in (first, again)]
    assert len(set(ids[0].values())) == 2
    assert ids[0] == ids[1]


def test_the_ledger_on_disk_is_the_ledger_in_memory(tmp_path):
    path = tmp_path / "ledger" / "events.jsonl"
    rows = merge_readings(
        [told_item("a", FIRST), told_item("b", "Autre chose à Niono.")], Ledger(), now=NOW
    ).ledger_rows
    assert read_ledger(path) == Ledger()
    append_ledger(path, rows)
    assert read_ledger(path) == fold_rows(rows)
    append_ledger(path, [])
    assert path.read_text(encoding="utf-8").count("\n") == len(rows)


def test_a_torn_last_line_is_passed_over_and_cut_off(tmp_path):
    path = tmp_path / "events.jsonl"
    rows = list(merge_readings([told_item("a", FIRST)], Ledger(), now=NOW).ledger_rows)
    append_ledger(path, rows)
    whole = path.read_bytes()
    for cut in range(1, len(whole)):
        path.write_bytes(whole + whole[:cut].rstrip(b"\n"))
        assert read_ledger(path) == fold_rows(rows)
    append_ledger(path, rows)
    assert path.read_bytes() == whole + whole


@pytest.mark.parametrize("line", ["garbage", "[]", '{"row":"unknown"}', "{}"])
def test_a_line_that_is_no_row_is_an_error_that_names_it(tmp_path, line):
    path = tmp_path / "events.jsonl"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(DataFolderError, match=r"events\.jsonl: line 1"):
        read_ledger(path)


def test_rows_are_plain_json():
    rows = merge_readings([told_item("a", FIRST)], Ledger(), now=NOW).ledger_rows
    assert json.loads(json.dumps(rows)) == list(rows)
