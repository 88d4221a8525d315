"""The web page: one folder that opens from a disk, made of the published Parquet and of nothing else."""

from pipelines.page.build import build_page
from pipelines.page.marking import Word, mark_words

__all__ = ["Word", "build_page", "mark_words"]
