"""WARC -> article -> triage on one core, one page in twenty relevant: `python -m benchmarks.bench_offline [PAGES]`."""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pipelines.archive import Archive
from pipelines.catalog.language import load_language
from pipelines.catalog.source import Source
from pipelines.discover import list_warcs, read_warc
from pipelines.extract import extract_article, is_worth_reading
from pipelines.models import Page
from pipelines.parse.triage import look_at, triage

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SOURCE = Source.model_validate(
    {"id": "site", "name": "Le Site", "country": "ML", "kind": "press", "home": "https://site.example/",
     "discover": ["sitemap"]}
)  # fmt: skip
RELEVANT_EVERY = 20
CALM = (
    "Le maire a remis des fournitures aux écoliers du quartier. La fête a duré jusqu'au soir.",
    "Le prix du mil a baissé sur le marché central, selon les commerçants de la place.",
    "L'équipe nationale prépare son match de samedi au stade, sous une forte chaleur.",
    "Un atelier a réuni les éleveurs et les services techniques autour de la vaccination du bétail.",
    "La route entre les deux communes sera bitumée avant la saison des pluies, promet le ministère.",
)
GRAVE = (
    "Des terroristes ont attaqué le poste militaire dans la nuit de lundi à mardi, selon l'état-major des armées.",
    "Douze assaillants ont été neutralisés et deux pick-up armés ont été détruits par une frappe aérienne.",
    "Trois soldats ont été tués dans l'explosion d'un engin explosif improvisé au passage du convoi.",
)
STYLE = "<style>" + ".entry{color:#222;margin:0 auto}" * 300 + "</style>"
SCRIPT = "<script>" + "window.x=window.x||[];function f(a){return a<3}\n" * 400 + "</script>"
MENU = "".join(
    f'<li class="menu-item-{n}"><a href="/rubrique/{n}"><span>Rubrique {n}</span></a></li>' for n in range(150)
)

Value = TypeVar("Value")


def make_page(number: int, chance: random.Random) -> Page:
    """A page of about 45 KB, as the themes of these outlets make them."""
    is_relevant = number % RELEVANT_EVERY == 0
    pool = GRAVE if is_relevant else CALM
    text = "".join(f"<p>{chance.choice(pool)} {chance.choice(pool)} {chance.random():.9f}</p>" for _ in range(8))
    title = f"{'Attaque' if is_relevant else 'Vie locale'} {number}"
    day = NOW - timedelta(hours=number)
    html = (
        f"<!doctype html><html lang=fr><head><meta charset=utf-8><title>{title} - Le Site</title>{STYLE}{SCRIPT}"
        f'<meta property="article:published_time" content="{day.isoformat()}"></head><body><nav><ul>{MENU}</ul></nav>'
        f"<article><h1>{title}</h1>{text}</article><aside><ul>{MENU}</ul></aside>{SCRIPT}</body></html>"
    )
    body = html.encode()
    url = f"https://site.example/{number}/"
    return Page("site", url, url, NOW, 200, (("Content-Type", "text/html"),), body, sha256(body).hexdigest())


def write_archive(folder: Path, pages: int) -> None:
    """An archive of that many pages."""
    chance = random.Random(1)  # noqa: S311 - the same pages each time
    with Archive(folder, now=lambda: NOW) as archive, archive.together():
        for number in range(pages):
            archive.store(make_page(number, chance))


def read_archive(folder: Path) -> Counter[str]:
    """Go through all pages; gives seconds by step and counts."""
    lexicon = load_language("fr")
    spent: Counter[str] = Counter()

    def measure(step: str, work: Callable[[], Value]) -> Value:
        started = time.process_time()
        value = work()
        spent[step] += time.process_time() - started
        return value

    for file in list_warcs([folder]):
        pages = read_warc(file, [SOURCE])
        while page := measure("read", lambda pages=pages: next(pages, None)):
            spent["pages"] += 1
            if not measure("look", lambda page=page: is_worth_reading(page, lambda text: look_at(text, lexicon))):
                continue
            article = measure("extract", lambda page=page: extract_article(page, None, SOURCE))
            found = measure("triage", lambda article=article: triage(article.text, lexicon))
            spent["relevant"] += found.is_security
    return spent


def main(pages: int) -> None:
    """Write, read, tell."""
    with tempfile.TemporaryDirectory() as name:
        write_archive(Path(name), pages)
        extract_article(make_page(0, random.Random(2)), None, SOURCE)  # noqa: S311 - only for its imports
        spent = read_archive(Path(name))
    seconds = sum(spent[step] for step in ("read", "look", "extract", "triage"))
    shares = "  ".join(f"{step} {spent[step] / seconds:.0%}" for step in ("read", "look", "extract", "triage"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{spent['pages']:.0f} pages, {spent['relevant']:.0f} relevant: {spent['pages'] / seconds:.0f} pages/s "
        f"({shares}), at most {memory:.0f} MB\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
