"""A bucket that mirrors a release: changed objects first, the manifest last and only if nobody else has moved on.

Objects keep their paths below the prefix. A mirror that broke off goes on where it stopped: what the bucket's manifest
lists, and what carries the right checksum already, is not sent again. Objects that are no longer listed go last.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.errors import DataFolderError, LockedError
from pipelines.publish.manifest import MANIFEST, FileEntry, list_entries, read_manifest
from pipelines.publish.verify import BESIDE
from pipelines.web import Bucket, open_bucket, send_file


class Mirrored(NamedTuple):
    """How many objects were sent, found in place, and removed."""

    sent: int
    present: int
    removed: int


def mirror_release(folder: Path, address: str, client: Any = None) -> Mirrored:
    """Let `address` (s3://bucket/prefix) hold the release; `client` as in `open_bucket`.

    LockedError if another mirror finished meanwhile, DataFolderError if the bucket cannot be used.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    bucket = open_bucket(address, client)
    entries = list_entries(read_manifest(folder))
    try:
        etag, known = _read_remote(bucket)
        changed = [entry for entry in entries if known.get(entry.path) != entry]
        sent = sum(send_file(bucket, folder / entry.path, entry.path, entry.sha256) for entry in changed)
        for name in sorted(BESIDE - {MANIFEST}):
            bucket.client.put_object(Bucket=bucket.name, Key=bucket.key(name), Body=(folder / name).read_bytes())
        _send_manifest(bucket, folder, etag)
        gone = sorted(known.keys() - {entry.path for entry in entries})
        for path in gone:
            bucket.client.delete_object(Bucket=bucket.name, Key=bucket.key(path))
    except (BotoCoreError, ClientError) as error:
        raise DataFolderError(f"{address}: {error}; the bucket's manifest is as it was, run again to go on") from error
    return Mirrored(sent, len(entries) - sent, len(gone))


def _read_remote(bucket: Bucket) -> tuple[str | None, dict[str, FileEntry]]:
    """The manifest's ETag and files as the bucket has them; nothing in an empty bucket."""
    from botocore.exceptions import ClientError

    try:
        answer = bucket.client.get_object(Bucket=bucket.name, Key=bucket.key(MANIFEST))
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchKey":
            return None, {}
        raise
    try:
        entries = list_entries(json.loads(answer["Body"].read()))
    except (ValueError, KeyError, TypeError):
        entries = []
    return answer["ETag"], {entry.path: entry for entry in entries}


def _send_manifest(bucket: Bucket, folder: Path, etag: str | None) -> None:
    from botocore.exceptions import ClientError

    condition = {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}
    body = (folder / MANIFEST).read_bytes()
    try:
        bucket.client.put_object(Bucket=bucket.name, Key=bucket.key(MANIFEST), Body=body, **condition)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] in (409, 412):
            address = f"s3://{bucket.name}/{bucket.prefix}"
            raise LockedError(f"{address}: another run has mirrored a release meanwhile; run again") from error
        raise
