"""One new article against a whole year: `python -m benchmarks.bench_rebuild [MONTHS] [ARTICLES A MONTH]`.

Processor time of whole builds (read, merge, validate, publish), the validation's pages and the ledger included.
"""

from __future__ import annotations

import logging
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.bench_reading import list_relevant
from pipelines.archive import Archive
from pipelines.models import Article
from pipelines.run.build import ReadArticles, Shaped, publish_shaped, read_articles, shape_release
from pipelines.run.knowledge import Knowledge, load_knowledge, state_rules
from pipelines.run.opening import OpenRun, open_run
from pipelines.settings import Settings

FIRST = date(2024, 1, 1)
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
WORDS = tuple(f"mot{number}" for number in range(400))
FULL_DATE = re.compile(r" \d{1,2}(er)? [^\W\d]+ 20\d\d")  # weekdays stay, and move with the day of publication
COUNTRIES = ("ML", "BF", "NE")


def make_articles(texts: Sequence[str], months: int, monthly: int) -> Iterator[Article]:
    """The sample's security news told on other days, each with as many words of its own, so that few are copies."""
    chance = random.Random(1)  # noqa: S311 # drawings, not secrets
    for number in range(months * monthly + 1):
        title, _, body = FULL_DATE.sub("", texts[number % len(texts)]).partition("\n\n")
        own = " ".join(chance.choice(WORDS) for _ in range(len(body.split())))
        day = FIRST + timedelta(days=int(30.4 * months * (number * 7919 % (months * monthly)) / (months * monthly)))
        outlet, published = number % 40, datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=9)
        yield Article(
            f"{number:016x}", f"s{outlet}", f"Outlet {outlet}", COUNTRIES[outlet % 3],
            f"https://outlet{outlet}.example/{number}", "fr", title, f"{body}\n\n{own}", published, day,
            fetched_at=published + timedelta(hours=3), content_sha256=f"{number:064x}",
        )  # fmt: skip


def store_articles(data: Path, articles: Sequence[Article]) -> None:
    """Put articles into the archive."""
    with Archive(data, now=lambda: NOW) as archive, archive.together():
        for article in articles:
            archive.put_article(article)


def measure_build(data: Path, knowledge: Knowledge, *, hours: int) -> tuple[float, str]:
    """Seconds of processor time of one build, and what it did, step by step."""
    settings = Settings(data=data, fixed_now=NOW + timedelta(hours=hours))
    with open_run(settings) as run:
        begun = time.process_time()
        read = read_articles(run, state_rules(settings))
        steps = [time.process_time()]
        shaped = shape_release(run, knowledge, read)
        steps.append(time.process_time())
        told = _publish(run, shaped, read)
        steps.append(time.process_time())
    parts = [end - start for start, end in zip([begun, *steps], steps, strict=False)]
    words = ", ".join(f"{name} {part:.1f} s" for name, part in zip(("read", "shape", "publish"), parts, strict=True))
    return steps[-1] - begun, f"{told}; {words}"


def _publish(run: OpenRun, shaped: Shaped, read: ReadArticles) -> str:
    built = publish_shaped(run, shaped)
    if built.refusal:
        raise SystemExit(built.refusal)
    return f"{read.newly_read} of {built.articles} read, {built.events} events, {len(built.changed_partitions)} files"


def main(months: int, monthly: int) -> None:
    """Build all, add one article, build again, print both."""
    logging.disable()
    knowledge = load_knowledge()
    *articles, late = make_articles(list_relevant(knowledge.lexicons["fr"]), months, monthly)
    with tempfile.TemporaryDirectory() as name:
        data, small = Path(name) / "year", Path(name) / "small"
        store_articles(small, articles[:20])
        measure_build(small, knowledge, hours=0)  # imports
        store_articles(data, articles)
        full, told = measure_build(data, knowledge, hours=1)
        sys.stdout.write(f"everything      {full:7.1f} s  {told}\n")
        store_articles(data, [replace(late, published_date=articles[0].published_date)])
        once, told = measure_build(data, knowledge, hours=2)
        sys.stdout.write(f"one new article {once:7.1f} s  {told}\n{once / full:.1%} of a full rebuild\n")


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:]]
    main(asked[0] if asked else 12, asked[1] if len(asked) > 1 else 1000)
