"""The sample site beside a stack: what its runs must be told, a gate that holds them, what they published."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from pipelines.sample import SOURCES, SampleSite
from pipelines.sample.exchange import Answer, Ask

SLOW_SECONDS = 15  # for an answer; a client gives up after 30


def describe_site(site: SampleSite, data: Path) -> dict[str, str]:
    """The settings under which a worker's runs meet the sample site."""
    return {
        "COMMUNIQUES_DATA": str(data),
        "COMMUNIQUES_SOURCES": str(SOURCES),
        "COMMUNIQUES_HOSTS": f"*.example=127.0.0.1:{site.port}",
        "COMMUNIQUES_NOW": site.now.isoformat(),
        "COMMUNIQUES_RETRIES": "0",
    }


class Gate:
    """While it is shut, a host of the site takes its time with every answer."""

    def __init__(self) -> None:
        self.held = threading.Event()
        self.opened = threading.Event()

    def open(self) -> None:
        """Let everybody through from now on."""
        self.opened.set()


@contextmanager
def shut_gate(site: SampleSite, host: str) -> Iterator[Gate]:
    """A gate before a host of the site for the block; `held` says that somebody has come to it."""
    gate = Gate()

    def answer(ask: Ask) -> Answer:
        if ask.host == host and ask.path != "/robots.txt" and not gate.opened.is_set():
            gate.held.set()
            gate.opened.wait(SLOW_SECONDS)
        return SampleSite.answer(site, ask)

    site.answer = answer
    try:
        yield gate
    finally:
        gate.open()
        del site.answer


def read(data: Path, dataset: str) -> pd.DataFrame:
    """A published dataset, as an analyst reads it."""
    return pd.read_parquet(data / "current" / dataset)
