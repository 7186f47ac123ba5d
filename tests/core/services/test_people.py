"""People: first contact, their own settings, and the links that give a role."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.db.tables.people import people
from core.domain.access import SYSTEM, Actor
from core.domain.counselor import Counselor
from core.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from core.domain.person import Person, Role
from core.services.people import ADMIN_CLAIM_VALID, COUNSELOR_INVITE_VALID, Contact, People
from tests.conftest import START
from tests.core.services.small_practice import DAY, TELEGRAM_IDS, SmallPractice, on_sqlite

MOMENT = timedelta(microseconds=1)
NEWCOMER = Contact(telegram_id=9001, name="  Greta Gans ", language="de-AT")


async def test_at_first_contact_a_client_is_made_of_what_telegram_says(practice: SmallPractice) -> None:
    person, set_up = await practice.core.people.meet(NEWCOMER)
    assert person == Person(id=person.id, name="Greta Gans", telegram_id=9001, locale="de")
    assert set_up == await practice.practice()
    assert await practice.core.people.get(person.id) == person


@pytest.mark.parametrize(
    ("name", "language", "kept"),
    [
        ("x" * 200, None, ("x" * 64, "en")),
        (" \n", "xx", ("9001", "en")),
        ("عبد الرحمن", "", ("عبد الرحمن", "en")),
        ("<b>Eve</b>", "DE", ("<b>Eve</b>", "de")),
    ],
)
@on_sqlite
async def test_a_name_is_kept_as_it_is_up_to_a_length(
    practice: SmallPractice, name: str, language: str | None, kept: tuple[str, str]
) -> None:
    person, _ = await practice.core.people.meet(Contact(telegram_id=9001, name=name, language=language))
    assert (person.name, person.locale) == kept


async def test_of_many_first_contacts_at_once_one_person_comes(practice: SmallPractice) -> None:
    met = await asyncio.gather(*(practice.core.people.meet(NEWCOMER) for _ in range(20)))
    assert len({person.id for person, _ in met}) == 1
    async with practice.database.read() as conn:
        assert await conn.scalar(sa.select(sa.func.count()).where(people.c.telegram_id == 9001)) == 1


async def test_a_second_contact_changes_nothing(practice: SmallPractice) -> None:
    first, _ = await practice.core.people.meet(NEWCOMER)
    again, _ = await practice.core.people.meet(Contact(telegram_id=9001, name="G.", language="en"))
    assert again == first


async def test_who_comes_with_something_carried_out_already_is_not_met_again(practice: SmallPractice) -> None:
    met = await practice.core.people.meet_once(NEWCOMER, "telegram", "1")
    assert met == await practice.core.people.meet(NEWCOMER)
    await practice.core.inbox.finish("telegram", "1")
    assert await practice.core.people.meet_once(NEWCOMER, "telegram", "1") is None
    for source, key in (("telegram", "2"), ("mail", "1")):
        assert await practice.core.people.meet_once(NEWCOMER, source, key) == met


async def test_who_writes_to_us_has_unblocked_us(practice: SmallPractice) -> None:
    dora = practice.people["dora"]
    await practice.core.people.blocked(dora.id)
    assert await practice.person("dora") == replace(dora, chat_blocked=True)
    met, _ = await practice.core.people.meet(Contact(telegram_id=TELEGRAM_IDS["dora"], name="Dora"))
    assert met == dora == await practice.person("dora")


async def test_who_is_named_in_the_settings_is_admin_from_the_first_word_on(practice: SmallPractice) -> None:
    named = People(practice.store, practice.clock, frozenset({9001, TELEGRAM_IDS["ann"]}))
    newcomer, _ = await named.meet(NEWCOMER)
    assert newcomer.roles == {Role.CLIENT, Role.ADMIN}
    met, _ = await named.meet(Contact(telegram_id=TELEGRAM_IDS["ann"], name="Ann"))
    assert met == replace(practice.people["ann"], roles=frozenset(Role)) == await practice.person("ann")


async def test_the_first_consent_counts(practice: SmallPractice) -> None:
    agreed = await practice.core.people.consent(practice.actor("dora"))
    await practice.clock.advance(DAY)
    assert agreed.consented_at == START
    assert await practice.core.people.consent(Actor(person=agreed)) == agreed


async def test_a_person_speaks_a_language_that_we_know(practice: SmallPractice) -> None:
    assert (await practice.core.people.set_locale(practice.actor("dora"), "de")).locale == "de"
    for unknown in ("fr", "", "DE", "en-US"):
        with pytest.raises(Invalid, match=r"^unknown_language$") as refused:
            await practice.core.people.set_locale(practice.actor("dora"), unknown)
        assert refused.value.details == {"locale": unknown}
    assert (await practice.person("dora")).locale == "de"


async def test_a_person_lives_in_a_zone_that_there_is(practice: SmallPractice) -> None:
    assert (await practice.core.people.set_zone(practice.actor("dora"), "Asia/Kathmandu")).zone
    for unknown in ("Mars/Base", "", "asia/kathmandu", "../etc/passwd", "Factory", "x" * 5000, "UTC\0"):
        with pytest.raises(Invalid, match=r"^unknown_zone$") as refused:
            await practice.core.people.set_zone(practice.actor("dora"), unknown)
        assert refused.value.details == {"zone": unknown}
    assert (await practice.person("dora")).zone == "Asia/Kathmandu"


async def test_a_change_leaves_everything_else_as_it_is_now(practice: SmallPractice) -> None:
    stale = practice.actor("dora")
    await practice.core.people.set_locale(stale, "de")
    await practice.core.people.set_reminders(stale, on=False)
    await practice.core.people.set_zone(stale, "Europe/Paris")
    assert await practice.person("dora") == replace(
        practice.people["dora"], locale="de", reminders=False, zone="Europe/Paris"
    )


async def test_somebody_who_is_not_there_is_not_found(practice: SmallPractice) -> None:
    for act in (practice.core.people.get, practice.core.people.blocked):
        with pytest.raises(NotFound, match=r"^person_not_found$"):
            await act(10**9)


@on_sqlite
async def test_the_system_has_no_settings_of_its_own(practice: SmallPractice) -> None:
    core = practice.core.people
    acts: list[Callable[[], Awaitable[object]]] = [
        lambda: core.consent(SYSTEM),
        lambda: core.set_locale(SYSTEM, "de"),
        lambda: core.set_zone(SYSTEM, "UTC"),
        lambda: core.set_reminders(SYSTEM, on=True),
        lambda: core.claim_admin(SYSTEM, "x"),
        lambda: core.accept_invite(SYSTEM, "x"),
        lambda: core.not_connected(SYSTEM),
    ]
    for act in acts:
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await act()


async def _without_admin(practice: SmallPractice) -> People:
    async with practice.store.write() as uow:
        await uow.people.save(replace(practice.people["ada"], roles=frozenset({Role.CLIENT})))
    return practice.core.people


async def test_of_twenty_who_open_the_admin_s_link_at_once_one_becomes_admin(
    practice: SmallPractice,
) -> None:
    core = await _without_admin(practice)
    token = await core.admin_claim() or ""
    crowd = [await core.meet(Contact(telegram_id=9100 + n, name=f"Client {n}")) for n in range(20)]
    claims = (core.claim_admin(Actor(person=person), token) for person, _ in crowd)
    results = await asyncio.gather(*claims, return_exceptions=True)
    won = [each for each in results if isinstance(each, Person)]
    lost = [each.code for each in results if isinstance(each, DomainError)]
    assert (len(won), lost) == (1, ["link_used"] * 19)
    async with practice.store.read() as uow:
        assert await uow.people.with_role(Role.ADMIN) == won
    assert [(row["action"], row["actor_id"]) for row in await practice.audit()] == [
        ("admin.claimed", won[0].id)
    ]


async def test_of_twelve_with_a_link_each_who_open_them_at_once_one_becomes_admin(
    practice: SmallPractice,
) -> None:
    core = await _without_admin(practice)
    crowd = [await core.meet(Contact(telegram_id=9100 + n, name=f"Client {n}")) for n in range(12)]
    links = [await core.admin_claim() or "" for _ in crowd]
    claims = (
        core.claim_admin(Actor(person=person), token) for (person, _), token in zip(crowd, links, strict=True)
    )
    results = await asyncio.gather(*claims, return_exceptions=True)
    won = [each for each in results if isinstance(each, Person)]
    lost = [each.code for each in results if isinstance(each, DomainError)]
    assert (len(won), lost) == (1, ["link_used"] * 11)
    async with practice.store.read() as uow:
        assert await uow.people.with_role(Role.ADMIN) == won


async def test_changes_of_one_person_at_the_same_moment_are_all_kept(practice: SmallPractice) -> None:
    core, dora = practice.core.people, practice.actor("dora")
    for language, zone_name, on in (("de", "Asia/Tokyo", False), ("en", "Europe/Paris", True)):
        await asyncio.gather(
            core.set_locale(dora, language),
            core.set_zone(dora, zone_name),
            core.set_reminders(dora, on=on),
            core.blocked(practice.people["dora"].id),
        )
        person = await practice.person("dora")
        assert (person.locale, person.zone, person.reminders, person.chat_blocked) == (
            language,
            zone_name,
            on,
            True,
        )


async def test_there_is_no_link_where_there_is_an_admin(practice: SmallPractice) -> None:
    assert await practice.core.people.admin_claim() is None
    core = await _without_admin(practice)
    assert await core.admin_claim()
    assert await People(practice.store, practice.clock, frozenset({9001})).admin_claim() is None


async def test_once_there_is_an_admin_older_links_make_no_second(practice: SmallPractice) -> None:
    core = await _without_admin(practice)
    older, newer = await core.admin_claim() or "", await core.admin_claim() or ""
    await core.claim_admin(practice.actor("dora"), newer)
    with pytest.raises(Forbidden, match=r"^link_used$"):
        await core.claim_admin(practice.actor("emil"), older)
    assert (await practice.person("emil")).roles == {Role.CLIENT}


async def test_an_admin_s_link_works_for_a_week(practice: SmallPractice) -> None:
    core = await _without_admin(practice)
    early, late = await core.admin_claim() or "", await core.admin_claim() or ""
    await practice.clock.advance(ADMIN_CLAIM_VALID - MOMENT)
    assert Role.ADMIN in (await core.claim_admin(practice.actor("dora"), early)).roles
    await _without_admin(practice)
    async with practice.store.write() as uow:
        await uow.people.save(practice.people["dora"])
    await practice.clock.advance(MOMENT)
    with pytest.raises(Forbidden, match=r"^link_used$"):
        await core.claim_admin(practice.actor("emil"), late)


@pytest.fixture
async def vacant(practice: SmallPractice) -> SmallPractice:
    """The same practice, with somebody known by address alone in ann's place."""
    async with practice.store.write() as uow:
        stand_in = await uow.people.add(
            name="Ann", email="ann@example.org", roles={Role.CLIENT, Role.COUNSELOR}
        )
        await uow.people.save(replace(practice.people["ann"], roles=frozenset({Role.CLIENT})))
    await practice.set_counselor("ann", person_id=stand_in.id)
    return practice


