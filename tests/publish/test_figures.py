"""From labels to columns: the rules of the dataset, one line each."""

from dataclasses import replace
from datetime import date

import pytest

from pipelines.mentions import Figure, Span
from pipelines.merge import Ledger, merge_readings
from pipelines.models import Report, Toll
from pipelines.publish import build_tables
from pipelines.publish.figures import sum_figures
from pipelines.publish.parties import Sides, find_camp, order_parties
from pipelines.publish.values import join_quotes
from pipelines.schema.codebook import code_days, code_place, code_violence
from tests.merge.factories import (
    NOW,
    make_article,
    make_party,
    make_report,
    make_span,
    make_toll,
    make_total,
    make_when,
    make_where,
    read_item,
    told_item,
)

WORDS = Span(0, 1, "x")
ARMY = make_party("Military Forces of Mali", "state", WORDS)
FRANCE = make_party("Military Forces of France", "external", WORDS)
JNIM = make_party("JNIM", "non-state", WORDS)
ISS = make_party("IS Sahel", "non-state", WORDS)
PEOPLE = make_party("Civilians (Mali)", "civilian", WORDS)
FIGHT = Sides(ARMY, JNIM, "actor1")


def toll(best, outcome="killed", side="non-state", low=None, high=None, **changes):
    figure = Figure(best if low is None else low, best, best if high is None else high, WORDS, "exact")
    return replace(make_toll(WORDS, 1, outcome, side), figure=figure, **changes)


def only_row(item, table="events", **facts):
    merged = merge_readings([item], Ledger(), now=NOW)
    return build_tables(merged, now=NOW, run_id="r", **facts)[table].to_pylist()[0]


@pytest.mark.parametrize(
    ("tolls", "expected"),
    [
        ((), {"best": None, "low": None, "high": None, "fatalities": None, "neutralised": None}),
        ((toll(0),), {"best": 0, "low": 0, "high": 0, "deaths_b": 0, "deaths_a": None}),
        ((toll(40, "neutralised", low=36, high=44),), {"neutralised": 40, "high": 44, "low": None, "best": None}),
        ((toll(5), toll(10, "neutralised")), {"best": 5, "low": 5, "high": 15, "neutralised": 10}),
        ((toll(5), toll(2, subset_of=0)), {"best": 5, "high": 5}),
        (
            (toll(5), toll(3, side="state"), toll(2, side="civilian")),
            {"deaths_a": 3, "deaths_b": 5, "deaths_civilians": 2, "best": 10},
        ),
        ((toll(5, side="unknown"),), {"deaths_unknown": 5, "best": 5}),
        ((toll(3, "captured"), toll(4, "arrested"), toll(2, "kidnapped")), {"captured": 7, "best": None}),
        ((toll(3, "wounded", side="state"), toll(4, "wounded")), {"injured": 7}),
        (
            (toll(10), make_toll(WORDS, None, side="civilian")),
            {"best": 10, "low": 10, "high": None, "deaths_civilians": None},
        ),
        ((make_toll(WORDS, None),), {"best": None, "low": 2, "high": None}),
    ],
)
def test_what_may_be_summed(tolls, expected):
    figures = sum_figures(tolls, FIGHT)
    assert {key: figures[key] for key in expected} == expected
    assert figures["fatalities"] == figures["best"]


def test_the_fifteenth_of_july_of_the_seed():
    item = told_item(
        "a", "Une quarantaine de terroristes neutralisés à Anderamboukane.", when=make_when(date(2025, 7, 15))
    )
    words = make_span(item.article.text, "Une quarantaine")
    figure = Figure(36, 40, 44, words, "about")
    report = replace(item.reading.reports[0], tolls=(Toll("neutralised", "non-state", figure, words),))
    row = only_row(read_item(item.article, report))
    told = {name: row[name] for name in ("neutralised", "high", "low", "best", "fatalities", "fatality_rule")}
    assert told == {
        "neutralised": 40,
        "high": 44,
        "low": None,
        "best": None,
        "fatalities": None,
        "fatality_rule": "about",
    }


