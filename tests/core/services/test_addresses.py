"""An address becomes somebody's by the code that was mailed to it, and by nothing else."""

import pytest

from core.domain.errors import Conflict, Invalid
from core.ports.mail import AddressCode
from core.ports.messenger import Unreachable
from core.ports.trouble import Unavailable
from tests.core.services.small_practice import HOUR, MINUTE, SmallPractice, on_sqlite

pytestmark = on_sqlite


async def code(practice: SmallPractice) -> AddressCode:
    """The last code that was mailed."""
    await practice.run_due()
    _, mail = practice.mailer.sent[-1]
    assert isinstance(mail, AddressCode)
    return mail


async def test_the_right_code_sets_the_address(practice: SmallPractice) -> None:
    dora = practice.actor("dora")
    assert await practice.core.addresses.ask(dora, " Dora@Example.ORG ") == "Dora@example.org"
    mailed = await code(practice)
    assert (mailed.address, len(mailed.code), mailed.minutes) == ("Dora@example.org", 6, 15)
    changed = await practice.core.addresses.confirm(dora, f"{mailed.code[:3]} {mailed.code[3:]}")
    assert changed.email == "Dora@example.org"
    with pytest.raises(Conflict, match="code_expired"):
        await practice.core.addresses.confirm(dora, mailed.code)
    assert (await practice.core.addresses.remove(dora)).email is None


async def test_the_code_of_another_address_or_person_is_wrong(practice: SmallPractice) -> None:
    await practice.core.addresses.ask(practice.actor("emil"), "emil@example.org")
    of_emil = await code(practice)
    await practice.core.addresses.ask(practice.actor("dora"), "dora@example.org")
    first = await code(practice)
    await practice.core.addresses.ask(practice.actor("dora"), "other@example.org")
    for wrong in (of_emil.code, first.code, "", "٢٣٤٥٦٧"):
        with pytest.raises(Invalid, match="wrong_code"):
            await practice.core.addresses.confirm(practice.actor("dora"), wrong)
    assert (await practice.person("dora")).email is None


async def test_after_five_wrong_codes_the_right_one_is_too_late(practice: SmallPractice) -> None:
    dora = practice.actor("dora")
    await practice.core.addresses.ask(dora, "dora@example.org")
    right = (await code(practice)).code
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(5):
        with pytest.raises(Invalid, match="wrong_code"):
            await practice.core.addresses.confirm(dora, wrong)
    with pytest.raises(Conflict, match="code_expired"):
        await practice.core.addresses.confirm(dora, right)


async def test_a_code_expires_after_a_quarter_of_an_hour(practice: SmallPractice) -> None:
    dora = practice.actor("dora")
    await practice.core.addresses.ask(dora, "dora@example.org")
    right = (await code(practice)).code
    await practice.clock.advance(15 * MINUTE)
    with pytest.raises(Conflict, match="code_expired"):
        await practice.core.addresses.confirm(dora, right)


async def test_neither_a_person_nor_an_address_gets_more_than_three_codes_an_hour(
    practice: SmallPractice,
) -> None:
    for who in ("dora", "emil", "ann"):
        await practice.core.addresses.ask(practice.actor(who), "victim@example.org")
    with pytest.raises(Conflict, match="too_many_codes"):
        await practice.core.addresses.ask(practice.actor("ben"), "victim@example.org")
    for number in range(2):
        await practice.core.addresses.ask(practice.actor("dora"), f"dora{number}@example.org")
    with pytest.raises(Conflict, match="too_many_codes"):
        await practice.core.addresses.ask(practice.actor("dora"), "dora@example.org")
    await practice.clock.advance(HOUR)
    await practice.core.addresses.ask(practice.actor("dora"), "dora@example.org")


async def test_an_address_has_one_person(practice: SmallPractice) -> None:
    async with practice.store.write() as uow:
        await uow.people.add(name="Guest", email="guest@example.org")
    await practice.core.addresses.ask(practice.actor("dora"), "guest@example.org")
    right = (await code(practice)).code
    with pytest.raises(Conflict, match="email_taken"):
        await practice.core.addresses.confirm(practice.actor("dora"), right)


@pytest.mark.parametrize("typed", ["", "dora", "dora@", "@example.org", "a b@example.org", "dora@localhost"])
async def test_what_is_no_address_gets_no_mail(practice: SmallPractice, typed: str) -> None:
    with pytest.raises(Invalid, match="bad_address"):
        await practice.core.addresses.ask(practice.actor("dora"), typed)


async def test_an_address_that_does_not_exist_is_in_the_log_and_marks_nobody(practice: SmallPractice) -> None:
    practice.mailer.troubles.append(Unreachable())
    await practice.core.addresses.ask(practice.actor("dora"), "nobody@example.org")
    await practice.run_due()
    page = await practice.core.deliveries.read(practice.actor("ada"), practice.people["dora"].id)
    assert [(each.kind, each.result.value) for each in page.entries] == [("address_code", "bounced")]
    assert not (await practice.person("dora")).mail_refused


async def test_a_new_address_is_written_to_again(practice: SmallPractice) -> None:
    dora = practice.actor("dora")
    for name in ("dora", "new"):
        await practice.core.addresses.ask(dora, f"{name}@example.org")
        await practice.core.addresses.confirm(dora, (await code(practice)).code)
        if name == "dora":
            await practice.core.people.mail_refused(practice.people["dora"].id)
            assert (await practice.person("dora")).mail_refused
    assert not (await practice.person("dora")).mail_refused


async def test_mails_that_wait_for_the_old_address_do_not_hold_up_the_new_one(
    practice: SmallPractice,
) -> None:
    dora = practice.actor("dora")
    await practice.core.addresses.ask(dora, "old@example.org")
    await practice.core.addresses.confirm(dora, (await code(practice)).code)
    practice.mailer.troubles.append(Unavailable("the old server asks to come again"))
    await practice.book(kind="quick")
    await practice.run_due()
    assert practice.mailer.messages() == []
    await practice.core.addresses.ask(dora, "new@example.org")
    assert (await code(practice)).address == "new@example.org"