async def test_whoever_accepts_an_invite_is_the_counselor_from_then_on(vacant: SmallPractice) -> None:
    core = vacant.core.people
    stand_in = (await vacant.practice()).counselor(vacant.ids["ann"]).person_id
    token = await core.counselor_invite("ann", vacant.actor("ada"))
    counselor = await core.accept_invite(vacant.actor("dora"), token)
    dora = await vacant.person("dora")
    assert counselor == (await vacant.practice()).counselor(vacant.ids["ann"])
    assert (counselor.person_id, dora.roles) == (dora.id, frozenset({Role.CLIENT, Role.COUNSELOR}))
    assert (dora.email, dora.name) == ("ann@example.org", "Dora")
    left_behind = await core.get(stand_in)
    assert (left_behind.roles, left_behind.email) == (frozenset({Role.CLIENT}), None)
    assert [(row["action"], row["actor_id"]) for row in await vacant.audit()] == [
        ("counselor.joined", dora.id)
    ]


async def test_of_many_who_open_one_invite_at_once_one_becomes_counselor(vacant: SmallPractice) -> None:
    core = vacant.core.people
    token = await core.counselor_invite("ann")
    crowd = [await core.meet(Contact(telegram_id=9100 + n, name=f"Client {n}")) for n in range(10)]
    accepts = (core.accept_invite(Actor(person=person), token) for person, _ in crowd)
    results = await asyncio.gather(*accepts, return_exceptions=True)
    won = [each for each in results if isinstance(each, Counselor)]
    lost = [each.code for each in results if isinstance(each, DomainError)]
    assert (len(won), lost) == (1, ["link_used"] * 9)
    assert (await vacant.practice()).counselor(vacant.ids["ann"]) == won[0]


