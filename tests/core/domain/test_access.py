"""Who may act: every kind of actor before every check."""

import pytest

from core.domain.access import SYSTEM, Actor, party_of, require, require_awaited
from core.domain.actions import Party
from core.domain.availability import Schedule
from core.domain.counselor import Counselor
from core.domain.errors import Forbidden, NotFound
from core.domain.person import Person, Role
from core.domain.side import Side
from tests.core.domain.booking_examples import a_booking

CLIENT, OTHER_CLIENT, HOST, OTHER_HOST, ADMIN = 1, 2, 3, 4, 5
BOOKING = a_booking(client_id=CLIENT, counselor_id=30)
COUNSELOR = Counselor(id=30, person_id=HOST, slug="ann", name="Ann", schedule=Schedule(zone="UTC"))
ROLES = {
    CLIENT: {Role.CLIENT},
    OTHER_CLIENT: {Role.CLIENT},
    HOST: {Role.CLIENT, Role.COUNSELOR},
    OTHER_HOST: {Role.CLIENT, Role.COUNSELOR},
    ADMIN: {Role.CLIENT, Role.ADMIN},
}


def actor(person_id: int | None) -> Actor:
    if person_id is None:
        return SYSTEM
    return Actor(person=Person(id=person_id, name="Somebody", roles=frozenset(ROLES[person_id])))


EVERYBODY = [pytest.param(who, id=name) for name, who in [
    ("client", CLIENT),
    ("another client", OTHER_CLIENT),
    ("counselor", HOST),
    ("another counselor", OTHER_HOST),
    ("admin", ADMIN),
    ("system", None),
]]  # fmt: skip


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("who", EVERYBODY)
def test_a_role_is_required_of_a_person_who_plays_it(who: int | None, role: Role) -> None:
    acting = actor(who)
    if who is not None and role in ROLES[who]:
        assert require(acting, role) is acting.person
        return
    with pytest.raises(Forbidden, match=r"^not_yours$"):
        require(acting, role)


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_booking_is_there_for_its_client_its_counselor_and_an_admin(who: int | None) -> None:
    parties = {CLIENT: Party.CLIENT, HOST: Party.COUNSELOR, ADMIN: Party.ADMIN}
    if who in parties:
        assert party_of(actor(who), BOOKING, COUNSELOR) is parties[who]
        return
    with pytest.raises(NotFound, match=r"^booking_not_found$"):
        party_of(actor(who), BOOKING, COUNSELOR)


@pytest.mark.parametrize(("awaits", "asked"), [(Side.COUNSELOR, HOST), (Side.CLIENT, CLIENT)])
@pytest.mark.parametrize("who", EVERYBODY)
def test_a_booking_is_answered_by_the_side_that_is_asked_alone(
    who: int | None, awaits: Side, asked: int
) -> None:
    booking = a_booking(client_id=CLIENT, counselor_id=30, awaits=awaits)
    if who == asked:
        require_awaited(actor(who), booking, COUNSELOR)
        return
    with pytest.raises(NotFound, match=r"^booking_not_found$"):
        require_awaited(actor(who), booking, COUNSELOR)


def test_a_counselor_does_not_answer_with_another_counselor_s_offer() -> None:
    with pytest.raises(NotFound, match=r"^booking_not_found$"):
        require_awaited(actor(HOST), a_booking(client_id=CLIENT, counselor_id=31), COUNSELOR)


def test_the_person_behind_an_act_is_known_by_id() -> None:
    assert (actor(ADMIN).person_id, SYSTEM.person_id) == (ADMIN, None)
