"""A counselor's clients and what each has booked."""

from bot.callbacks import Home, ShowBookingOfClient, ShowClient, ShowClients, ShowPrivateNote, ShowStatistics
from bot.screens.clients import ClientsState, HistoryState, clients, history
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.schedule import DORA, NEW_CLIENT, SESSIONS


def test_every_client_has_numbers_and_a_button_to_the_history() -> None:
    screen = clients(NEW_YORK, ClientsState(clients=(DORA, NEW_CLIENT), page=1, pages=3))
    assert said(screen) == [
        "Clients",
        "11. Dora Client · 5 sessions · 1 no-show",
        "last Tue 3 Nov · next Tue 10 Nov",
        "12. Emil Sample · 0 sessions",
        "Tap a number for the history.",
    ]
    found = buttons(screen)
    assert (found["11"], found["12"]) == (ShowClient(7, 0, 1), ShowClient(8, 0, 1))
    assert (found["‹"], found["›"]) == (ShowClients(0), ShowClients(2))
    assert found["📊 Statistics"] == ShowStatistics()


def test_nobody_yet_is_said() -> None:
    screen = clients(NEW_YORK, ClientsState(clients=()))
    assert said(screen) == ["Clients", "Nobody has booked with you yet."]


def test_a_history_counts_and_lists_and_leads_back_to_where_it_was_opened() -> None:
    screen = history(
        NEW_YORK, HistoryState(client=DORA, bookings=SESSIONS, noted=frozenset({3}), page=1, pages=2, back=4)
    )
    assert said(screen)[:4] == [
        "👤 Dora Client",
        "5 sessions · 3 completed · 1 no-show · 2 cancelled",
        "11. Introductory session · 🏁 Completed",
        "Tue 3 Nov 2026, 10:00–11:00 AM",
    ]
    assert buttons(screen) == {
        "11": ShowBookingOfClient(0, 7, 1, 4),
        "12": ShowBookingOfClient(1, 7, 1, 4),
        "13": ShowBookingOfClient(3, 7, 1, 4),
        "🔒 13": ShowPrivateNote(3),
        "‹": ShowClient(7, 0, 4),
        "2 of 2": buttons(screen)["2 of 2"],
        "·": buttons(screen)["·"],
        "‹ Back": ShowClients(4),
        "🏠 Home": Home(),
    }
