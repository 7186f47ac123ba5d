"""What is kept of a booking's way: the audit trail and the funnel."""

from bot.callbacks import PickTime
from bot.sandbox.phone import text_of
from core.db.tables.counselors import counselors
from core.db.tables.programs import programs
from tests.journeys.conftest import House, arrive, data_of, forge, press, say, start, tap


async def test_the_funnel_tells_a_whole_booking_and_the_audit_who_did_what(house: House) -> None:
    maya, ann = house.phone("Maya"), house.phone("Ann")
    await arrive(ann, None)
    await arrive(maya)
    await tap(maya, "Book a session", "Ann Rivera", "Counseling session", "45 min", "Tomorrow", "9:00 AM")
    await tap(maya, "Continue", "Book session")
    await ann.wait_for("New request")
    await tap(ann, "Approve")
    (booking,) = await house.bookings()
    start_of_it = booking["starts_at"].isoformat()
    steps = [(each["name"], each["data"]) for each in await house.funnel()]
    assert steps == [
        ("page_view", {"program": None, "preselected": False}),
        ("counselor_selected", {"counselor": booking["counselor_id"]}),
        ("date_selected", {"date": "2026-11-03"}),
        ("time_selected", {"time": start_of_it, "counselor": booking["counselor_id"]}),
        (
            "booking_attempted",
            {"program": None, "counselor": booking["counselor_id"], "time": start_of_it},
        ),
        ("booking_success", {"booking": booking["id"]}),
    ]
    client, host = (await house.person_row(maya))["id"], (await house.person_row(ann))["id"]
    assert {each["person_id"] for each in await house.funnel()} == {client}
    assert {each["at"] for each in await house.funnel()} == {house.clock.now()}
    entries = [each for each in await house.audit() if each["booking_id"] == booking["id"]]
    assert [(each["action"], each["actor_id"]) for each in entries] == [
        ("booking.requested", client),
        ("booking.confirmed", host),
    ]
    assert [each["details"]["status"] for each in entries] == ["pending", "confirmed"]
    assert [each["details"]["version"] for each in entries] == [2, 3]
    assert {each["details"]["starts_at"] for each in entries} == {start_of_it}


async def test_what_does_not_come_about_is_kept_with_its_reason(house: House) -> None:
    maya, lukas = house.phone("Maya"), house.phone("Lukas")
    await arrive(maya)
    await start(lukas)
    await tap(lukas, "English")
    await arrive(lukas, "Berlin")
    for phone in (maya, lukas):
        await tap(phone, "Book a session", "Jonas Weber", "Career change", "Tomorrow")
    assert "You must be enrolled" in text_of(await press(maya, PickTime))
    for phone in (maya, lukas):
        await start(phone, "p-CAREER5")
        await tap(phone, "Book a session", "Jonas Weber")
        await say(phone, "tomorrow")
    await press(maya, PickTime)
    confirm = data_of(await tap(maya, "Continue"), "Book session")
    assert "no longer available" in text_of(await press(lukas, PickTime))
    await start(maya)
    later = await start(maya, "p-CAREER5")
    await tap(maya, "Book a session", "Schedule later")
    await forge(maya, confirm, later["message_id"])
    (program,), everyone = await house.rows(programs), await house.rows(counselors)
    jonas = next(each["id"] for each in everyone if each["slug"] == "jonas")
    (booking,) = await house.bookings()
    names = [each["name"] for each in await house.funnel()]
    told = {name: [each["data"] for each in await house.funnel() if each["name"] == name] for name in names}
    assert told["booking_failed"] == [{"error_type": "not_enrolled"}, {"error_type": "slot_taken"}]
    assert told["schedule_later"] == [{"program": program["id"]}]
    assert told["page_view"][2:] == [{"program": program["id"], "preselected": False}] * 3
    (attempt,) = told["booking_attempted"]
    assert attempt == {
        "program": program["id"],
        "counselor": jonas,
        "time": booking["starts_at"].isoformat(),
    }
    assert told["booking_success"] == [{"booking": booking["id"]}]