@pytest.mark.parametrize(
    ("initiator", "target", "expected"),
    [
        (ARMY, JNIM, Sides(ARMY, JNIM, "actor1")),
        (JNIM, ARMY, Sides(ARMY, JNIM, "actor2")),
        (JNIM, FRANCE, Sides(FRANCE, JNIM, "actor2")),
        (FRANCE, ARMY, Sides(ARMY, FRANCE, "actor2")),
        (JNIM, PEOPLE, Sides(JNIM, PEOPLE, "actor1")),
        (ARMY, PEOPLE, Sides(ARMY, PEOPLE, "actor1")),
        (JNIM, ISS, Sides(JNIM, ISS, "actor1")),
        (None, PEOPLE, Sides(None, PEOPLE, None)),
        (None, ARMY, Sides(ARMY, None, None)),
        (ARMY, None, Sides(ARMY, None, "actor1")),
        (None, None, Sides(None, None, None)),
    ],
)
def test_who_is_actor1_and_who_struck(initiator, target, expected):
    item = told_item("a", "Attaque.", initiator=initiator, target=target)
    report: Report = item.reading.reports[0]
    assert order_parties(report) == expected


@pytest.mark.parametrize(
    ("side", "actor", "sides", "camp"),
    [
        ("state", None, FIGHT, "a"),
        ("external", None, FIGHT, "a"),
        ("non-state", None, FIGHT, "b"),
        ("civilian", None, FIGHT, "civilian"),
        ("civilian", None, Sides(JNIM, PEOPLE, "actor1"), "civilian"),
        ("unknown", None, FIGHT, "unknown"),
        ("non-state", "IS Sahel", Sides(JNIM, ISS, "actor1"), "b"),
        ("non-state", "JNIM", Sides(JNIM, ISS, "actor1"), "a"),
        ("non-state", None, Sides(JNIM, ISS, "actor1"), "unknown"),
        ("non-state", None, Sides(ARMY, None, "actor1"), "b"),
        ("state", None, Sides(JNIM, PEOPLE, "actor1"), "b"),
        ("external", None, Sides(ARMY, FRANCE, "actor1"), "b"),
        ("state", None, Sides(None, PEOPLE, None), "a"),
        ("non-state", None, Sides(None, None, None), "b"),
    ],
)
def test_whose_people(side, actor, sides, camp):
    assert find_camp(toll(1, side=side, actor=actor), sides) == camp


@pytest.mark.parametrize(
    ("relation", "distance", "codes"),
    [
        ("at", None, (1, 1)), ("near", None, (2, 2)), ("near", 25, (2, 2)), ("near", 25.1, (2, 5)),
        ("between", None, (2, 5)),
        ("admin2", None, (2, 3)), ("admin1", None, (3, 4)), ("country", None, (3, 6)),
    ],
)  # fmt: skip
def test_precision_of_places(relation, distance, codes):
    assert code_place(make_where(relation=relation, distance_km=distance)) == codes


@pytest.mark.parametrize("relation", ["at", "near", "between"])
@pytest.mark.parametrize(
    ("units", "codes"),
    [
        ({"admin1": "Ségou", "admin2": "Niono"}, (2, 3)), ({"admin1": "Ségou", "admin3": "Sokolo"}, (2, 3)),
        ({"admin1": "Ségou"}, (3, 4)), ({"admin1": None}, (3, 6)),
    ],
)  # fmt: skip
def test_a_place_without_a_point_is_as_precise_as_the_finest_unit(relation, units, codes):
    where = make_where("Kolo", None, None, relation=relation, distance_km=40, **units)
    row = only_row(told_item("a", "Attaque à Kolo.", where=where))
    assert (row["geo_precision"], row["where_prec"]) == codes
    assert (row["location"], row["latitude"], row["longitude"]) == ("Kolo", None, None)
    nameless = only_row(told_item("a", "Attaque à Kolo.", where=replace(where, location=None)))
    assert nameless["location"] == (units.get("admin2") or units.get("admin3") or units["admin1"] or "Mali")


@pytest.mark.parametrize(
    ("precision", "days", "codes"),
    [("day", 1, (1, 1)), ("range", 2, (2, 2)), ("range", 6, (2, 2)), ("range", 7, (3, 2)), ("range", 8, (4, 3)),
     ("range", 40, (5, 3)), ("week", 7, (3, 2)), ("month", 10, (4, 3)), ("unknown", 30, (4, 3))],
)  # fmt: skip
def test_precision_of_days(precision, days, codes):
    assert code_days(precision, days) == codes


