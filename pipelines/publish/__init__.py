"""Events into tables, tables into releases."""

from pipelines.publish.build import NO_FACTS, build_tables
from pipelines.publish.history import list_version_rows
from pipelines.publish.mirror import mirror_release
from pipelines.publish.quarantine import read_refused, write_quarantine
from pipelines.publish.release import find_current, publish_release, refuse_release
from pipelines.publish.shelf import go_back, list_releases, list_tags, prune_releases, tag_release
from pipelines.publish.values import Facts
from pipelines.publish.verify import verify_release

__all__ = [
    "NO_FACTS",
    "Facts",
    "build_tables",
    "find_current",
    "go_back",
    "list_releases",
    "list_tags",
    "list_version_rows",
    "mirror_release",
    "prune_releases",
    "publish_release",
    "read_refused",
    "refuse_release",
    "tag_release",
    "verify_release",
    "write_quarantine",
]
