"""Finished WARC files, copied to S3-compatible storage under the paths that they have in the archive."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from pipelines.archive.warc import MAX_FILE
from pipelines.errors import DataFolderError
from pipelines.web import Bucket, send_file


class Shipped(NamedTuple):
    """How many files were sent, and how many lay in the bucket already."""

    sent: int
    present: int


def ship_files(folder: Path, bucket: Bucket, *, everything: bool = False, max_file: int = MAX_FILE) -> Shipped:
    """Send the finished files of an archive's folder, with `everything` also those that are still written to.

    What the bucket holds already, by its checksum, is not sent again; a shipment that broke off is run again. Nothing
    is removed from either side. Raises DataFolderError if the bucket cannot be used.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    sent = present = 0
    try:
        for file in sorted(_list_files(folder, everything=everything, max_file=max_file)):
            with file.open("rb") as stream:
                digest = file_digest(stream, "sha256").hexdigest()
            is_sent = send_file(bucket, file, file.relative_to(folder).as_posix(), digest)
            sent, present = sent + is_sent, present + (not is_sent)
    except (BotoCoreError, ClientError) as error:
        address = f"s3://{bucket.name}/{bucket.prefix}"
        raise DataFolderError(f"{address}: {error}; {sent} files were sent, run again to go on") from error
    return Shipped(sent, present)


def _list_files(folder: Path, *, everything: bool, max_file: int) -> Iterator[Path]:
    """The WARC files that no run appends to any more: a source's newest one, unless it is full, is not among them."""
    for source in folder.iterdir():
        files = sorted(source.glob("*.warc.gz"))
        yield from files[:-1]
        if files and (everything or files[-1].stat().st_size >= max_file):
            yield files[-1]
