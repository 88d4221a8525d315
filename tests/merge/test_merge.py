"""What becomes one event, what does not, and which telling leads."""

from dataclasses import replace
from datetime import date

import pytest

from pipelines.merge import Ledger, merge_readings
from tests.merge.factories import (
    ARMY,
    NOW,
    STAFF,
    make_article,
    make_materiel,
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


def groups(*items):
    merged = merge_readings(items, Ledger(), now=NOW)
    return sorted(sorted(event.article_ids) for event in merged.events)


def only_event(*items, **options):
    (event,) = merge_readings(items, Ledger(), now=NOW, **options).events
    return event


FIRST = "Les forces armées ont tué douze terroristes le 17 juillet à Niono."
REST = " Le bilan fait état de motos détruites et d'armes saisies ; le ratissage se poursuit dans toute la zone."
SECOND = "Un accrochage près de Niono a coûté la vie à 12 assaillants, selon nos sources."


def test_one_communique_in_two_outlets_is_one_event():
    one, two = told_item("a", FIRST, tolls=[(12,)]), told_item("b", FIRST + " Fin.", tolls=[(12,)])
    assert groups(one, two) == [["a", "b"]]


def test_the_same_incident_in_other_words_is_one_event():
    one = told_item("a", FIRST, tolls=[(12,)])
    two = told_item("b", SECOND, tolls=[(12,)], where=make_where(relation="near", latitude=14.30), claimant=None)
    assert groups(one, two) == [["a", "b"]]


def test_day_and_place_alone_never_suffice():
    one = told_item("a", FIRST, initiator=None, target=None)
    two = told_item("b", SECOND, initiator=None, target=None)
    assert groups(one, two) == [["a"], ["b"]]


@pytest.mark.parametrize(
    "changes",
    [
        {"when": make_when(date(2025, 7, 20))},
        {"where": make_where("Gao", 16.27, -0.04)},
        {"sub_event_type": "Arrests", "tolls": [(12, "arrested")]},
        {"tolls": [(90,)]},
        {"event_clarity": 2, "tolls": [(13,)]},
        {"where": make_where(country="BF")},
    ],
    ids=["day", "place", "type", "figure", "clarity", "country"],
)
def test_one_aspect_that_differs_keeps_two_events_apart(changes):
    one = told_item("a", FIRST, tolls=[(12,)])
    two = told_item("b", SECOND, **{"tolls": [(12,)], **changes})
    assert groups(one, two) == [["a"], ["b"]]


def test_two_named_groups_are_two_events():
    span = make_span("JNIM", "JNIM")
    one = told_item("a", FIRST, tolls=[(12,)], target=make_party("JNIM", "non-state", span))
    two = told_item("b", SECOND, tolls=[(12,)], target=make_party("IS Sahel", "non-state", span))
    assert groups(one, two) == [["a"], ["b"]]


def test_two_incidents_of_one_article_never_merge():
    article = make_article("a", [FIRST, FIRST.replace("douze", "12")])
    item = read_item(article, *(make_report(article, s, tolls=[(12,)]) for s in (FIRST, FIRST.replace("douze", "12"))))
    other = told_item("b", FIRST, tolls=[(12,)])
    merged = merge_readings([item, other], Ledger(), now=NOW)
    assert sorted(len(event.report_ids) for event in merged.events) == [1, 2]


def test_no_chains_a_report_joins_only_if_it_suits_every_member():
    """c suits b and b suits a, but c and a are two days apart."""
    days = [date(2025, 7, 16), date(2025, 7, 17), date(2025, 7, 18)]
    items = [told_item(n, FIRST, when=make_when(day), tolls=[(12,)]) for n, day in zip("abc", days, strict=True)]
    assert all("a" not in group or "c" not in group for group in groups(*items))


def test_an_unknown_day_joins_only_its_own_text():
    dated = told_item("a", FIRST, tolls=[(12,)])
    same = told_item("b", FIRST, when=make_when(None), tolls=[(12,)])
    other = told_item("c", SECOND, when=make_when(None), tolls=[(12,)])
    dated, same = (
        item._replace(article=replace(item.article, body=item.article.body + REST)) for item in (dated, same)
    )
    assert groups(dated, same, other) == [["a", "b"], ["c"]]


def test_the_issuer_leads_then_the_communique_then_the_newest():
    late = told_item("late", FIRST, day=date(2025, 7, 25), tolls=[(14,)])
    early = told_item("early", FIRST, tolls=[(12,)])
    assert only_event(early, late).article_ids[0] == "late"
    communique = early._replace(reading=replace(early.reading, is_communique=True))
    assert only_event(communique, late).article_ids[0] == "early"
    issuer = late._replace(article=replace(late.article, is_issuer=True))
    assert only_event(communique, issuer).article_ids[0] == "late"


def test_else_the_most_conservative_figure_leads():
    event = only_event(told_item("a", FIRST, tolls=[(13,)]), told_item("b", FIRST, tolls=[(12,)]))
    assert [toll.figure.best for toll in event.tolls] == [12]
    assert "figures_disagree" in event.flags


def test_what_the_leading_report_leaves_open_comes_from_the_next():
    lead = told_item("lead", FIRST, day=date(2025, 7, 25), target=None, claimant=None, tolls=[(12,)])
    other = told_item("other", FIRST, tolls=[(12,), (2, "wounded", "state")])
    event = only_event(lead, other)
    assert event.chosen.article_id == "lead"
    assert event.chosen.claimant == STAFF
    assert event.chosen.target is not None
    assert [(toll.outcome, toll.figure.best) for toll in event.tolls] == [("killed", 12), ("wounded", 2)]


def test_killed_in_one_and_neutralised_in_another_are_the_same_people():
    event = only_event(
        told_item("a", FIRST, tolls=[(12, "neutralised")]), told_item("b", FIRST, tolls=[(12, "killed")])
    )
    assert len(event.tolls) == 1


def test_people_of_unknown_side_are_not_added_to_the_same_people_under_their_side():
    one = told_item("a", FIRST, day=date(2025, 7, 25), tolls=[(12, "killed", "non-state")])
    two = told_item("b", FIRST, tolls=[(12, "killed", "unknown")])
    assert [toll.side for toll in only_event(one, two).tolls] == ["non-state"]


def test_parts_stay_with_their_whole():
    article = make_article("a", [FIRST])
    words = make_span(article.text, "douze")
    tolls = (make_toll(words, 2, subset_of=1), make_toll(words, 12))
    event = only_event(read_item(article, replace(make_report(article, FIRST), tolls=tolls)))
    assert [(toll.figure.best, toll.subset_of) for toll in event.tolls] == [(12, None), (2, 0)]


@pytest.mark.parametrize(
    ("claimants", "expected"),
    [
        ([STAFF], "single_party"),
        ([STAFF, STAFF], "single_party"),
        ([STAFF, None], "independent"),
        ([STAFF, "habitants"], "independent"),
        ([STAFF, "JNIM"], "multi_party"),
        ([None], "independent"),
    ],
)
def test_verification_says_who_says_so(claimants, expected):
    sides = {STAFF: "state", "habitants": "civilian", "JNIM": "non-state"}
    items = [told_item(f"a{n}", FIRST, claimant=who, tolls=[(12,)]) for n, who in enumerate(claimants)]
    assert only_event(*items, side_of=sides.get).verification == expected


def test_rival_figures_of_two_claimants_are_contested():
    one = told_item("a", FIRST, tolls=[(12,)])
    two = told_item("b", FIRST, claimant="JNIM", tolls=[(3,)])
    assert only_event(one, two).verification == "contested"


def test_a_denial_is_told():
    assert only_event(told_item("a", FIRST, flags=("denied",))).verification == "denied"


def test_confirmed_by_the_issuer_or_by_two_independent_outlets():
    one, copy = told_item("a", FIRST, tolls=[(12,)]), told_item("b", FIRST, tolls=[(12,)])
    other = told_item("c", SECOND, tolls=[(12,)])
    assert only_event(one, copy).record_status == "candidate"
    assert only_event(one, other).record_status == "confirmed"
    assert only_event(one._replace(article=replace(one.article, is_issuer=True))).record_status == "confirmed"


def test_near_duplicates_name_the_earliest():
    text = [FIRST, "Le bilan provisoire fait état de plusieurs motos détruites et d'armes saisies dans la zone."]
    articles = [make_article(name, text, day=date(2025, 7, day)) for name, day in (("b", 20), ("a", 21), ("c", 22))]
    later = make_article("d", text, day=date(2025, 9, 22))
    merged = merge_readings([read_item(article) for article in [*articles, later]], Ledger(), now=NOW)
    assert merged.duplicates == {"a": "b", "c": "b"}


def rollup_item(best=20):
    article = make_article("roll", [f"Au total {best} terroristes neutralisés en juillet."], day=date(2025, 7, 31))
    report = make_report(
        article,
        f"Au total {best} terroristes neutralisés en juillet.",
        tolls=[(best, "neutralised")],
        when=make_when(date(2025, 7, 1), date(2025, 7, 31)),
        where=make_where(None, None, None, relation="admin1", place=None),
        event_clarity=2,
    )
    return read_item(article, report)


def test_a_roll_up_is_an_event_until_incidents_explain_it():
    alone = merge_readings([rollup_item()], Ledger(), now=NOW)
    assert [event.chosen.event_clarity for event in alone.events] == [2]
    part = told_item("a", FIRST, tolls=[(12, "neutralised")])
    still = merge_readings([rollup_item(), part], Ledger(), now=NOW)
    assert len(still.events) == 2
    rest = told_item("b", FIRST, when=make_when(date(2025, 7, 28)), tolls=[(8, "neutralised")])
    done = merge_readings([rollup_item(), part, rest], Ledger(), now=NOW)
    assert [event.chosen.event_clarity for event in done.events] == [1, 1]
    assert [(t.total.figure.best, t.explained) for t in done.totals] == [(20, 20)]
    assert done.explained == ("r-roll-12",)


def test_a_total_is_explained_by_the_incidents_of_its_claimant_area_and_period():
    article = make_article("t", ["Plus de 40 neutralisés en juillet."], day=date(2025, 7, 31))
    period = make_when(date(2025, 7, 1), date(2025, 7, 31))
    item = read_item(article, totals=[make_total(article, "Plus de 40", 40, period=period)])
    inside = told_item("a", FIRST, tolls=[(12, "neutralised")])
    outside = told_item("b", FIRST, when=make_when(date(2025, 6, 3)), tolls=[(5, "neutralised")], day=date(2025, 6, 5))
    merged = merge_readings([item, inside, outside], Ledger(), now=NOW)
    assert [total.explained for total in merged.totals] == [12]


def test_things_come_from_the_first_report_that_lists_any():
    one = told_item("a", FIRST, tolls=[(12,)], day=date(2025, 7, 25))
    two = told_item("b", FIRST, tolls=[(12,)], materiel=(make_materiel(make_span(FIRST, "douze")),))
    assert [thing.item for thing in only_event(one, two).materiel] == ["pick-up"]


def test_an_army_seen_from_two_sides_is_not_merged_when_civilians_are_the_target():
    span = make_span(FIRST, "douze")
    one = told_item("a", FIRST, tolls=[(12,)])
    two = told_item(
        "b",
        SECOND,
        tolls=[(12, "killed", "civilian")],
        target=make_party("Civilians (Mali)", "civilian", span),
        initiator=make_party(ARMY, "state", span),
        sub_event_type="Attack",
    )
    assert groups(one, two) == [["a"], ["b"]]
