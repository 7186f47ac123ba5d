"""Saying what happened: the claim, and words to it."""

from bot.callbacks import AskReport, ReportMenu, SendReport, SendReportAnswer, ShowBooking, ShowReport
from bot.screens.no_show_ask import ask_report, ask_report_answer, report_menu
from core.domain.outcome import Outcome
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.afterwards import ASK, ASKED


def test_each_claim_that_may_be_made_is_a_button() -> None:
    claims = (Outcome.COUNSELOR_ABSENT, Outcome.TOOK_PLACE)
    assert buttons(report_menu(NEW_YORK, ASK, claims)) == {
        "The counselor did not come": AskReport(42, 1, Outcome.COUNSELOR_ABSENT),
        "The session took place": AskReport(42, 1, Outcome.TOOK_PLACE),
        "‹ Back": ShowBooking(42),
    }
    assert len(buttons(report_menu(NEW_YORK, ASK, claims[:1]))) == 2


def test_the_client_reads_who_will_read_it() -> None:
    screen = ask_report(NEW_YORK, ASK, Outcome.COUNSELOR_ABSENT)
    assert said(screen)[-2:] == [
        "Ann Example is asked first. If the two of you disagree, the admin of the practice decides.",
        "Please write in a few words what happened; Ann Example and the admin read it.",
    ]
    assert buttons(screen) == {
        "Send without words": SendReport(42, 1, Outcome.COUNSELOR_ABSENT),
        "‹ Back": ReportMenu(42, 1),
    }


def test_the_counselor_reads_so_as_well() -> None:
    screen = ask_report_answer(NEW_YORK, ASKED, Outcome.TOOK_PLACE)
    assert said(screen)[-1] == "Please write in a few words what happened; only the admin reads it."
    assert buttons(screen) == {
        "Send without words": SendReportAnswer(42, 1, Outcome.TOOK_PLACE),
        "‹ Back": ShowReport(42),
    }
