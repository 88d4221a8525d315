"""What people ask for beside the datasets: the gold set's form, sheets, maps, and other data sets' column orders."""

from pipelines.export.events import FORMATS, export_events
from pipelines.export.select import Selection

__all__ = ["FORMATS", "Selection", "export_events"]
