"""Deep links: what we make can be read again, and nothing else."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.links import LONGEST, StartLink, Target, admin_claim_link, link, read_start
from core.kit.links import SEALED_LENGTH, new_single_use
from core.kit.references import new_reference

PAYLOAD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"


def parameter_of(address: str) -> str:
    """The start parameter as Telegram hands it to the bot."""
    (value,) = parse_qs(urlsplit(address).query)["start"]
    return value


@given(st.sampled_from(Target), st.text(PAYLOAD, min_size=1, max_size=LONGEST - 2))
def test_a_link_leads_back_to_what_it_was_made_of(target: Target, value: str) -> None:
    address = link("riverside_bot", target, value)
    assert address.startswith("https://t.me/riverside_bot?start=")
    assert read_start(parameter_of(address)) == StartLink(target=target, value=value)


def test_an_admin_s_link_carries_its_token() -> None:
    token = new_single_use().text
    address = admin_claim_link("riverside_bot", token)
    assert read_start(parameter_of(address)) == StartLink(target=Target.ADMIN, value=token)


def test_everything_that_we_put_into_links_fits() -> None:
    longest = max(len(new_single_use().text), SEALED_LENGTH, len(new_reference()))
    assert len(f"{Target.INVITE}-") + longest <= LONGEST


@pytest.mark.parametrize(
    "parameter",
    [
        "",
        "-",
        "c",
        "c-",
        "-ann",
        "x-ann",
        "cc-ann",
        "C-ann",
        " c-ann",
        "ann",
        "c_ann",
        "c-" + "x" * 63,
        "²-a",
    ],
)
def test_what_we_never_made_is_no_link(parameter: str) -> None:
    assert read_start(parameter) is None


@pytest.mark.parametrize(
    ("parameter", "value"), [("c-a-b", "a-b"), ("c--", "-"), ("c-" + "x" * 62, "x" * 62)]
)
def test_only_the_first_dash_parts(parameter: str, value: str) -> None:
    assert read_start(parameter) == StartLink(target=Target.COUNSELOR, value=value)


@given(st.text(max_size=200))
@example("c-\N{ZERO WIDTH SPACE}")
def test_any_text_may_come_as_a_parameter(text: str) -> None:
    found = read_start(text)
    assert found is None or f"{found.target}-{found.value}" == text
