"""What Prefect adds: `python -m benchmarks.bench_overhead [PAGES]`, on an otherwise idle machine.

The same pages are fetched from a site on loopback, read, merged, validated and published twice: once by calling
`pipelines.run` directly with as many threads, once as the flow `pipeline` on a Prefect server that runs already. Then
the command itself, with a server of its own: from its start to the first request that the site sees, and a whole
`communiques run` with nothing new.
"""

from __future__ import annotations

import logging
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from benchmarks.bench_offline import NOW, make_page
from pipelines.run.build import publish_shaped, read_articles, shape_release
from pipelines.run.ingest import ingest_source
from pipelines.run.knowledge import recall_knowledge, state_rules
from pipelines.run.opening import close_run, open_run
from pipelines.settings import change_environment, describe_prefect, read_settings

SITES = 10
LANES = 10
SOURCE = """
name: {name}
country: ML
kind: press
home: http://{name}.example/
discover: [sitemap]
min_delay_s: 0
allow_private: true
"""


class Site(ThreadingHTTPServer):
    """Ten hosts with a sitemap and their share of the pages; `asked` holds when and what was asked."""

    request_queue_size = 128

    def __init__(self, pages: int) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        chance = random.Random(1)  # noqa: S311 - the same pages each time
        self.bodies = {f"/{number}/": make_page(number, chance).body for number in range(pages)}
        self.asked: list[tuple[float, str]] = []

    def answer(self, host: str, path: str) -> bytes | None:
        """The body of an address, None if there is none."""
        self.asked.append((time.time(), path))
        if path == "/sitemap.xml":
            mine = [name for name in self.bodies if int(name.strip("/")) % SITES == int(host[1])]
            return ("<urlset>" + "".join(map(partial(_list_page, host), mine)) + "</urlset>").encode()
        return self.bodies.get(path)


def _list_page(host: str, path: str) -> str:
    day = NOW - timedelta(hours=int(path.strip("/")))
    return f"<url><loc>http://{host}{path}</loc><lastmod>{day.isoformat()}</lastmod></url>"


class _Answer(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        body = self.server.answer(self.headers["Host"].partition(":")[0], self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/xml" if self.path.endswith("xml") else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def serve_site(pages: int, folder: Path) -> Iterator[tuple[Site, dict[str, str]]]:
    """The site, and the settings that lead to it."""
    site = Site(pages)
    Thread(target=site.serve_forever, daemon=True).start()
    (folder / "sources" / "ml").mkdir(parents=True)
    for number in range(SITES):
        (folder / "sources" / "ml" / f"s{number}.yml").write_text(SOURCE.format(name=f"s{number}").lstrip())
    yield (
        site,
        {
            "COMMUNIQUES_SOURCES": str(folder / "sources"),
            "COMMUNIQUES_HOSTS": f"*.example=127.0.0.1:{site.server_address[1]}",
            "COMMUNIQUES_NOW": (NOW + timedelta(days=1)).isoformat(),
            "COMMUNIQUES_ENGINE": "threads",
        },
    )
    site.shutdown()


def run_directly() -> Any:
    """The pipeline without Prefect."""
    with open_run(read_settings()) as run:
        rules = state_rules(run.settings)
        ingest = partial(ingest_source, client=run.client, archive=run.archive, now=run.started_at)
        with ThreadPoolExecutor(LANES) as pool:
            ingested = list(pool.map(ingest, run.sources))
        shaped = shape_release(run, recall_knowledge(rules), read_articles(run, rules))
        return close_run(run, ingested, publish_shaped(run, shaped))


def run_flow() -> Any:
    """The pipeline as a flow."""
    from flows import find_flow

    return find_flow("pipeline")()


def measure(name: str, work: Callable[[], Any], folder: Path) -> float:
    """Seconds of one run into a fresh folder, and what it did."""
    with change_environment({"COMMUNIQUES_DATA": str(folder / name)}):
        begun, cpu = time.perf_counter(), time.process_time()
        summary = work()
        seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    fetched = sum(source.fetched for source in summary.sources)
    sys.stdout.write(f"{name:14} {seconds:6.1f} s, {cpu:6.1f} s of processor  {fetched} pages fetched\n")
    return cpu


def compare(folder: Path, rounds: int = 3) -> None:
    """Directly and as a flow, in turns; the shares are of processor time, which other programs disturb less."""
    home = folder / "prefect"
    with change_environment({**describe_prefect(read_settings()), "PREFECT_HOME": str(home)}):
        from flows.server import serve_prefect

        with serve_prefect(home):
            measure("warm-up", run_flow, folder)
            direct = min(measure(f"direct-{n}", run_directly, folder) for n in range(rounds))
            flow = min(measure(f"flow-{n}", run_flow, folder) for n in range(rounds))
    sys.stdout.write(f"Prefect adds {flow / direct - 1:.1%} to the same work\n")


def time_command(site: Site, data: Path) -> None:
    """`communiques run`: when its first request comes, and how long it takes with nothing new."""
    command = [Path(sys.executable).parent / "communiques", "run", "--data", str(data)]
    for name in ("first run", "nothing new"):
        site.asked.clear()
        begun = time.time()
        done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
        seconds, first = time.time() - begun, min(moment for moment, _ in site.asked) - begun
        sys.stdout.write(f"{name}: first request after {first:.1f} s, {len(site.asked)} requests, {seconds:.1f} s\n")
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr)


def main(pages: int) -> None:
    """Serve, run, tell."""
    logging.disable()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serve_site(pages, folder) as (site, told), change_environment(told):
            compare(folder)
            time_command(site, folder / "command")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
