"""No-show reports on which the two sides disagree, as the admin decides them."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import AdminMenu, DecideDispute, Disputes, ShowDispute
from bot.screens.navigation import back, home, pager
from bot.screens.no_show import STANDING
from bot.screens.running import CLAIMS
from bot.screens.screen import Screen, Tap, in_columns, rows
from bot.screens.session import price, what, when
from bot.screens.status import badge
from bot.screens.wording import bold, dotted, lines, paragraphs, quoted, shown
from core.domain.booking import Booking
from core.domain.no_show import Report, ReportStatus
from core.domain.notification import Dispute
from core.domain.outcome import Outcome
from core.kit.i18n import Texts

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeEntry:
    """One line of the list."""

    booking_id: int
    client: str
    counselor: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputesState:
    """A page of the reports that wait, counted from 0, and how many there are."""

    entries: tuple[DisputeEntry, ...]
    page: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeState:
    """A report with everything said of it."""

    report: Report
    booking: Booking
    session_type: str
    client: str
    counselor: str


def disputes(t: Texts, state: DisputesState) -> Screen:
    """The list: every number is a button."""
    numbered = list(enumerate(state.entries, start=state.page * PAGE_SIZE + 1))
    buttons = (Tap(str(n), ShowDispute(each.booking_id)) for n, each in numbered)
    pages = max(1, -(-state.total // PAGE_SIZE))
    return Screen(
        text=paragraphs(
            bold(t("⚖️ No-show reports")),
            None if numbered else t("Nothing waits for your decision."),
            *(_entry(t, n, each) for n, each in numbered),
            t("Times are in {zone}. Tap a number for details.", zone=t.zone_short()) if numbered else None,
        ),
        rows=rows(
            *in_columns(buttons, 5), pager(t, state.page, pages, Disputes), (back(t, AdminMenu()), home(t))
        ),
    )


def dispute(t: Texts, state: DisputeState) -> Screen:
    """What the two sides say, and the admin's decision."""
    booking, report = state.booking, state.report
    waits = report.status is ReportStatus.DISPUTED
    return Screen(
        text=paragraphs(
            bold(t("⚖️ What became of this session?")),
            lines(
                when(t, booking.starts_at, booking.ends_at),
                what(t, state.session_type, booking.minutes),
                price(t, booking.price),
                t.html("🔖 Reference: <code>{reference}</code>", reference=booking.reference),
            ),
            _says(t, t("Client"), state.client, report.claim, report.words),
            _says(t, t("Counselor"), state.counselor, report.answer, report.answer_words),
            t("It stands as: {status}", status=badge(t, booking.status)),
            _explained(t) if waits else _closed(t, report),
        ),
        rows=rows(
            *(_decision(t, report, each) for each in Outcome if waits),
            back(t, Disputes()),
        ),
    )


def dispute_message(message: Dispute, t: Texts) -> Screen:
    """The same, as it reaches an admin."""
    state = DisputeState(
        report=message.report,
        booking=message.booking,
        session_type=message.session_type.title,
        client=message.client.name,
        counselor=message.counselor.name,
    )
    return dispute(t, state)


def _entry(t: Texts, n: int, each: DisputeEntry) -> Markup:
    return lines(
        Markup("{}. ").format(n) + dotted(bold(shown(each.client)), shown(each.counselor)),
        f"{t.day(each.starts_at)}, {t.times(each.starts_at, each.ends_at)}",
    )


def _says(t: Texts, role: str, name: str, outcome: Outcome | None, words: str) -> Markup:
    said = f"{t(CLAIMS[outcome])}." if outcome else t("No answer.")
    return lines(dotted(bold(shown(name)), role), said, quoted(words))


def _explained(t: Texts) -> str:
    return t(
        "Both are told what you decide. A client who did not come gets nothing back; "
        "where the counselor did not come, the client gets everything back."
    )


def _closed(t: Texts, report: Report) -> Markup:
    decision = report.decision or report.answer
    return lines(
        t(STANDING[report.status]),
        t("Outcome: {outcome}.", outcome=t(CLAIMS[decision])) if decision else None,
    )


def _decision(t: Texts, report: Report, outcome: Outcome) -> Tap:
    return Tap(t(CLAIMS[outcome]), DecideDispute(report.booking_id, report.version, outcome))
