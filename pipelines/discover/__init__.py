"""How a source's articles are found: what is new, and what was published between two days of the past."""

from pipelines.discover.cdx import discover_captures
from pipelines.discover.check import SourceCheck, check_source
from pipelines.discover.links import discover_links
from pipelines.discover.lists import Shelf
from pipelines.discover.warc_files import find_damage, list_warcs, read_warc, walk_warc
from pipelines.discover.windows import plan_windows

__all__ = [
    "Shelf",
    "SourceCheck",
    "check_source",
    "discover_captures",
    "discover_links",
    "find_damage",
    "list_warcs",
    "plan_windows",
    "read_warc",
    "walk_warc",
]
