"""A bucket as mirror, against a real S3 server on loopback."""

import json

import boto3
import pyarrow.parquet as pq
import pytest
from botocore.config import Config
from moto.server import ThreadedMotoServer

from pipelines.errors import DataFolderError, LockedError, UsageError
from pipelines.publish import mirror_release
from tests.merge.factories import NOW
from tests.publish.steps import publish_items
from tests.publish.test_release import DAY, items


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


class Bucket:
    """One bucket, and a count of what is sent to it; `fail_after` breaks the connection off."""

    def __init__(self, endpoint, name):
        self.client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 1}),
        )
        self.client.create_bucket(Bucket=name)
        self.name = name
        self.address = f"s3://{name}/sahel"

    def files(self):
        listed = self.client.list_objects_v2(Bucket=self.name).get("Contents", [])
        return {e["Key"]: self.client.get_object(Bucket=self.name, Key=e["Key"])["Body"].read() for e in listed}


@pytest.fixture
def bucket(server, request):
    return Bucket(server, f"b{abs(hash(request.node.name)) % 10**9}")


def expected(release):
    return {f"sahel/{p.relative_to(release.path)}": p.read_bytes() for p in release.path.rglob("*") if p.is_file()}


def test_a_bucket_holds_the_release_and_then_only_what_changed_is_sent(tmp_path, bucket):
    first = publish_items(items(), tmp_path)
    sent = mirror_release(first.path, bucket.address, bucket.client)
    assert bucket.files() == expected(first)
    assert sent.present == 0
    second = publish_items(items(9), tmp_path, now=NOW + DAY, run_id="run-2")
    again = mirror_release(second.path, bucket.address, bucket.client)
    assert bucket.files() == expected(second)
    assert again.sent == len([path for path in second.changed if (second.path / path).exists()])
    assert mirror_release(second.path, bucket.address, bucket.client) == (0, len(second.manifest["files"]), 0)


def test_objects_that_are_no_longer_listed_go(tmp_path, bucket):
    mirror_release(publish_items(items(9), tmp_path).path, bucket.address, bucket.client)
    fewer = publish_items(items(2), tmp_path, now=NOW + DAY)
    assert mirror_release(fewer.path, bucket.address, bucket.client).removed > 0
    assert bucket.files() == expected(fewer)


def test_a_mirror_that_broke_off_goes_on_where_it_stopped(tmp_path, bucket):
    release = publish_items(items(), tmp_path)
    calls = []

    def break_off(**kwargs):
        calls.append(kwargs)
        if len(calls) > 5:
            raise OSError("the cable was pulled")

    bucket.client.meta.events.register("before-send.s3.PutObject", break_off)
    with pytest.raises((OSError, DataFolderError)):
        mirror_release(release.path, bucket.address, bucket.client)
    bucket.client.meta.events.unregister("before-send.s3.PutObject", break_off)
    assert "sahel/manifest.json" not in bucket.files()
    rest = mirror_release(release.path, bucket.address, bucket.client)
    assert rest.present == 5
    assert bucket.files() == expected(release)


def test_two_mirrors_at_once_the_second_is_told(tmp_path, bucket):
    release = publish_items(items(2), tmp_path)
    mirror_release(release.path, bucket.address, bucket.client)
    other = publish_items(items(3), tmp_path, now=NOW + DAY)

    def overtake(params, **kwargs):
        if params["Key"].endswith("README.md"):
            body = json.dumps({"files": []}).encode()
            bucket.client.meta.events.unregister("before-parameter-build.s3.PutObject", overtake)
            bucket.client.put_object(Bucket=bucket.name, Key="sahel/manifest.json", Body=body)

    bucket.client.meta.events.register("before-parameter-build.s3.PutObject", overtake)
    with pytest.raises(LockedError, match="meanwhile"):
        mirror_release(other.path, bucket.address, bucket.client)
    mirror_release(other.path, bucket.address, bucket.client)
    assert bucket.files() == expected(other)


@pytest.mark.parametrize("address", ["s3:/x", "http://bucket", "bucket", "s3://"])
def test_an_address_that_is_no_bucket(tmp_path, bucket, address):
    with pytest.raises(UsageError, match="is no bucket"):
        mirror_release(publish_items(items(1), tmp_path).path, address, bucket.client)


def test_a_bucket_that_is_not_there(tmp_path, bucket):
    with pytest.raises(DataFolderError, match="run again"):
        mirror_release(publish_items(items(1), tmp_path).path, "s3://nowhere/x", bucket.client)


def test_what_is_in_the_bucket_can_be_read_as_parquet(tmp_path, bucket):
    release = publish_items(items(2), tmp_path)
    mirror_release(release.path, bucket.address, bucket.client)
    import io

    body = bucket.files()["sahel/events/country=ML/year=2024/month=1/part-0.parquet"]
    assert pq.read_table(io.BytesIO(body)).num_rows == 2
