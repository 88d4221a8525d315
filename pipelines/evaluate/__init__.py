"""Accuracy on a folder of gold files: which events were found, and how right their values are.

Everything works on the gold set's own JSON terms (`pipelines.export.gold`), so that a label and a reading are compared
as an analyst would lay them side by side.
"""

from pipelines.evaluate.folder import Evaluation, evaluate_folder
from pipelines.evaluate.measured import keep_sums, read_measured

__all__ = ["Evaluation", "evaluate_folder", "keep_sums", "read_measured"]
