"""S3-compatible storage: one bucket and prefix, to which a file is sent unless it lies there already."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pipelines.errors import UsageError


class Bucket(NamedTuple):
    """A place in a bucket; `client` is a boto3 S3 client."""

    client: Any
    name: str
    prefix: str

    def key(self, path: str) -> str:
        """The key of the object that a file below the prefix is."""
        return f"{self.prefix}/{path}" if self.prefix else path


def open_bucket(address: str, client: Any = None) -> Bucket:
    """The place at s3://bucket/prefix; without a client, as boto3 finds keys and endpoint (AWS_ENDPOINT_URL …)."""
    parts = urlsplit(address)
    if parts.scheme != "s3" or not parts.netloc:
        raise UsageError(f"{address!r} is no bucket: write s3://bucket or s3://bucket/folder")
    if client is None:
        import boto3

        client = boto3.client("s3")
    return Bucket(client, parts.netloc, parts.path.strip("/"))


def send_file(bucket: Bucket, file: Path, path: str, sha256: str) -> bool:
    """Send a file as the object of a path; False if the bucket holds it already, by its size and checksum."""
    from botocore.exceptions import ClientError

    key = bucket.key(path)
    try:
        head = bucket.client.head_object(Bucket=bucket.name, Key=key)
        if head["Metadata"].get("sha256") == sha256 and head["ContentLength"] == file.stat().st_size:
            return False
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("404", "NoSuchKey"):
            raise
    with file.open("rb") as body:
        bucket.client.put_object(Bucket=bucket.name, Key=key, Body=body, Metadata={"sha256": sha256})
    return True
