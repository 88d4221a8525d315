"""HTTPS over the checked connection: the certificate is held against the name, though the address was chosen by us."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipelines.errors import FetchError
from pipelines.web import Limits
from tests.web.serving import Site, Talk, make_client, make_source, serve

ONCE = Limits(connect_s=2, read_s=1, total_s=1.5, attempts=1)
SOURCE = make_source(home="https://site.example/")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for site.example that vouches for itself, with its key behind it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "site.example")])
    start = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(start + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("site.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "site.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


@contextmanager
def serve_tls(routes, certificate: Path, names: list[str | None]) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda sock, name, ctx: names.append(name)
    with serve(routes, context=context) as site:
        yield site


def test_name_and_certificate_are_the_hosts(certificate: Path) -> None:
    names: list[str | None] = []
    with serve_tls({"/a": "news"}, certificate, names) as site:
        page = make_client(site, verify=str(certificate)).get("https://site.example/a", SOURCE)
        assert page.body == b"news"
        assert site.headers[-1]["Host"] == "site.example"
    assert set(names) == {"site.example"}


def test_a_certificate_of_another_name_is_refused(certificate: Path) -> None:
    source = make_source(home="https://autre.example/")
    with serve_tls({"/a": "news"}, certificate, []) as site:
        client = make_client(site, verify=str(certificate), limits=ONCE)
        with pytest.raises(FetchError, match="tls"):
            client.get("https://autre.example/a", source)
        assert site.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    with serve_tls({"/a": "news"}, certificate, []) as site:
        with pytest.raises(FetchError, match="tls"):
            make_client(site, limits=ONCE).get("https://site.example/a", SOURCE)
        assert site.asked == []


def drip(talk: Talk) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not talk.server.site.stop.wait(0.05):
        talk.raw(b"x")


def test_what_drips_under_tls_is_cut_off(certificate: Path) -> None:
    with serve_tls({"/a": drip}, certificate, []) as site:
        client = make_client(site, verify=str(certificate), limits=ONCE)
        with pytest.raises(FetchError) as caught:
            client.get("https://site.example/a", SOURCE)
    assert caught.value.code == "timeout"
