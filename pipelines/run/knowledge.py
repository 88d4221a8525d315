"""What the reader knows (lexicons, actors, places, corrections), and the reading of one article with it."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from socket import gethostname
from typing import NamedTuple

from pipelines.catalog.actors import Actors, load_actors
from pipelines.catalog.corrections import Corrections, load_corrections
from pipelines.catalog.country import Atlas, load_atlas
from pipelines.catalog.language import Lexicon, list_languages, load_language
from pipelines.errors import ConfigError, UsageError
from pipelines.models import Article, Issue, Reading
from pipelines.parse import parse_article
from pipelines.resolve import resolve_claims
from pipelines.settings import Settings

READER_FAILED = "reader_failed"  # the code of an article's issue when the reader itself broke on it
PACKAGE = Path(__file__).parent.parent
READER_PARTS = ("models.py", "mentions.py", "text.py", "parse", "resolve", "catalog")
RULE_SUFFIXES = frozenset({".py", ".yml", ".yaml", ".csv", ".tsv"})


class Knowledge(NamedTuple):
    """Everything declared that reading an article needs; loaded once, then only read."""

    lexicons: Mapping[str, Lexicon]
    actors: Actors
    atlas: Atlas
    corrections: Corrections
    version: str  # changes whenever a rule or a declared fact changes

    def side_of(self, name: str) -> str | None:
        """The side of a declared party, None for a name that nothing declares."""
        return next((actor.side for actor in self.actors if actor.name == name), None)


def load_knowledge(extra: Path | None = None, gazetteer: Path | None = None) -> Knowledge:
    """The shipped knowledge with the user's folder laid over it; raises ConfigError naming file and key."""
    return Knowledge(
        lexicons={code: load_language(code, extra) for code in list_languages(extra)},
        actors=load_actors(extra),
        atlas=load_atlas(extra, gazetteer),
        corrections=load_corrections(extra),
        version=fingerprint_reader(extra, gazetteer),
    )


class Rules(NamedTuple):
    """Where the knowledge of a run comes from, and its version: what a worker needs to load the same."""

    catalog: Path | None
    gazetteer: Path | None
    version: str


def state_rules(settings: Settings) -> Rules:
    """The rules of this run, as its workers are told them."""
    catalog, gazetteer = (path and path.absolute() for path in (settings.catalog, settings.gazetteer))
    return Rules(catalog, gazetteer, fingerprint_reader(catalog, gazetteer))


@lru_cache(maxsize=1)
def recall_knowledge(rules: Rules) -> Knowledge:
    """The knowledge by these rules, loaded once in each process; ConfigError where this machine has other rules."""
    knowledge = load_knowledge(rules.catalog, rules.gazetteer)
    if knowledge.version != rules.version:
        folders = ", ".join(str(folder) for folder in (rules.catalog, rules.gazetteer) if folder)
        remedy = f"install the same version there, and let it see the same {folders or 'catalog'}"
        raise ConfigError(f"a worker on {gethostname()} reads by other rules than this run does: {remedy}")
    return knowledge


@lru_cache(maxsize=1)
def keep_knowledge() -> None:
    """Once a process, after its first reading has compiled all: what is known now stays until the process ends.

    Else each full round of the garbage collector walks through a hundred thousand objects of which none ever goes.
    Whatever else is alive then is no longer looked through for cycles either; what is garbage already goes first.
    """
    gc.collect()
    gc.freeze()


def fingerprint_reader(extra: Path | None = None, gazetteer: Path | None = None) -> str:
    """A short digest of all rules and declared facts: a stored reading stands as long as it is the same."""
    digest = hashlib.sha256()
    for path in _list_rules(extra, gazetteer):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _list_rules(extra: Path | None, gazetteer: Path | None) -> Iterator[Path]:
    folders = [PACKAGE / part for part in READER_PARTS] + [folder for folder in (extra, gazetteer) if folder]
    for folder in folders:
        found = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
        yield from (path for path in found if path.suffix in RULE_SUFFIXES and "sources" not in path.parts)


def read_article(article: Article, knowledge: Knowledge) -> Reading:
    """All that one article says and what it means; raises UsageError for a language without a lexicon."""
    lexicon = knowledge.lexicons.get(article.language)
    if lexicon is None:
        known = ", ".join(sorted(knowledge.lexicons))
        raise UsageError(f"no lexicon for the language {article.language!r} (there are: {known})")
    parsed = parse_article(article, lexicon, knowledge.actors, knowledge.atlas)
    resolved = resolve_claims(parsed, article, lexicon, knowledge.actors, knowledge.atlas)
    return Reading(
        article_id=article.article_id,
        is_security=parsed.is_security,
        is_communique=parsed.is_communique,
        issuer=parsed.issuer,
        statement_date=resolved.statement_date,
        reports=tuple(resolved.reports),
        totals=tuple(resolved.totals),
        issues=tuple(replace(issue, article_id=article.article_id) for issue in (*parsed.issues, *resolved.issues)),
    )


def read_safely(article: Article, knowledge: Knowledge) -> Reading:
    """The reading, or an empty one whose issue says what went wrong: one article never stops the others."""
    try:
        return read_article(article, knowledge)
    except ConfigError:
        raise  # the rules themselves are wrong, not the article
    except Exception as error:
        code = "no_lexicon" if isinstance(error, UsageError) else READER_FAILED
        issue = Issue("parse", code, detail=f"{type(error).__name__}: {error}", article_id=article.article_id)
        return Reading(article.article_id, False, False, None, None, issues=(issue,))
