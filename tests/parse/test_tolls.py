"""Figures about people and things: sentences of our own, each with the rows that a coder would draw from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.export.gold import article_from_record, reading_to_gold
from pipelines.run.knowledge import Knowledge, load_knowledge, read_article

TITLE = "Mali : communiqué de l'armée sur une attaque de terroristes"


def read_cases(name: str) -> list[Any]:
    cases = yaml.safe_load((Path(__file__).parent / name).read_text("utf-8"))
    return [pytest.param(case["text"], case["rows"], id=str(number)) for number, case in enumerate(cases)]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def read_rows(text: str, knowledge: Knowledge, kind: str) -> list[dict[str, Any]]:
    record = {"id": "t", "country": "ML", "outlet": "t", "published": "2023-05-04", "title": TITLE, "text": text}
    article = article_from_record(record)
    return [
        row for event in reading_to_gold(read_article(article, knowledge), article)["events"] for row in event[kind]
    ]


@pytest.mark.parametrize(("text", "expected"), read_cases("tolls.yml"))
def test_tolls(text: str, expected: list[list[object]], knowledge: Knowledge) -> None:
    tolls = read_rows(text, knowledge, "tolls")
    rows = [[t["outcome"], t["side"], t["best"], *(["part"] if t.get("subset") else [])] for t in tolls]
    assert sorted(rows, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(("text", "expected"), read_cases("materiel.yml"))
def test_materiel(text: str, expected: list[list[object]], knowledge: Knowledge) -> None:
    rows = [[row["item"], row["quantity"], row["status"]] for row in read_rows(text, knowledge, "materiel")]
    assert sorted(rows, key=str) == sorted(expected, key=str)
