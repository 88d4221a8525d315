"""What GX's own expectations cannot say: pure functions, each giving a column `ok_<rule>` that a suite expects to be true.

These columns stand on the frame that is validated and are never published.
"""

from pipelines.validate.checks.articles import ARTICLE_CHECKS
from pipelines.validate.checks.events import EVENT_CHECKS
from pipelines.validate.checks.figures import MATERIEL_CHECKS, TOLL_CHECKS, TOTAL_CHECKS
from pipelines.validate.checks.places import PLACE_CHECKS
from pipelines.validate.checks.reports import REPORT_CHECKS

CHECKS = {
    "events": EVENT_CHECKS | PLACE_CHECKS,
    "reports": REPORT_CHECKS,
    "tolls": TOLL_CHECKS,
    "materiel": MATERIEL_CHECKS,
    "totals": TOTAL_CHECKS,
    "articles": ARTICLE_CHECKS,
}

__all__ = ["CHECKS"]
