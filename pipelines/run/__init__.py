"""The few compositions of the stages, without Prefect; the only place where item errors are caught."""

from pipelines.run.knowledge import Knowledge, load_knowledge, read_article

__all__ = ["Knowledge", "load_knowledge", "read_article"]
