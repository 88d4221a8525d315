"""Laws: the order of the input, and the runs in which it comes, change neither clusters nor values."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.merge import Ledger, fold_rows, merge_readings
from pipelines.publish import build_tables
from tests.merge.factories import NOW, make_article, make_report, make_when, make_where, read_item

PLACES = (("Niono", 14.2526, -5.993), ("Siribala", 14.04, -6.05), ("Gao", 16.27, -0.04))
SENTENCES = (
    "Les forces armées ont neutralisé plusieurs terroristes dans le secteur.",
    "Une patrouille est tombée dans une embuscade tendue par des hommes armés.",
    "Des assaillants ont attaqué un poste avancé avant de se replier vers la forêt.",
)
OWN_COLUMNS = {"event_id", "event_version", "run_id", "first_seen_at", "updated_at", "report_id"}


@st.composite
def reports(draw):
    """A few values that collide often: the same days, places, types and figures."""
    name, latitude, longitude = draw(st.sampled_from(PLACES))
    return {
        "sentence": draw(st.sampled_from(SENTENCES)),
        "when": make_when(draw(st.sampled_from([None, *(date(2025, 7, 10) + timedelta(days=n) for n in range(4))]))),
        "where": make_where(name, latitude + draw(st.sampled_from([0, 0.05, 0.2])), longitude),
        "sub_event_type": draw(st.sampled_from(["Armed clash", "Attack", "Air/drone strike"])),
        "tolls": draw(st.sampled_from([(), ((12,),), ((13,),), ((40,),), ((12, "neutralised"),), ((None,),)])),
        "event_clarity": draw(st.sampled_from([1, 1, 1, 2])),
    }


@st.composite
def articles(draw):
    items = []
    for number in range(draw(st.integers(1, 6))):
        told = [draw(reports()) for _ in range(draw(st.integers(0, 3)))]
        sentences = [f"{values.pop('sentence')} ({part})" for part, values in enumerate(told)]
        article = make_article(f"a{number}", sentences or ["Rien."], day=date(2025, 7, 20))
        made = [make_report(article, sentence, **values) for sentence, values in zip(sentences, told, strict=True)]
        items.append(read_item(article, *made))
    return items


def clusters(merged):
    return sorted(tuple(sorted(event.report_ids)) for event in merged.events)


def values(merged):
    rows = build_tables(merged, now=NOW, run_id="r")["events"].to_pylist()
    return sorted([sorted((k, str(v)) for k, v in row.items() if k not in OWN_COLUMNS) for row in rows])


@settings(max_examples=60, deadline=None)
@given(st.data(), articles())
def test_the_order_of_the_input_does_not_matter(data, items):
    shuffled = data.draw(st.permutations(items))
    one, other = (merge_readings(order, Ledger(), now=NOW) for order in (items, shuffled))
    assert one == replace(other, items=one.items)


@settings(max_examples=60, deadline=None)
@given(st.data(), articles())
def test_any_split_into_runs_gives_the_same_clusters_and_values(data, items):
    order = data.draw(st.permutations(items))
    cut = data.draw(st.integers(0, len(items)))
    ledger_rows = list(merge_readings(order[:cut], Ledger(), now=NOW).ledger_rows)
    late = merge_readings(order, fold_rows(ledger_rows), now=NOW + timedelta(days=1))
    at_once = merge_readings(items, Ledger(), now=NOW)
    assert clusters(late) == clusters(at_once)
    assert values(late) == values(at_once)


@settings(max_examples=40, deadline=None)
@given(articles())
def test_a_second_run_adds_nothing_to_the_ledger(items):
    first = merge_readings(items, Ledger(), now=NOW)
    again = merge_readings(items, fold_rows(first.ledger_rows), now=NOW + timedelta(days=1))
    assert again.ledger_rows == ()
    assert again.events == first.events


@settings(max_examples=60, deadline=None)
@given(articles())
def test_every_report_is_in_one_event_or_explained_and_no_article_is_twice_in_an_event(items):
    merged = merge_readings(items, Ledger(), now=NOW)
    told = [report_id for event in merged.events for report_id in event.report_ids]
    assert sorted([*told, *merged.explained]) == sorted(merged.reports)
    assert all(len(set(event.article_ids)) == len(event.article_ids) for event in merged.events)
    assert len({event.event_id for event in merged.events}) == len(merged.events)


@settings(max_examples=60, deadline=None)
@given(st.data(), articles())
def test_ids_last_when_articles_come_and_go(data, items):
    """An event whose reports stay together keeps its id, whatever else is added or withdrawn."""
    kept = data.draw(st.lists(st.sampled_from(items), unique_by=lambda item: item.article.article_id))
    rows = list(merge_readings(items, Ledger(), now=NOW).ledger_rows)
    before = {event.event_id: set(event.report_ids) for event in merge_readings(items, fold_rows(rows), now=NOW).events}
    rows += merge_readings(kept, fold_rows(rows), now=NOW).ledger_rows
    back = merge_readings(items, fold_rows(rows), now=NOW)
    assert {event.event_id: set(event.report_ids) for event in back.events} == before
    live = {event.event_id for event in back.events}
    assert not live & {row.event_id for row in back.retired}
