"""What a build leaves beside its release, with the sample's articles and a real S3 server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import boto3
import pandas as pd
import pytest
from moto.server import ThreadedMotoServer

from pipelines.run.build import publish_shaped, read_articles, shape_release
from pipelines.run.knowledge import Knowledge, load_knowledge, state_rules
from pipelines.run.opening import close_run
from pipelines.run.summary import BuildSummary, RunSummary
from pipelines.settings import change_environment
from tests.run.test_ingest import SAMPLE, ingest, visit


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture
def bucket() -> Iterator[str]:
    """The name of a bucket on a server that boto3 is led to by the standard variables."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    told = {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_REGION": "us-east-1", "AWS_MAX_ATTEMPTS": "1"}
    with change_environment({**told, **dict.fromkeys(names, "test"), "AWS_DEFAULT_REGION": "us-east-1"}):
        boto3.client("s3").create_bucket(Bucket="sahel")
        yield "sahel"
    server.stop()


def build(run, knowledge: Knowledge, **settings: object) -> RunSummary:
    """A build without Prefect; settings are laid over those of the run."""
    run = run._replace(settings=replace(run.settings, **settings))
    shaped = shape_release(run, knowledge, read_articles(run, state_rules(run.settings)))
    return close_run(run, built=publish_shaped(run, shaped))


def test_the_validation_is_told_and_its_pages_are_there(tmp_path, knowledge):
    with visit(tmp_path) as (run, _):
        ingest(run, SAMPLE["echo-des-collines"])
        summary = build(run, knowledge)
    page = tmp_path / "validation" / "summary.html"
    assert f"validation: {page}" in summary.describe()
    assert run.run_id in page.read_text()
    assert "Great Expectations" in (tmp_path / "validation" / "data-docs" / "index.html").read_text()


def test_the_lookup_tables_know_what_the_catalog_knows(tmp_path, knowledge):
    with visit(tmp_path) as (run, _):
        ingest(run, SAMPLE["echo-des-collines"])
        build(run, knowledge)
    actors = pd.read_parquet(tmp_path / "current" / "actors")
    assert actors["country_code"].notna().any()


def test_a_run_mirrors_its_release_and_a_bucket_that_is_gone_is_told(tmp_path, knowledge, bucket):
    with visit(tmp_path) as (run, _):
        ingest(run, SAMPLE["echo-des-collines"])
        assert build(run, knowledge, mirror=f"s3://{bucket}/data").exit_status == 0
        client = boto3.client("s3")
        keys = {entry["Key"] for entry in client.list_objects_v2(Bucket=bucket, Prefix="data/")["Contents"]}
        current = (tmp_path / "current").resolve()
        assert keys == {f"data/{path.relative_to(current)}" for path in current.rglob("*") if path.is_file()}
        later = run._replace(started_at=run.started_at + timedelta(hours=1))
        lost = build(later, knowledge, mirror="s3://nowhere")
    assert (lost.exit_status, lost.is_degraded, lost.is_refused) == (1, True, False)
    assert "not mirrored: s3://nowhere" in lost.describe()
    assert (tmp_path / "current").resolve() == current


def test_a_refusal_names_the_page_that_shows_why():
    built = BuildSummary(refusal="too few events", validation="data/validation/summary.html")
    words = RunSummary("r", pd.Timestamp(0), pd.Timestamp(0), build=built).describe()
    assert words == "nothing published: too few events; validation: data/validation/summary.html"
