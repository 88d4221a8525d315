"""How often merging errs: on the gold set's close pairs, on gold incidents retold, on a chronicle; floors only rise."""

from functools import cache

from pipelines.merge import Ledger, merge_readings
from tests.merge.factories import NOW
from tests.merge.gold import list_close_pairs, load_items
from tests.merge.measure import FIRST_SEED, add_counts, measure_chronicle
from tests.merge.retold import list_pairs

LARGEST_FALSE_SHARE = 0.002
LARGEST_MISSED_SHARE = 0.01
FEWEST_PAIRS = 1000
# Reports of two gold articles that tell one incident, by reading them.
SAME = {
    ("bf-001#1", "bf-002#2"),
    ("bf-001#2", "bf-002#1"),
    ("bf-001#3", "bf-002#0"),
    ("ml-001#1", "ml-030#1"),
    ("ml-005#0", "ml-006#0"),
    ("ml-005#1", "ml-006#1"),
    ("ml-005#2", "ml-006#2"),
    ("ml-009#1", "ml-010#0"),
    ("ml-009#2", "ml-010#1"),
    ("ne-001#1", "ne-002#1"),
    ("ne-001#2", "ne-002#2"),
    ("ne-001#3", "ne-002#3"),
}
READ = {"bf-001", "bf-002", "ml-001", "ml-005", "ml-006", "ml-009", "ml-010", "ml-030", "ne-001", "ne-002"}


@cache
def measure():
    """Joined or not, by whether it should be: (same, joined) -> pairs."""
    counts = {(same, joined): 0 for same in (True, False) for joined in (True, False)}
    for pair in list_pairs():
        events = merge_readings([pair.one, pair.other], Ledger(), now=NOW).events
        counts[pair.is_same, len(events) == 1] += 1
    return counts


def test_the_close_pairs_of_the_gold_set_that_were_read_are_all_right():
    items = load_items()
    merged = merge_readings(items, Ledger(), now=NOW)
    home = {report_id: event.event_id for event in merged.events for report_id in event.report_ids}
    pairs = [(one, other) for one, other in list_close_pairs(items) if {one.article_id, other.article_id} <= READ]
    joined = {(a.report_id, b.report_id) for a, b in pairs if home[a.report_id] == home[b.report_id]}
    assert joined == SAME
    assert len(pairs) == 20


def test_false_merges_are_rarer_than_the_floor():
    counts = measure()
    assert sum(counts.values()) >= FEWEST_PAIRS
    assert counts[False, True] / (counts[False, True] + counts[False, False]) <= LARGEST_FALSE_SHARE


def test_missed_merges_are_rarer_than_the_floor():
    counts = measure()
    assert counts[True, False] / (counts[True, False] + counts[True, True]) <= LARGEST_MISSED_SHARE


def test_in_a_crowded_war_told_by_many_outlets_few_pairs_are_wrong():
    """Villages next to each other, days that follow, ripostes; other figures, places, days. `tests.merge.measure`."""
    counts = add_counts([measure_chronicle(seed) for seed in range(FIRST_SEED, FIRST_SEED + 3)])
    assert counts.pairs > 20_000
    assert counts.hard > 2_000
    assert counts.same > 2_000
    assert counts.false / counts.pairs <= 0.005
    assert counts.missed / counts.same <= 0.10
