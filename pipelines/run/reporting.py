"""What a build leaves beside its release: the validation's pages for people, and a copy in a bucket."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from pipelines.errors import CommuniquesError
from pipelines.publish import mirror_release
from pipelines.publish.folder import explain_disk_errors
from pipelines.run.opening import OpenRun
from pipelines.schema.records import Release, Validated
from pipelines.validate import Surroundings, write_data_docs, write_summary

LOG = logging.getLogger(__name__)


def write_validation(run: OpenRun, validated: Validated, around: Surroundings, *, is_new: bool) -> Path:
    """Write what the last build's expectations said into `validation/`; the path of our own page is returned.

    Great Expectations' Data Docs validate everything a second time: they are made for what is new only.
    """
    folder = run.settings.data / "validation"
    with explain_disk_errors(folder):
        page = write_summary(validated, folder, run_id=run.run_id, now=run.started_at)
        if is_new:
            shutil.rmtree(folder / "data-docs", ignore_errors=True)
            write_data_docs(around, folder / "data-docs", today=run.started_at.date())
    return page


def mirror_published(run: OpenRun, release: Release) -> str | None:
    """Let the declared bucket hold the release too; what kept it from that is returned, for the release stands."""
    if not run.settings.mirror:
        return None
    from botocore.exceptions import BotoCoreError

    try:
        done = mirror_release(release.path, run.settings.mirror)
    except (CommuniquesError, BotoCoreError, ValueError) as error:
        return f"{run.settings.mirror}: {error}"
    LOG.info("%s: %d objects sent, %d removed", run.settings.mirror, done.sent, done.removed)
    return None
