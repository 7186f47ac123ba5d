"""Whose request it is: nobody passes for somebody else by writing it down."""

from ipaddress import ip_network

import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from webhooks.client_address import client_address

PROXIES = (ip_network("10.0.0.0/8"), ip_network("::1/128"))


class Transport:
    """A connection from somewhere."""

    def __init__(self, peer: str) -> None:
        self.peer = peer

    def get_extra_info(self, name: str, default: object = None) -> object:
        return (self.peer, 5000) if name == "peername" else default


@pytest.mark.parametrize(
    ("peer", "told", "found"),
    [
        ("203.0.113.5", [], "203.0.113.5"),
        ("203.0.113.5", ["198.51.100.7"], "203.0.113.5"),
        ("10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["127.0.0.1, 198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["6.6.6.6", "198.51.100.7, 10.0.0.2"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7, unknown"], "10.0.0.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ("::ffff:10.0.0.1", ["2001:db8::7"], "2001:db8::7"),
        ("::1", ["::ffff:198.51.100.7"], "198.51.100.7"),
        ("fe80::1%eth0", ["6.6.6.6"], "fe80::1"),
        ("", ["6.6.6.6"], "None"),
    ],
)
def test_only_the_word_of_trusted_proxies_counts(peer: str, told: list[str], found: str) -> None:
    headers = CIMultiDict([("X-Forwarded-For", each) for each in told])
    request = make_mocked_request("GET", "/", headers=headers, transport=Transport(peer))
    assert str(client_address(request, PROXIES)) == found
