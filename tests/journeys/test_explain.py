"""The admin asks why a time is not offered, of any counselor."""

from bot.callbacks import ExplainMenu, pack
from bot.sandbox.phone import text_of
from tests.journeys.conftest import House, arrive, forge, labels, on_sqlite, say, tap

QUESTION = "❓ Why is a time not offered?"


@on_sqlite
async def test_the_admin_picks_the_counselor_whose_time_it_is_about(house: House) -> None:
    robin = house.phone("Robin")
    await arrive(robin)
    picker = await say(robin, "/why")
    assert labels(picker) == ["Ann Rivera", "Jonas Weber", "Yuki Tanaka", "🏠 Home"]
    assert labels(await tap(robin, "🏠 Home", QUESTION)) == labels(picker)
    assert "Jonas Weber" in text_of(await tap(robin, "Jonas Weber"))
    assert labels(robin.last) == ["‹ Back", "🏠 Home"]
    await tap(robin, "‹ Back", "Ann Rivera")
    assert "✅ This time is offered." in text_of(await say(robin, "tomorrow 10am"))
    assert "outside the weekly hours" in text_of(await say(robin, "sunday 10am"))


@on_sqlite
async def test_nobody_but_the_admin_picks_a_counselor(house: House) -> None:
    maya, ann = house.phone("Maya"), house.phone("Ann")
    await arrive(maya)
    await arrive(ann, None)
    await forge(maya, pack(ExplainMenu()))
    assert text_of(maya.last) == "This button belongs to somebody else."
    await forge(ann, pack(ExplainMenu()))
    assert text_of(ann.last) == "This button belongs to somebody else."
    assert labels(await say(ann, "/why")) == ["🏠 Home"]