@pytest.mark.parametrize(
    ("one", "two", "code"),
    [("state", "non-state", 1), ("external", "non-state", 1), ("non-state", "non-state", 2), ("state", "civilian", 3),
     ("non-state", "civilian", 3), ("external", "civilian", 3), ("state", None, None), ("state", "unknown", None)],
)  # fmt: skip
def test_type_of_violence(one, two, code):
    assert code_violence(one, two, "Battles") == code
    assert code_violence(one, two, "Strategic developments") is None


def test_units_have_no_coordinates():
    row = only_row(told_item("a", "Attaque.", where=make_where(relation="admin1", location=None, place=None)))
    assert (row["latitude"], row["longitude"], row["geometry"], row["location"]) == (None, None, None, "Ségou")


def test_an_unknown_day_is_the_bulletins_period_or_the_days_up_to_the_statement():
    item = told_item("a", "Attaque à Niono.", when=make_when(None))
    row = only_row(item)
    assert (row["date_start"], row["date_end"]) == (date(2025, 6, 21), date(2025, 7, 20))
    assert (row["date_prec"], row["time_precision"], row["date_basis"]) == (4, 3, "statement")
    unstated = read_item(item.article, *item.reading.reports, statement_date=None)
    assert only_row(unstated)["date_basis"] == "publication"
    article = make_article("b", ["Attaque à Niono.", "40 neutralisés du 1er au 7 juillet."])
    total = make_total(article, "40", 40, period=make_when(date(2025, 7, 1), date(2025, 7, 7)))
    bulletin = only_row(
        read_item(article, make_report(article, "Attaque à Niono.", when=make_when(None)), totals=[total])
    )
    assert (bulletin["date_start"], bulletin["date_end"], bulletin["date_basis"]) == (
        date(2025, 7, 1),
        date(2025, 7, 7),
        "bulletin",
    )


def test_a_total_keeps_what_its_incidents_leave():
    article = make_article(
        "t", ["Plus de 40 neutralisés en juillet, douze neutralisés à Niono."], day=date(2025, 7, 31)
    )
    period = make_when(date(2025, 7, 1), date(2025, 7, 31))
    report = make_report(article, "douze neutralisés à Niono", tolls=[(12, "neutralised")])
    row = only_row(read_item(article, report, totals=[make_total(article, "Plus de 40", 40, period=period)]), "totals")
    assert (row["explained_best"], row["residual_best"], row["country"], row["month"]) == (12, 28, "ML", 7)


def test_evidence_is_joined_in_text_order_and_cut():
    sentences = ["Première phrase.", "Deuxième phrase.", "x" * 700]
    article = make_article("a", sentences)
    spans = [make_span(article.text, sentence) for sentence in sentences]
    report = replace(make_report(article, sentences[0]), evidence=(spans[1], spans[0]))
    assert only_row(read_item(article, report))["evidence"] == "Première phrase. […] Deuxième phrase."
    long = only_row(read_item(article, replace(report, evidence=(spans[2],))))
    assert len(long["evidence"]) == 600


@pytest.mark.parametrize("length", range(560, 605))
def test_evidence_is_never_cut_within_a_joint(length):
    text = join_quotes(["x" * length, "y" * 50])
    assert len(text) <= 600
    assert text.count("[") == text.count("]") == (" […] " in text)


def test_an_event_of_new_years_eve_reported_in_january_is_filed_in_december():
    item = told_item("a", "Attaque à Niono.", when=make_when(date(2024, 12, 31)), day=date(2025, 1, 2))
    assert [only_row(item)[key] for key in ("year", "month")] == [2024, 12]
    assert [only_row(item, "articles")[key] for key in ("year", "month")] == [2025, 1]


def test_civilians_as_target_are_told():
    row = only_row(told_item("a", "Attaque.", initiator=JNIM, target=PEOPLE, sub_event_type="Attack"))
    told = [row[key] for key in ("civilian_targeting", "inter1", "inter2", "interaction", "type_of_violence")]
    assert told == ["Civilian targeting", 2, 7, 27, 3]
