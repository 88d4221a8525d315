"""The address guard: a connection is made only to an address that was checked, on the very socket that is used."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from pipelines.errors import FetchError, ForbiddenError

Resolve = Callable[[str, int], Sequence[tuple[str, int]]]

# Ranges that carry an IPv4 address inside an IPv6 one, by the position of that address (bits from the right).
_CARRIERS = ((ip_network("64:ff9b::/96"), 0), (ip_network("2002::/16"), 80), (ip_network("::/96"), 0))


def resolve_dns(host: str, port: int) -> list[tuple[str, int]]:
    """The addresses that the machine's resolver gives for a name; FetchError("dns") if there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("dns", f"{host}: {error}") from error
    return [(str(entry[4][0]), port) for entry in found]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet.

    >>> [is_public(ip) for ip in ("41.203.230.1", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "fd00:ec2::254")]
    [True, False, False, False, False]
    """
    try:
        ip = ip_address(address.split("%")[0])
    except ValueError:
        return False
    inner = _unwrap(ip)
    if inner is not None and inner != ip:
        return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _unwrap(ip: IPv4Address | IPv6Address) -> IPv4Address | None:
    if isinstance(ip, IPv4Address):
        return None
    if ip.ipv4_mapped:
        return ip.ipv4_mapped
    if ip.teredo:
        return ip.teredo[1]
    return next((IPv4Address(int(ip) >> shift & 0xFFFFFFFF) for net, shift in _CARRIERS if ip in net), None)


def dial(host: str, port: int, *, resolve: Resolve, allow_private: bool, timeout: float) -> socket.socket:
    """A connected socket to a checked address of the host; the name is resolved once, so that it cannot change between.

    Raises ForbiddenError("private_address") as soon as one of the host's addresses is not public: a name that mixes
    public and private addresses is an attack or a mistake.
    """
    addresses = list(resolve(host, port))
    for ip, _ in addresses:
        if not allow_private and not is_public(ip):
            raise ForbiddenError("private_address", f"{host} leads to {ip}")
    failure: OSError | None = None
    for address in addresses[:4]:
        try:
            return socket.create_connection(address, timeout)
        except OSError as error:
            failure = error
    code = "timeout" if isinstance(failure, TimeoutError) else "unreachable"
    raise FetchError(code, f"{host}: {failure or 'no address'}")
