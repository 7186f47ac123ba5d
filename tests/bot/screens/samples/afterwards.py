"""Samples of what comes with a session and after it: outcomes, no-show reports, reviews, private notes."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.screens import (
    admin_menu,
    admin_no_show,
    admin_review,
    no_show,
    no_show_ask,
    note,
    review,
    running,
)
from bot.screens.booking_card import booking_card
from bot.screens.notification import notification_screen
from bot.screens.screen import Screen
from core.domain.actions import Party
from core.domain.booking import Booking
from core.domain.no_show import Report
from core.domain.note import PrivateNote
from core.domain.notification import Kind, Notification
from core.domain.outcome import Outcome, settled, started
from core.domain.review import Rating, Review
from core.domain.side import Side
from core.kit.i18n import Texts
from tests.bot.screens.samples.cards import card as card_state
from tests.bot.screens.samples.cards import case
from tests.bot.screens.samples.people import (
    ANN,
    EXTREME_NAMES,
    HOUR,
    INTRO,
    LONG_NAME,
    LONG_NOTE,
    START,
    booking,
    person,
)

DORA = "Dora Client"
END = START + HOUR
OVER: Mapping[Outcome, Booking] = {each: settled(booking(), each, END) for each in Outcome}
REVIEW = Review(
    booking_id=42,
    counselor_id=1,
    client_id=7,
    stars=4,
    comment="Warm and clear. I would come again.",
    created_at=END,
)
ANSWERED = REVIEW.with_(answer="Thank you, Dora. See you soon!")
HIDDEN = REVIEW.with_(hidden_reason="Names somebody who was not there")
EXTREME_REVIEW = replace(REVIEW, comment=LONG_NOTE, answer=LONG_NOTE, hidden_reason="x" * 200)
RATING = Rating(count=12, average=4.75)
REPORT = Report(
    booking_id=42,
    claim=Outcome.COUNSELOR_ABSENT,
    words="I waited for half an hour, and nobody came.",
    created_at=END,
)
OBJECTION = replace(REPORT, claim=Outcome.TOOK_PLACE, words="We spoke for an hour.")
DISPUTED = REPORT.answered(Outcome.CLIENT_ABSENT, "I was there from ten on, alone.")
EXTREME_REPORT = replace(DISPUTED, words=LONG_NOTE, answer_words=LONG_NOTE)
REPORTS = {
    "asked": REPORT,
    "objection": OBJECTION,
    "disputed": DISPUTED,
    "unanswered": REPORT.unanswered(),
    "agreed": REPORT.answered(Outcome.COUNSELOR_ABSENT, ""),
    "decided": DISPUTED.decided(Outcome.TOOK_PLACE, 9),
    "extreme": EXTREME_REPORT,
}
NOTE = PrivateNote(booking_id=42, text="Sleeps badly since the move. Ask about the sister.", updated_at=END)


def notification(kind: Kind, outcome: Outcome | None, side: Side, **more: object) -> Notification:
    """A message about the sample booking, which came to this."""
    told = Notification(
        kind=kind,
        to=person(),
        side=side,
        booking=OVER[outcome] if outcome else booking(),
        counselor=ANN,
        client=person(),
        session_type=INTRO,
    )
    return replace(told, **more)  # type: ignore[arg-type]


NOTIFICATIONS = {
    Kind.OUTCOME_ASKED: notification(Kind.OUTCOME_ASKED, None, Side.COUNSELOR),
    Kind.COMPLETED: notification(Kind.COMPLETED, Outcome.TOOK_PLACE, Side.CLIENT),
    Kind.NO_SHOW: notification(Kind.NO_SHOW, Outcome.CLIENT_ABSENT, Side.CLIENT),
    Kind.NO_SHOW_REPORTED: notification(Kind.NO_SHOW_REPORTED, None, Side.COUNSELOR, report=REPORT),
    Kind.NO_SHOW_DECIDED: notification(
        Kind.NO_SHOW_DECIDED,
        Outcome.CLIENT_ABSENT,
        Side.CLIENT,
        report=OBJECTION.unanswered().decided(Outcome.CLIENT_ABSENT, 9),
    ),
    Kind.REVIEW_WRITTEN: notification(Kind.REVIEW_WRITTEN, Outcome.TOOK_PLACE, Side.COUNSELOR, review=REVIEW),
    Kind.REVIEW_ANSWERED: notification(
        Kind.REVIEW_ANSWERED, Outcome.TOOK_PLACE, Side.CLIENT, review=ANSWERED
    ),
}
DECIDED = {"report": REPORTS["decided"]}
OTHER_MESSAGES = {
    "completed, to the counselor": notification(Kind.COMPLETED, Outcome.TOOK_PLACE, Side.COUNSELOR),
    "completed, reviewed": notification(Kind.COMPLETED, Outcome.TOOK_PLACE, Side.CLIENT, review=REVIEW),
    "completed, decided": notification(Kind.COMPLETED, Outcome.TOOK_PLACE, Side.COUNSELOR, **DECIDED),
    "no_show of the counselor": notification(Kind.NO_SHOW, Outcome.COUNSELOR_ABSENT, Side.CLIENT),
    "no_show, decided": notification(Kind.NO_SHOW, Outcome.CLIENT_ABSENT, Side.CLIENT, **DECIDED),
    "no_show, decided, to the counselor": notification(
        Kind.NO_SHOW, Outcome.CLIENT_ABSENT, Side.COUNSELOR, **DECIDED
    ),
    "no_show of the counselor, to the counselor": notification(
        Kind.NO_SHOW, Outcome.COUNSELOR_ABSENT, Side.COUNSELOR, **DECIDED
    ),
    "no_show_reported: objection": notification(
        Kind.NO_SHOW_REPORTED, Outcome.CLIENT_ABSENT, Side.COUNSELOR, report=OBJECTION
    ),
    "review_written: extreme words": notification(
        Kind.REVIEW_WRITTEN, Outcome.TOOK_PLACE, Side.COUNSELOR, review=EXTREME_REVIEW
    ),
}


def other_message(name: str) -> Callable[[Texts], Screen]:
    """How one of the other messages is shown."""
    return lambda t: notification_screen(OTHER_MESSAGES[name], t, END)


def absent(party: Party, name: str = DORA) -> Callable[[Texts], Screen]:
    """The question who did not come."""
    state = running.NoShowState(
        booking=booking(), client=name, counselor=ANN.name, session_type=INTRO.title, party=party
    )
    return lambda t: running.who_was_absent(t, state)


def reported(name: str, side: Side) -> Callable[[Texts], Screen]:
    """The card of a report."""
    state = no_show.ReportState(
        report=REPORTS[name],
        booking=booking(),
        session_type=LONG_NAME if name == "extreme" else INTRO.title,
        other=EXTREME_NAMES[1] if name == "extreme" else {Side.CLIENT: ANN.name, Side.COUNSELOR: DORA}[side],
        side=side,
    )
    return lambda t: no_show.report_card(t, state)


def dispute(name: str) -> Callable[[Texts], Screen]:
    """A report as the admin sees it."""
    state = admin_no_show.DisputeState(
        report=REPORTS[name],
        booking=booking(),
        session_type=LONG_NAME if name == "extreme" else INTRO.title,
        client=EXTREME_NAMES[1] if name == "extreme" else DORA,
        counselor=EXTREME_NAMES[2] if name == "extreme" else ANN.name,
    )
    return lambda t: admin_no_show.dispute(t, state)


def reviewed(found: Review | None, *, mine: bool = True, may: bool = True) -> review.ReviewState:
    """A session and its review, as one side sees it."""
    return review.ReviewState(
        booking=OVER[Outcome.TOOK_PLACE],
        session_type=INTRO.title,
        other=ANN.name if mine else DORA,
        review=found,
        mine=mine,
        may=may,
    )


def card(state: review.ReviewState) -> Callable[[Texts], Screen]:
    """The card of a review."""
    return lambda t: review.review_card(t, state)


def listed(found: Review, *, counts: bool = True, name: str = DORA) -> admin_review.AnyReview:
    """A review in the admin's list."""
    return admin_review.AnyReview(review=found, client=name, counselor=ANN.name, counts=counts)


