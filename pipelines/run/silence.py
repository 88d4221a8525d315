"""Why not: why an address has no article, an article no event, an event no row in the published data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipelines.archive import Archive
from pipelines.catalog.source import Source
from pipelines.errors import UsageError
from pipelines.mentions import Span
from pipelines.models import Article, Issue, Reading
from pipelines.page import Chapter, Fact, Word
from pipelines.parse.passing import find_passed_over
from pipelines.parse.triage import scorer, triage
from pipelines.publish import find_current
from pipelines.run.explain import explain_issue
from pipelines.run.failures import Failure, read_failures
from pipelines.run.knowledge import Knowledge
from pipelines.text import normalise
from pipelines.web import canonicalise_url, identify_article

SHOWN = 200  # characters of a sentence


def find_article(archive: Archive, url: str) -> Article | None:
    """The newest version of the article at an address, None if the archive has none."""
    try:
        versions = archive.versions(identify_article(url))
    except ValueError as error:
        raise UsageError(f"{url}: neither a file nor a web address") from error
    return versions[-1] if versions else None


def explain_absence(archive: Archive, url: str, sources: Iterable[Source]) -> Chapter:
    """Why the archive has no article of an address; raises UsageError if nothing is known of it."""
    address = canonicalise_url(url)
    failure = next((found for source in sources if (found := _find_failure(archive, source, {url, address}))), None)
    if failure is not None:
        issue = Issue(failure.stage, failure.code, failure.url, failure.detail)
        tried = Fact("tried", f"since {failure.since[:10]}, {failure.tries} times")
        return Chapter("Why no article", [explain_issue(issue), tried])
    if archive.is_forgotten(address):
        raise UsageError(f"{url}: was removed on request (communiques forget) and is not fetched again")
    if archive.latest(address) is not None:
        told = "the page is archived and was not read yet: communiques ingest"
        return Chapter("Why no article", [Fact("page", told)])
    raise UsageError(
        f"{url}: no page of this address is in the archive {archive.folder}; fetch what its source announces with "
        "communiques ingest --source ID, or name a file"
    )


def _find_failure(archive: Archive, source: Source, addresses: set[str]) -> Failure | None:
    failures = read_failures(archive, source.id)
    return next((failures[address] for address in addresses if address in failures), None)


def explain_silence(article: Article, reading: Reading, knowledge: Knowledge) -> list[Chapter]:
    """Why an article gave no event, or why some of its sentences came into none; nothing if all of them did."""
    lexicon = knowledge.lexicons[article.language]
    if not reading.is_security:
        return [Chapter("Why no event", [_explain_triage(article, knowledge)])]
    used = [span for report in reading.reports for span in report.evidence]
    used += [total.span for total in reading.totals]
    passed = find_passed_over(article, used, lexicon, knowledge.actors, knowledge.atlas)
    facts = [Fact("sentence", _shorten(over.span), reason="; ".join(over.reasons)) for over in passed]
    if reading.reports:
        return [Chapter("Passed over", facts)] if facts else []
    nothing = [Fact("sentences", "none tells of an act, of victims or of things taken")]
    return [Chapter("Why no event", facts or nothing)]


def _explain_triage(article: Article, knowledge: Knowledge) -> Fact:
    lexicon = knowledge.lexicons[article.language]
    told = triage(normalise(article.text).text, lexicon, has_title=bool(article.title))
    value = f"{told.score:.1f} points for security news, {scorer(lexicon).threshold:g} are needed"
    return Fact("triage", value, reason=", ".join(told.reasons) or "no word of an armed incident in it")


def _shorten(span: Span) -> str:
    words = " ".join(span.text.split())
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"


def explain_publication(article: Article, reading: Reading, data: Path) -> list[Chapter]:
    """Which published events rest on an article, and what quarantine holds of it."""
    release = find_current(data)
    facts = [
        Fact("event", row["event_id"], Word("place", row["location_text"]) if row["location_text"] else None)
        for row in _read_rows(release / "reports" if release else None, article)
    ]
    facts += [
        Fact("quarantine", row["event_id"], reason=row["expectation"])
        for row in _read_rows(data / "quarantine" / "reports", article)
    ]
    if reading.reports and not facts:
        facts = [Fact("event", "none yet", reason="communiques build publishes what was read")]
    return [Chapter("Published", facts)] if facts else []


def _read_rows(folder: Path | None, article: Article) -> list[dict[str, str]]:
    import pyarrow.compute as pc
    import pyarrow.dataset as ds

    if folder is None or not any(folder.rglob("*.parquet")):
        return []
    table = ds.dataset(folder, format="parquet").to_table(filter=pc.field("article_id") == article.article_id)
    rows: list[dict[str, str]] = table.to_pylist()
    return rows
