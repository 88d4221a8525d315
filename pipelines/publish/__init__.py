"""Events into tables, tables into releases."""

from pipelines.publish.build import NO_FACTS, build_tables
from pipelines.publish.history import list_version_rows
from pipelines.publish.release import find_current, publish_release, refuse_release
from pipelines.publish.values import Facts

__all__ = [
    "NO_FACTS",
    "Facts",
    "build_tables",
    "find_current",
    "list_version_rows",
    "publish_release",
    "refuse_release",
]
