"""The menu, by what a person is."""

from dataclasses import replace

from bot.callbacks import (
    AdminMenu,
    AskExplain,
    Book,
    BookForMenu,
    Bookings,
    BookProgram,
    ExplainMenu,
    Invites,
    Requests,
    Settings,
    ShowClients,
    ShowDay,
    ShowDaysOff,
    ShowStatistics,
    ShowWeek,
    Waits,
)
from bot.screens.home import HomeState, menu
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.menus import PROGRESS
from tests.bot.screens.samples.messages import ENTRY

CLIENT = HomeState(practice="Riverside Counseling", name="Dora", upcoming=2, next_session=ENTRY)


def test_a_client_sees_a_client_s_menu() -> None:
    screen = menu(NEW_YORK, CLIENT)
    assert said(screen) == [
        "Riverside Counseling",
        "Hello Dora, what would you like to do?",
        "Your next session:",
        "🗓 Tue 3 Nov, 10:00–11:00 AM (New York time)",
        "Introductory session · Ann Example · ✅ Confirmed",
    ]
    assert list(buttons(screen).values()) == [Book(), Bookings(), Settings()]


def test_counselors_and_the_admin_see_more() -> None:
    state = replace(CLIENT, counselor_id=1, requests=3, admin=True, programs=(PROGRESS,))
    found = buttons(menu(NEW_YORK, state))
    assert list(found.values()) == [
        Book(),
        BookProgram(3),
        Bookings(),
        Requests(),
        ShowDay(),
        ShowWeek(),
        ShowClients(),
        ShowStatistics(),
        BookForMenu(),
        ShowDaysOff(),
        AskExplain(1),
        AdminMenu(),
        Invites(),
        Settings(),
    ]
    assert "📨 Requests (3)" in found


def test_who_waits_for_a_time_is_led_to_the_list() -> None:
    assert "🔔 My waitlist (0)" not in buttons(menu(NEW_YORK, CLIENT))
    assert buttons(menu(NEW_YORK, replace(CLIENT, waits=2)))["🔔 My waitlist (2)"] == Waits()


def test_an_admin_who_is_no_counselor_picks_whose_times_to_ask_about() -> None:
    found = buttons(menu(NEW_YORK, replace(CLIENT, admin=True)))
    assert found["❓ Why is a time not offered?"] == ExplainMenu()
    assert [each for each in found.values() if isinstance(each, Requests)] == []
