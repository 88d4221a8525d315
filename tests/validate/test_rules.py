"""Every rule is met by rows that are right and is broken by one value that is not."""

from functools import cache

import pandas as pd
import pytest

from pipelines.validate.engine import run_rules
from pipelines.validate.frames import build_frame
from pipelines.validate.parameters import build_parameters
from pipelines.validate.rows import Rows
from pipelines.validate.suites import TABLES, load_suites
from tests.merge.factories import NOW
from tests.validate.spoilt import RELEASE, SPOILT
from tests.validate.worlds import World, make_world, spoil_row

PARAMETERS = build_parameters(NOW.date())
GOOD_RELEASE = {
    "lost_articles": 0, "lost_reports": 0, "lost_totals": 0, "lost_issues": 0, "lost_figures": 0, "retired_live": 0,
    "lost_successors": 0, "quarantine_share": 0.0, "unresolved_place_share": 0.0, "volume_ratio": 1.0,
    "relevant_share": 1.0, "party_share": 1.0,
}  # fmt: skip


@cache
def world() -> World:
    return make_world(60)


@pytest.mark.parametrize("name", list(SPOILT))
def test_right_rows_meet_every_rule(name):
    around = world().look_around()
    findings = run_rules(load_suites()[name], build_frame(around.rows[name], name, around), PARAMETERS)
    assert [finding.rule.name for finding in findings if not finding.is_met] == []


@pytest.mark.parametrize("name", list(SPOILT))
def test_each_rule_finds_the_one_row_that_is_spoilt_for_it(name):
    table = world().tables[name]
    step = 2 if name in ("tolls", "materiel") else 1  # the second figure of a report is a part or its like
    first = table.slice(0, 1).to_pylist()[0]
    positions = {}
    for number, (rule, changes) in enumerate(SPOILT[name].items(), start=1):
        positions[rule] = number * step
        values = {key: first[key] if value == "=0" else value for key, value in changes.items()}
        table = spoil_row(table, number * step, values)
    around = world().look_around(**{name: table})
    findings = run_rules(load_suites()[name], build_frame(Rows(table), name, around), PARAMETERS)
    missed = [rule for rule, position in positions.items() if position not in _positions(findings, f"{name}.{rule}")]
    assert missed == []


def _positions(findings, rule):
    return next(list(finding.positions) for finding in findings if finding.rule.name == rule)


def test_each_release_rule_is_broken_by_its_number():
    rows = [GOOD_RELEASE, *(GOOD_RELEASE | changes for changes in RELEASE.values())]
    findings = run_rules(load_suites()["release"], pd.DataFrame(rows), PARAMETERS)
    for number, rule in enumerate(RELEASE, start=1):
        assert list(_positions(findings, f"release.{rule}")) == [number]


def test_a_missing_column_is_found():
    around = world().look_around()
    frame = build_frame(around.rows["articles"], "articles", around)
    columns = [rule for rule in load_suites()["articles"] if rule.name == "articles.columns"]
    assert not run_rules(columns, frame.drop(columns="title"), PARAMETERS)[0].is_met


def test_every_rule_has_a_spoilt_row_and_none_is_forgotten():
    declared = {rule.name for rules in load_suites().values() for rule in rules}
    spoilt = {f"{table}.{rule}" for table, rules in {**SPOILT, "release": RELEASE}.items() for rule in rules}
    columns = {f"{table}.columns" for table in SPOILT}
    assert declared == spoilt | columns
    assert len(declared) >= 50


def test_every_rule_says_why():
    for name in TABLES:
        for rule in load_suites()[name]:
            assert len(rule.reason) > 15, rule.name
            assert rule.severity in ("critical", "warning"), rule.name
