"""The only network code: one polite client, and what an address and a body of bytes mean."""

from pipelines.web.addresses import canonicalise_url, identify_article
from pipelines.web.bucket import Bucket, open_bucket, send_file
from pipelines.web.charset import decode_body
from pipelines.web.client import Client, Site
from pipelines.web.limits import Limits
from pipelines.web.reservations import list_reservations
from pipelines.web.retry import LONGEST_REST
from pipelines.web.robots import list_rules, read_robots
from pipelines.web.transport import resolve_dns
from pipelines.web.validators import ask_for_change
from pipelines.web.webarchive import WAYBACK, WebArchive

__all__ = [
    "LONGEST_REST",
    "WAYBACK",
    "Bucket",
    "Client",
    "Limits",
    "Site",
    "WebArchive",
    "ask_for_change",
    "canonicalise_url",
    "decode_body",
    "identify_article",
    "list_reservations",
    "list_rules",
    "open_bucket",
    "read_robots",
    "resolve_dns",
    "send_file",
]
