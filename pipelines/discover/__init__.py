"""How a source's articles are found: what is new, and what was published between two days of the past."""

from pipelines.discover.links import discover_links
from pipelines.discover.lists import Shelf
from pipelines.discover.windows import plan_windows

__all__ = ["Shelf", "discover_links", "plan_windows"]
