"""Whom a fetch may talk to: addresses that anybody on the internet could reach, asked for over http or https.

A page can redirect to a router's login, and a name can resolve to the machine that asks. So it is the resolved
address that is judged, and the connection goes to the one that was judged.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Thread

from reader.domain.identity import valid_url
from reader.domain.text import clean_line
from reader.ingest.errors import FetchError

Resolver = Callable[[str, int], Sequence[str]]
"""The addresses of a host; raises OSError if it has none."""

PORTS = (80, 443)
FIRST_FREE_PORT = 1024
PRIVATE = "refused: an address of this computer or of a private network"

# Addresses that stand for an IPv4 address which is not looked at here: by translation, by 6to4, by Teredo, and as they
# were written at first; and those of a site, which the standard library takes for global since they were given up.
_WRAPPED = tuple(
    map(
        IPv6Network,
        ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "::ffff:0:0:0/96", "fec0::/10"),
    )
)


def check_url(url: str) -> None:
    """Raises FetchError if *url* is nothing that is fetched, wherever it may lead."""
    scheme = url.partition(":")[0].lower()
    if scheme not in ("http", "https"):
        raise FetchError(f"refused: {clean_line(scheme, 20)} is not fetched", is_final=True)
    if not valid_url(url):
        raise FetchError("refused: not a web address", is_final=True)


def check_port(port: int | None) -> None:
    if port is not None and port not in PORTS and port < FIRST_FREE_PORT:
        raise FetchError(f"refused: port {port}", is_final=True)


def is_public(address: str) -> bool:
    """Whether the whole internet means the same machine by *address*."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    found = _unmapped(found)
    if isinstance(found, IPv6Address) and any(found in network for network in _WRAPPED):
        return False
    return found.is_global and not found.is_multicast


def _unmapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def system_addresses(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def addresses(
    host: str, port: int, *, resolver: Resolver, timeout: float, allow_private: bool
) -> Sequence[str]:
    """Where *host* is, all of it judged. Raises FetchError if one of its addresses is private and that is not allowed,
    or if nothing is known of it within *timeout* seconds."""
    found = _resolved(host, port, resolver, timeout)
    if not allow_private and not all(map(is_public, found)):
        raise FetchError(PRIVATE, is_final=True)
    return found


def _resolved(host: str, port: int, resolver: Resolver, timeout: float) -> Sequence[str]:
    """In a thread, since the system's resolver knows no time-out."""
    answer: list[Sequence[str]] = []

    def ask() -> None:
        try:
            answer.append(resolver(host, port))
        except (OSError, UnicodeError):  # a name that is too long for the name service is none
            answer.append(())

    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(timeout)
    if not answer or not answer[0]:
        raise FetchError("host not reachable")
    return answer[0]
