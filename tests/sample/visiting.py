"""How the tests ask the sample site: real HTTP to the loopback port, the outlet's name in the Host header."""

from __future__ import annotations

from urllib.parse import urlsplit

import requests

from pipelines.sample import SampleSite

COURRIER = "http://courrier-du-delta.example"
ECHO = "http://www.echo-des-collines.example"
FLEUVE = "http://fleuve-quotidien.example"
ETAT_MAJOR = "http://www.etat-major-modele.example"


def visit(site: SampleSite, url: str, *, method: str = "GET", **headers: str) -> requests.Response:
    """The answer to one request, redirects not followed; header names with underscores for dashes."""
    parts = urlsplit(url)
    [(ip, port)] = site.resolve(parts.netloc, 80)
    sent = {"Host": parts.netloc, **{name.replace("_", "-"): value for name, value in headers.items()}}
    target = url.removeprefix(f"{parts.scheme}://{parts.netloc}") or "/"
    return requests.request(method, f"http://{ip}:{port}{target}", headers=sent, allow_redirects=False, timeout=20)
