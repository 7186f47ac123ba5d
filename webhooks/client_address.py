"""Who sent a request: the address behind the proxies that the operator trusts, and behind no others."""

import ipaddress
from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TypeAlias

from aiohttp import web

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

FORWARDED_FOR = "X-Forwarded-For"


def client_address(request: web.Request, trusted: Collection[Network]) -> Address | None:
    """The address of whoever sent the request; None for what has none, such as a Unix socket.

    Each proxy adds whom it heard from at the end of X-Forwarded-For, so the list is read backwards for
    as long as those who wrote it are trusted. What a stranger writes into it counts for nothing.
    """
    address = _parsed(request.remote or "")
    told = ",".join(request.headers.getall(FORWARDED_FOR, ())).split(",")
    while told and address is not None and any(address in network for network in trusted):
        before = _parsed(told.pop())
        if before is None:
            break
        address = before
    return address


def _parsed(text: str) -> Address | None:
    """An address, without a zone; an IPv4 address in the clothes of IPv6 is the former."""
    try:
        address = ipaddress.ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
