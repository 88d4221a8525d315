"""The web page: one folder that opens from a disk, made of the published Parquet and of nothing else."""

from pipelines.page.article import Chapter, Fact, render_article
from pipelines.page.build import build_page
from pipelines.page.marking import Word, mark_words
from pipelines.page.seats import find_seats

__all__ = ["Chapter", "Fact", "Word", "build_page", "find_seats", "mark_words", "render_article"]
