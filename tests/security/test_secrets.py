"""Secrets stay in the environment: a canary in each of them is in nothing that a run writes, says or hands on."""

from __future__ import annotations

import gzip
import logging
import zlib
from pathlib import Path

import pytest

from pipelines.settings import change_environment
from tests.end_to_end.conftest import World, empty_world, first, prefect_server, world
from tests.flows.stack import find_port, send_request

pytestmark = pytest.mark.xdist_group("end_to_end")
__all__ = ["empty_world", "first", "prefect_server", "world"]  # fixtures

CANARY = "canary-3f9d1c"
SECRETS = {
    "AWS_ACCESS_KEY_ID": f"id-{CANARY}",
    "AWS_SECRET_ACCESS_KEY": f"key-{CANARY}",
    "AWS_SESSION_TOKEN": f"token-{CANARY}",
    "PREFECT_API_KEY": f"prefect-{CANARY}",
    "COMMUNIQUES_NOTIFY": f"mailtos://user:{CANARY}@mail.example?to=desk@mail.example",
    "HTTP_PROXY_PASSWORD": f"proxy-{CANARY}",
}


def find_canary(folder: Path) -> list[Path]:
    """The files that hold the canary, packed ones opened."""
    return [path for path in folder.rglob("*") if path.is_file() and CANARY.encode() in _unpack(path.read_bytes())]


def _unpack(data: bytes) -> bytes:
    plain = data
    while data.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(wbits=31)
        plain += unpacker.decompress(data)
        data = unpacker.unused_data
    return plain


def test_the_canary_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(b"calm") + gzip.compress(CANARY.encode()))
    (tmp_path / "b.json").write_text("calm")
    assert find_canary(tmp_path) == [tmp_path / "a.warc.gz"]


@pytest.mark.slow
def test_no_secret_leaves_the_environment(
    world: World, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.settings import PREFECT_API_URL

    monkeypatch.setattr(logging.getLogger("pipelines"), "propagate", True)
    nowhere = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{find_port()}",
        "AWS_REGION": "eu-west-1",
        "AWS_MAX_ATTEMPTS": "1",
    }
    told = {**SECRETS, **nowhere, "COMMUNIQUES_MIRROR": "s3://bucket/prefix", "COMMUNIQUES_ENGINE": "processes"}
    with change_environment(told), caplog.at_level(logging.DEBUG, logger="pipelines"):
        outcome = world.run(later=True)
    assert outcome.summary is not None
    assert outcome.summary.build is not None
    assert outcome.summary.build.mirror_error, "the bucket is not there, and that is told"
    said = capfd.readouterr()
    assert CANARY not in said.out + said.err + caplog.text + repr(outcome.summary) + str(outcome.state)
    assert find_canary(world.data) == []
    address = PREFECT_API_URL.value()
    for what in ("flow_runs", "task_runs", "logs", "artifacts", "block_documents"):
        assert CANARY.encode() not in send_request(str(address), "POST", f"{what}/filter", {}), what
    for request in outcome.requests:
        assert CANARY not in repr(request.headers)
