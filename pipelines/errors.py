"""Everything that can go wrong and that a caller may want to catch.

    CommuniquesError
    ├── UsageError            a flag, date or path that cannot be used        exit status 2
    ├── ConfigError           a YAML, CSV or setting that is wrong            exit status 2
    ├── DataFolderError       the data folder is unwritable, torn or foreign  exit status 2
    ├── LockedError           another run holds the dataset                   exit status 2
    ├── FetchError            one request that gave no page
    │   ├── ForbiddenError    robots.txt, a foreign host or a private address says no
    │   └── RetryLaterError   the host asks to come back later (`retry_at`)
    ├── ExtractError          a page that gave no article
    ├── ArchiveError          a WARC file or the index cannot be read
    └── ReleaseRefusedError   a release rule said no; nothing was published   exit status 3

Errors about one item (page, article, row) become `Issue` rows in `pipelines.run`; the others end the command with
one line that names the file, the key and the remedy.
"""

from __future__ import annotations

from datetime import datetime


class CommuniquesError(Exception):
    """The root: its text is written for the person who reads it on a terminal."""

    exit_status = 2


class UsageError(CommuniquesError):
    """A command-line flag or flow parameter that cannot be used."""


class ConfigError(CommuniquesError):
    """A file that people write (YAML, CSV, settings) and that is wrong; names the file and the key."""


class DataFolderError(CommuniquesError):
    """The data folder cannot be used as it stands."""


class LockedError(CommuniquesError):
    """Another process is writing the same data folder."""


class FetchError(CommuniquesError):
    """One request that gave no page; `code` is the issue code (`timeout`, `too_large`, `status_500` …)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class ForbiddenError(FetchError):
    """A request that is never sent: robots.txt, a host that is not the source's, a private address."""


class RetryLaterError(FetchError):
    """The host asked for patience; the source is taken up again at `retry_at`."""

    def __init__(self, code: str, detail: str, retry_at: datetime) -> None:
        super().__init__(code, detail)
        self.retry_at = retry_at


class ExtractError(CommuniquesError):
    """A page that gave no article; `code` is the issue code (`soft_404`, `no_date`, `too_short` …)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class ArchiveError(CommuniquesError):
    """A WARC file or the index that cannot be read as it stands."""


class ReleaseRefusedError(CommuniquesError):
    """A release rule refused the new release; the last good one stays."""

    exit_status = 3
