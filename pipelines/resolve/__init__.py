"""Claims to reports: days, places, names and figures understood."""

from pipelines.resolve.claims import Resolved, resolve_claims

__all__ = ["Resolved", "resolve_claims"]