ASK = no_show_ask.AskState(booking=booking(), session_type=INTRO.title, other=ANN.name)
ASKED = no_show.ReportState(
    report=REPORT, booking=booking(), session_type=INTRO.title, other=DORA, side=Side.COUNSELOR
)
ENTRY = admin_no_show.DisputeEntry(
    booking_id=42, client=DORA, counselor=ANN.name, starts_at=START, ends_at=END
)
EXTREME_ENTRIES = tuple(
    replace(ENTRY, booking_id=2**63 - 1, client=name, counselor=LONG_NAME) for name in EXTREME_NAMES * 2
)
NOTE_STATE = note.NoteState(booking=booking(), client=DORA, session_type=INTRO.title, note=NOTE)
EXTREME_NOTE = note.NoteState(
    booking=booking(),
    client=EXTREME_NAMES[1],
    session_type=LONG_NAME,
    note=replace(NOTE, text=LONG_NOTE * 2),
)

CARDS = {
    "about to start": case(party=Party.COUNSELOR, now=START),
    "running": case(started(booking(), START), Party.COUNSELOR, now=START),
    "over, for the client": case(now=END),
    "over, for the admin": case(party=Party.ADMIN, now=END),
    "completed, for the counselor": case(OVER[Outcome.TOOK_PLACE], Party.COUNSELOR, now=END),
    "reviewed": case(OVER[Outcome.TOOK_PLACE], now=END, review=REVIEW),
    "reviewed, for the counselor": case(OVER[Outcome.TOOK_PLACE], Party.COUNSELOR, now=END, review=REVIEW),
    "review hidden": case(OVER[Outcome.TOOK_PLACE], Party.ADMIN, now=END, review=HIDDEN),
    "reviewed, for the admin": case(OVER[Outcome.TOOK_PLACE], Party.ADMIN, now=END, review=REVIEW),
    "client absent": case(OVER[Outcome.CLIENT_ABSENT], now=END),
    "counselor absent": case(OVER[Outcome.COUNSELOR_ABSENT], now=END),
    "reported": case(party=Party.COUNSELOR, now=END, report=REPORT),
    "disputed": case(party=Party.ADMIN, now=END, report=DISPUTED),
}


