"""Readings at the Sahel's density: about fourteen reports a day and country, a third of them of shared incidents."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

from pipelines.mentions import Figure, Span
from pipelines.models import Article, Party, Reading, Report, Toll, When, Where
from pipelines.schema.records import ReadArticle

COUNTRIES = ("ML", "BF", "NE")
NAMES = {"ML": "Mali", "BF": "Burkina Faso", "NE": "Niger"}
REPORTS_A_DAY = 14
WORDS = tuple(f"mot{number}" for number in range(400))
TYPES = ("Armed clash", "Air/drone strike", "Attack", "Remote explosive/landmine/IED", "Arrests")
REGIONS = {"ML": ("Ségou",), "BF": ("Soum",), "NE": ("Tillabéri",)}


def make_items(size: int, seed: int = 1) -> list[ReadArticle]:
    """Articles of one or two reports each, `size` reports in all."""
    chance = random.Random(seed)  # noqa: S311 # drawings, not secrets
    incidents = size * 2 // 3
    days = max(1, size // (REPORTS_A_DAY * len(COUNTRIES)))
    drawn = [_draw_incident(chance, days) for _ in range(incidents)]
    told = drawn + [chance.choice(drawn) for _ in range(size - incidents)]
    chance.shuffle(told)
    return [_tell(number, incident, chance) for number, incident in enumerate(told)]


def _draw_incident(chance: random.Random, days: int) -> dict[str, object]:
    country = chance.choice(COUNTRIES)
    place = chance.randrange(300)
    return {
        "country": country,
        "day": date(2022, 1, 1) + timedelta(days=chance.randrange(days)),
        "place": f"{country}-{place}",
        "point": (12 + place % 20 / 4, -8 + place // 20 / 2),
        "type": chance.choice(TYPES),
        "best": chance.choice([None, None, 1, 2, 3, 4, 6, 8, 12, 20, 40]),
        "words": [chance.choice(WORDS) for _ in range(30)],
    }


def _tell(number: int, incident: dict[str, object], chance: random.Random) -> ReadArticle:
    words = [word if chance.random() < 0.8 else chance.choice(WORDS) for word in incident["words"]]  # type: ignore[attr-defined] # a plain dict of one drawing
    sentence = " ".join(words)
    filler = " ".join(chance.choice(WORDS) for _ in range(120))
    day: date = incident["day"]  # type: ignore[assignment] # a plain dict of one drawing
    published = day + timedelta(days=1)
    country = str(incident["country"])
    article = Article(
        article_id=f"{number:016x}",
        source_id=f"s{number % 40}",
        outlet=f"Outlet {number % 40}",
        outlet_country=country,
        url=f"https://outlet{number % 40}.example/{number}",
        language="fr",
        title="Titre",
        body=f"{sentence} {filler}",
        published_at=datetime.combine(published, time(9), tzinfo=UTC),
        published_date=published,
        fetched_at=datetime.combine(published, time(12), tzinfo=UTC),
        content_sha256=f"{number:064x}",
    )
    start = article.text.index(sentence)
    span = Span(start, start + len(sentence), sentence)
    report = _make_report(article, span, incident, country, day)
    return ReadArticle(article, Reading(article.article_id, True, False, None, published, (report,)))


def _make_report(article: Article, span: Span, incident: dict[str, object], country: str, day: date) -> Report:
    best = incident["best"]
    latitude, longitude = incident["point"]  # type: ignore[misc] # a plain dict of one drawing
    first = Span(span.start, span.start + len(span.text.split()[0]), span.text.split()[0])
    tolls = (Toll("killed", "non-state", Figure(best, best, best, first, "number"), first),) if best is not None else ()  # type: ignore[arg-type] # a plain dict of one drawing
    return Report(
        report_id=f"r{article.article_id}",
        claim_id=f"c{article.article_id}",
        article_id=article.article_id,
        trigger=span,
        sub_event_type=str(incident["type"]),
        when=When(day, day, "day", "explicit"),
        where=Where(
            "at", country, REGIONS[country][0], location=str(incident["place"]), latitude=latitude, longitude=longitude
        ),
        initiator=Party(f"Military Forces of {NAMES[country]}", "state", first, country),
        target=Party(f"Unidentified Armed Group ({NAMES[country]})", "non-state", first, country),
        others=(),
        tolls=tolls,
        materiel=(),
        claimant="État-major général des armées",
        evidence=(span,),
    )
