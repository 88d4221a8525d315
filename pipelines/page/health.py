"""The health of the data: who was heard and when, what was not understood, what was refused, how right it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.page.dataset import Dataset
from pipelines.page.details import drop_nulls
from pipelines.schema import load_tables

Row = dict[str, Any]
LONGEST_LIST = 100
ARTICLE_COLUMNS = ("outlet", "published_date", "fetched_at", "is_security", "is_communique")


def describe_health(dataset: Dataset, accuracy: Mapping[str, Any] | None) -> Row:
    """Everything of the data health page; `accuracy` is what `communiques evaluate --json` gives."""
    issues = dataset.read_rows("issues")
    articles = dataset.read_rows("articles", ARTICLE_COLUMNS)
    return {
        "rows": {name: dataset.count_rows(name) for name in load_tables()},
        "sources": _describe_sources(dataset.read_rows("sources"), articles),
        "issues": _count_issues(issues),
        "unresolved_places": _count_quotes(row for row in issues if "place" in row["code"]),
        "quarantine": _count_quarantine(dataset.quarantine),
        "expectations": dataset.manifest.get("expectations", []),
        "counts": dataset.manifest.get("counts", {}),
        "attribution": sorted({row["attribution"] for row in dataset.read_rows("places") if row["attribution"]}),
        "accuracy": dict(accuracy) if accuracy else None,
    }


def _describe_sources(sources: Iterable[Row], articles: Iterable[Row]) -> list[Row]:
    """Each source with its newest article and how many of its articles told of security events."""
    by_outlet: defaultdict[str, list[Row]] = defaultdict(list)
    for article in articles:
        by_outlet[article["outlet"]].append(article)
    return [drop_nulls({**source, **_summarise_articles(by_outlet[source["outlet"]])}) for source in sources]


def _summarise_articles(articles: Sequence[Row]) -> Row:
    return {
        "newest": max((row["published_date"] for row in articles if row["published_date"]), default=None),
        "fetched": max((row["fetched_at"] for row in articles if row["fetched_at"]), default=None),
        "security": sum(bool(row["is_security"]) for row in articles),
        "communiques": sum(bool(row["is_communique"]) for row in articles),
    }


def _count_issues(issues: Iterable[Row]) -> list[Row]:
    """How many issues of each kind, with one example of their words."""
    kinds: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in issues:
        kinds[row["stage"], row["code"]].append(row)
    ordered = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        {
            "stage": stage,
            "code": code,
            "count": len(rows),
            "example": next((row["quote"] for row in rows if row["quote"]), ""),
        }
        for (stage, code), rows in ordered
    ]


def _count_quotes(issues: Iterable[Row]) -> list[Row]:
    counted = Counter((row["quote"] or "", row["code"]) for row in issues)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [{"quote": quote, "code": code, "count": count} for (quote, code), count in ordered[:LONGEST_LIST]]


def _count_quarantine(folder: Path) -> list[Row]:
    """Refused rows by dataset and by the expectation that refused them."""
    counted: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.rglob("*.parquet")) if folder.is_dir() else ():
        dataset = path.relative_to(folder).parts[0].removesuffix(".parquet")
        counted.update((dataset, reason) for row in _read_reasons(path) for reason in row.split("; "))
    return [
        {"dataset": name, "expectation": reason, "count": count} for (name, reason), count in sorted(counted.items())
    ]


def _read_reasons(path: Path) -> list[str]:
    from pyarrow import parquet

    table = parquet.ParquetFile(path).read()
    if "expectation" not in table.column_names:
        return [""] * table.num_rows
    return [reason or "" for reason in table.column("expectation").to_pylist()]