def booking_card_of(name: str) -> Callable[[Texts], Screen]:
    """The card of the booking in one of these cases."""
    return lambda t: booking_card(t, card_state(CARDS[name]))


SAMPLES: Mapping[str, Callable[[Texts], Screen]] = {
    **{f"booking card: {name}": booking_card_of(name) for name in CARDS},
    **{f"message: {name}": other_message(name) for name in OTHER_MESSAGES},
    "outcome: who was absent": absent(Party.COUNSELOR),
    "outcome: who was absent, for the admin": absent(Party.ADMIN, EXTREME_NAMES[2]),
    "report: what happened": lambda t: no_show_ask.report_menu(t, ASK, tuple(no_show.ANSWERS)),
    **{
        f"report: ask, {claim}": lambda t, claim=claim: no_show_ask.ask_report(t, ASK, claim)  # type: ignore[misc]
        for claim in no_show.ANSWERS
    },
    "report: ask the counselor": lambda t: no_show_ask.ask_report_answer(t, ASKED, Outcome.TOOK_PLACE),
    **{f"report: {name}, {side}": reported(name, side) for name in REPORTS for side in Side},
    **{f"dispute: {name}": dispute(name) for name in REPORTS},
    "disputes": lambda t: admin_no_show.disputes(
        t, admin_no_show.DisputesState(entries=(ENTRY,) * 3, page=0, total=3)
    ),
    "disputes: pages": lambda t: admin_no_show.disputes(
        t, admin_no_show.DisputesState(entries=EXTREME_ENTRIES, page=1, total=1234)
    ),
    "disputes: none": lambda t: admin_no_show.disputes(
        t, admin_no_show.DisputesState(entries=(), page=0, total=0)
    ),
    "review: asked": card(reviewed(None)),
    "review: not possible": card(reviewed(None, may=False)),
    "review: none for the counselor": card(reviewed(None, mine=False, may=False)),
    "review: just given": card(reviewed(replace(REVIEW, comment=""))),
    "review: with words": card(reviewed(REVIEW)),
    "review: answered": card(reviewed(ANSWERED, may=False)),
    "review: hidden": card(reviewed(HIDDEN)),
    "review: extreme": card(reviewed(EXTREME_REVIEW)),
    "review: for the counselor": card(reviewed(REVIEW, mine=False)),
    "review: ask for words": lambda t: review.ask_comment(t, reviewed(replace(REVIEW, comment=""))),
    "review: ask for other words": lambda t: review.ask_comment(t, reviewed(REVIEW)),
    "review: ask for an answer": lambda t: review.ask_answer(t, reviewed(REVIEW, mine=False)),
    "reviews": lambda t: admin_review.reviews(
        t,
        admin_review.ReviewsState(
            entries=(listed(REVIEW), listed(HIDDEN, counts=False), listed(ANSWERED)), page=0, total=3
        ),
    ),
    "reviews: pages": lambda t: admin_review.reviews(
        t,
        admin_review.ReviewsState(
            entries=tuple(listed(EXTREME_REVIEW, name=name) for name in EXTREME_NAMES * 2),
            page=1,
            total=1234,
        ),
    ),
    "reviews: none": lambda t: admin_review.reviews(
        t, admin_review.ReviewsState(entries=(), page=0, total=0)
    ),
    "reviews: one": lambda t: admin_review.any_review(t, listed(REVIEW), 3),
    "reviews: hidden": lambda t: admin_review.any_review(t, listed(HIDDEN, counts=False)),
    "reviews: of a no-show": lambda t: admin_review.any_review(t, listed(REVIEW, counts=False)),
    "reviews: extreme": lambda t: admin_review.any_review(t, listed(EXTREME_REVIEW, name=LONG_NAME)),
    "reviews: ask to hide": lambda t: admin_review.ask_hide(t, listed(REVIEW)),
    "note": lambda t: note.private_note(t, NOTE_STATE),
    "note: none": lambda t: note.private_note(t, replace(NOTE_STATE, note=None)),
    "note: extreme": lambda t: note.private_note(t, EXTREME_NOTE),
    "note: ask": lambda t: note.ask_private_note(t, replace(NOTE_STATE, note=None)),
    "note: ask again": lambda t: note.ask_private_note(t, EXTREME_NOTE),
    "admin: menu": lambda t: admin_menu.admin_menu(
        t, admin_menu.AdminState(practice="Riverside Counseling", disputes=2, reviews=31)
    ),
    "admin: nothing waits": lambda t: admin_menu.admin_menu(
        t, admin_menu.AdminState(practice=LONG_NAME, disputes=0, reviews=0)
    ),
}
