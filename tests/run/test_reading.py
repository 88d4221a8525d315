"""Batches of articles read."""

from __future__ import annotations

import gc
from datetime import date

from pipelines.models import Article
from pipelines.run.knowledge import state_rules
from pipelines.run.reading import Batch, read_batch
from pipelines.settings import Settings

KNOWN = 10_000  # objects; all that is known is many times more


def test_a_batch_is_read_in_its_order_and_what_is_known_is_walked_no_more() -> None:
    bodies = ("Le prix du mil augmente.", "Dix soldats ont été tués lundi par des terroristes à Gao.")
    articles = [
        Article(str(number), "s", "O", "ML", f"https://o.example/{number}", "fr", "", body, None, date(2026, 3, 3))
        for number, body in enumerate(bodies)
    ]
    readings = read_batch(Batch(tuple(articles), state_rules(Settings())))
    assert [(reading.article_id, reading.is_security) for reading in readings] == [("0", False), ("1", True)]
    assert gc.get_freeze_count() > KNOWN