async def test_of_many_with_an_invite_each_for_one_place_one_becomes_counselor(vacant: SmallPractice) -> None:
    core = vacant.core.people
    crowd = [await core.meet(Contact(telegram_id=9200 + n, name=f"Client {n}")) for n in range(12)]
    links = [await core.counselor_invite("ann") for _ in crowd]
    accepts = (
        core.accept_invite(Actor(person=person), token)
        for (person, _), token in zip(crowd, links, strict=True)
    )
    results = await asyncio.gather(*accepts, return_exceptions=True)
    won = [each.person_id for each in results if isinstance(each, Counselor)]
    lost = [each.code for each in results if isinstance(each, DomainError)]
    assert (len(won), lost) == (1, ["link_used"] * 11)
    async with vacant.store.read() as uow:
        assert won[0] in [each.id for each in await uow.people.with_role(Role.COUNSELOR)]
        assert (await uow.practice()).counselor(vacant.ids["ann"]).person_id == won[0]


async def test_an_older_invite_takes_nobody_s_place(vacant: SmallPractice) -> None:
    core = vacant.core.people
    older, newer = await core.counselor_invite("ann"), await core.counselor_invite("ann")
    accepted = await core.accept_invite(vacant.actor("dora"), newer)
    with pytest.raises(Forbidden, match=r"^link_used$"):
        await core.accept_invite(vacant.actor("emil"), older)
    assert (await vacant.practice()).counselor(vacant.ids["ann"]) == accepted
    assert (await vacant.person("emil")).roles == {Role.CLIENT}


