"""How fast articles are read: python -m benchmarks.bench_reading [SECONDS]

Prints one JSON object of processor time, not of the clock's, so that a busy machine does not spoil it. What is asked:
a first look at 3,000 articles a second and the whole reading of 100 relevant articles of 300 words a second on one
core, loading in under a second, under 300 MB of memory, a cost that is linear in the text's length, and no line that
takes longer than others.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from pipelines.catalog.language import Lexicon, load_language
from pipelines.models import Article
from pipelines.parse.counts import find_counts
from pipelines.parse.dates import _read_dates as read_dates
from pipelines.parse.dates import find_dates
from pipelines.parse.sentences import split_sentences
from pipelines.parse.triage import look_at, triage
from pipelines.parse.words import split_unquoted, split_words
from pipelines.run.knowledge import Knowledge, load_knowledge, read_article
from pipelines.sample.article import read_articles
from pipelines.text import normalise

WORDS = 300
HOSTILE = 50_000  # characters
_UNIT = 600  # characters
SEEDS = (
    "le 5 et ", "du 1 au ", "lundi ", "dans la nuit du 5 au ", "1 000 ", "cent ", "une dizaine à ", "A. ", "- a\n",
    ".", "ABCD EFG\n\n", "Ã©", "&amp;", "<a ", " ", "\x00", "(", "« ", "terroristes tués à Gao, ", "région de Gao ",
)  # fmt: skip


def forget() -> None:
    """Empty what is kept of the last texts, so that each one costs its full price."""
    split_words.cache_clear()
    split_unquoted.cache_clear()
    read_dates.cache_clear()


def measure_rate(work: Callable[[str], object], texts: Sequence[str], seconds: float) -> float:
    """Texts a second of processor time."""
    done, begun = 0, time.process_time()
    while time.process_time() - begun < seconds:
        forget()
        for text in texts:
            work(text)
        done += len(texts)
    return done / (time.process_time() - begun)


def measure_once(text: str, knowledge: Knowledge) -> float:
    """Seconds of processor time that one article takes."""
    forget()
    begun = time.process_time()
    read_article(make_article(text), knowledge)
    return time.process_time() - begun


def measure_loading() -> tuple[Knowledge, float]:
    """All that is known, and the seconds until a first article is read with it."""
    begun = time.process_time()
    knowledge = load_knowledge(None)
    read_article(make_article("Gao\n\nDix soldats ont été tués lundi par des terroristes à Gao."), knowledge)
    return knowledge, time.process_time() - begun


def make_article(text: str) -> Article:
    """A text of the sample as an article of today's outlet."""
    title, _, body = text.partition("\n\n")
    day = date(2026, 3, 1)
    return Article("a", "s", "Outlet", "ML", "https://outlet.example/a", "fr", title, body, None, day)


def list_relevant(lexicon: Lexicon) -> list[str]:
    """The sample's security news, each brought to the same number of words by repeating its paragraphs."""
    articles = read_articles(datetime(2027, 1, 1, tzinfo=UTC))
    texts = [article.text for article in articles if triage(article.text, lexicon).is_security]
    return [_fill(text) for text in texts]


def _fill(text: str) -> str:
    title, _, body = text.partition("\n\n")
    times = max(1, round(WORDS / max(1, len(body.split()))))
    return title + "\n\n" + "\n\n".join(f"{body}\n\nSuite {number}." for number in range(times))


def read_spans(text: str, lexicon: Lexicon) -> None:
    """Sentences, dates and figures of a text."""
    mended = normalise(text).text
    dates = find_dates(mended, lexicon)
    find_counts(mended, lexicon, dates)
    split_sentences(mended, lexicon)


def measure_growth(knowledge: Knowledge, texts: Sequence[str]) -> dict[str, float]:
    """Milliseconds for 1,000 characters of an article of 1, 10 and 100 times the length: the same if cost is linear.

    The text is of many articles, as told-twice paragraphs are left out and would flatter; 600 characters are the unit,
    so that the longest is as long as the reader reads at all.
    """
    story = "\n\n".join(texts)
    took = {}
    for times in (1, 10, 100):
        text = story[: _UNIT * times]
        took[f"x{times}"] = round(min(measure_once(text, knowledge) for _ in range(3)) * 1e6 / len(text), 2)
    return took


def measure_memory() -> int:
    """Megabytes that this process took at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure_hostile(knowledge: Knowledge) -> dict[str, float]:
    """The slowest of the hostile lines, and its seconds."""
    took = {seed: measure_once("T\n\n" + seed * (HOSTILE // len(seed)), knowledge) for seed in SEEDS}
    slowest = max(took, key=lambda seed: took[seed])
    return {slowest: round(took[slowest], 3)}


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    knowledge, loading = measure_loading()
    lexicon = load_language("fr")
    texts = list_relevant(lexicon)
    answer = {
        "articles": len(texts),
        "words_mean": round(sum(len(text.split()) for text in texts) / len(texts)),
        "loading_s": round(loading, 2),
        "first_look_per_s": round(measure_rate(lambda text: look_at(text, lexicon), texts, seconds)),
        "triage_per_s": round(measure_rate(lambda text: triage(normalise(text).text, lexicon), texts, seconds)),
        "spans_per_s": round(measure_rate(lambda text: read_spans(text, lexicon), texts, seconds)),
        "reading_per_s": round(measure_rate(lambda text: read_article(make_article(text), knowledge), texts, seconds)),
        "growth_ms_per_1000_characters": measure_growth(knowledge, texts),
        "slowest_hostile_s": measure_hostile(knowledge),
        "memory_mb": measure_memory(),
    }
    print(json.dumps(answer, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
