"""What GX's own expectations cannot say: pure functions, each giving a column `ok_<rule>`, which is to be true.

These columns stand on the frame that is validated and are never published.
"""

from collections.abc import Callable, Mapping

from pipelines.validate.checks.articles import ARTICLE_CHECKS
from pipelines.validate.checks.events import EVENT_CHECKS
from pipelines.validate.checks.figures import MATERIEL_CHECKS, TOLL_CHECKS, TOTAL_CHECKS
from pipelines.validate.checks.places import PLACE_CHECKS
from pipelines.validate.checks.reports import REPORT_CHECKS
from pipelines.validate.rows import Rows
from pipelines.validate.surroundings import Surroundings

Check = Callable[[Rows, Surroundings], list[bool]]
CHECKS: Mapping[str, Mapping[str, Check]] = {
    "events": {**EVENT_CHECKS, **PLACE_CHECKS},
    "reports": REPORT_CHECKS,
    "tolls": TOLL_CHECKS,
    "materiel": MATERIEL_CHECKS,
    "totals": TOTAL_CHECKS,
    "articles": ARTICLE_CHECKS,
}

__all__ = ["CHECKS", "Check"]