async def test_a_counselor_does_not_become_a_second_one(vacant: SmallPractice) -> None:
    core = vacant.core.people
    token = await core.counselor_invite("ann")
    with pytest.raises(Conflict, match=r"^already_counselor$"):
        await core.accept_invite(vacant.actor("ben"), token)
    assert (await core.accept_invite(vacant.actor("dora"), token)).slug == "ann"


async def test_an_invite_works_for_two_weeks(vacant: SmallPractice) -> None:
    core = vacant.core.people
    token = await core.counselor_invite("ann")
    await vacant.clock.advance(COUNSELOR_INVITE_VALID)
    with pytest.raises(Forbidden, match=r"^link_used$"):
        await core.accept_invite(vacant.actor("dora"), token)


async def test_a_link_gives_only_what_it_was_made_for(vacant: SmallPractice) -> None:
    core = await _without_admin(vacant)
    claim, invite = await core.admin_claim() or "", await core.counselor_invite("ann")
    for act, token in (
        (core.claim_admin, invite),
        (core.accept_invite, claim),
        (core.claim_admin, ""),
        (core.accept_invite, "\udc80"),
    ):
        with pytest.raises(Forbidden, match=r"^link_used$"):
            await act(vacant.actor("dora"), token)
    assert await vacant.person("dora") == vacant.people["dora"]


async def test_only_the_admin_invites_and_sees_who_is_missing(vacant: SmallPractice) -> None:
    core = vacant.core.people
    for who in ("dora", "ben"):
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await core.counselor_invite("ann", vacant.actor(who))
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await core.not_connected(vacant.actor(who))
    assert [each.slug for each in await core.not_connected(vacant.actor("ada"))] == ["ann"]
    await vacant.set_counselor("ann", active=False)
    assert await core.not_connected(vacant.actor("ada")) == []
