"""The only network code: one polite client, and what an address and a body of bytes mean."""

from pipelines.web.addresses import canonicalise_url, identify_article
from pipelines.web.charset import decode_body
from pipelines.web.client import Client
from pipelines.web.limits import Limits
from pipelines.web.transport import resolve_dns

__all__ = ["Client", "Limits", "canonicalise_url", "decode_body", "identify_article", "resolve_dns"]
