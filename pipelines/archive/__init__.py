"""The archive: every page as it came, in WARC files, with an index that can be rebuilt from them at any time."""

from pipelines.archive.archive import Archive
from pipelines.archive.shipping import Shipped, ship_files

__all__ = ["Archive", "Shipped", "ship_files"]
