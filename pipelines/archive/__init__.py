"""The archive: every page as it came, in WARC files, with an index that can be rebuilt from them at any time."""

from pipelines.archive.archive import Archive

__all__ = ["Archive"]
