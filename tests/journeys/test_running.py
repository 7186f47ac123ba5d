"""A session in the chat from its start to its outcome, in both languages."""

from datetime import timedelta

import pytest

from bot.callbacks import (
    AdminMenu,
    AskPrivateNote,
    AskReport,
    AskReportAnswer,
    DecideDispute,
    Disputes,
    NoShowMenu,
    RemovePrivateNote,
    ReportMenu,
    SendReport,
    SetOutcome,
    ShowBooking,
    ShowDispute,
    ShowPrivateNote,
    ShowReport,
    StartSession,
    pack,
)
from bot.sandbox.phone import text_of
from core.db.tables.no_shows import no_show_reports
from core.domain.no_show import ANSWER_WITHIN
from core.domain.outcome import Outcome
from tests.journeys.aftermath import CASTS, ENGLISH, GERMAN, Cast, admin, agreed
from tests.journeys.conftest import House, data_of, forge, labels, on_sqlite, press, say

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
both = pytest.mark.parametrize("cast", CASTS, ids=["en", "de"])

WORDS = {
    "en": {
        "running": "🟢 In progress",
        "completed": "🏁 Completed",
        "no_show": "🚫 No-show",
        "asked": "🏁 How did it go?",
        "took place": "✅ It took place",
        "absent": "🚫 The client did not come",
        "could not": "🙇 I could not make it",
        "thanks": "🏁 Your session with Ann Rivera took place",
        "counts": "🏁 Your session with Maya Okafor counts as taken place",
        "you absent": "🚫 You did not come to your session with Ann Rivera",
        "nothing back": "↩️ Refund: 0% ($0.00)",
        "all back": "↩️ Refund: 100% ($80.00)",
        "sorry": "🙇 Sorry, Ann Rivera could not make it to your session",
        "claimed": "✋ Maya Okafor says that you did not come",
        "disputed": "⚖️ What became of this session?",
        "decided": "⚖️ The admin of the practice has decided this.",
        "right until": "You can set this right until",
        "too late": "It is too late to change this.",
        "stale": "Something has changed meanwhile. Here is how it stands now.",
        "note": "🔒 Private note",
        "only you": "Only you can read this.",
    },
    "de": {
        "running": "🟢 Läuft",
        "completed": "🏁 Abgeschlossen",
        "no_show": "🚫 Nicht erschienen",
        "asked": "🏁 Wie ist es gelaufen?",
        "took place": "✅ Sie hat stattgefunden",
        "absent": "🚫 Klient:in ist nicht gekommen",
        "could not": "🙇 Ich konnte nicht kommen",
        "thanks": "🏁 Ihre Sitzung mit Jonas Weber hat stattgefunden",
        "counts": "🏁 Ihre Sitzung mit Lukas Braun gilt als stattgefunden",
        "you absent": "🚫 Sie sind nicht zu Ihrer Sitzung mit Jonas Weber gekommen",
        "nothing back": "↩️ Erstattung: 0\u00a0% (0,00\N{NO-BREAK SPACE}$)",
        "all back": "↩️ Erstattung: 100\u00a0% (80,00\N{NO-BREAK SPACE}$)",
        "sorry": "🙇 Leider konnte Jonas Weber nicht zu Ihrer Sitzung kommen",
        "claimed": "✋ Lukas Braun sagt, dass Sie nicht gekommen sind",
        "disputed": "⚖️ Was ist aus dieser Sitzung geworden?",
        "decided": "⚖️ Das hat die Praxisleitung entschieden.",
        "right until": "Sie können das bis",
        "too late": "Das lässt sich nicht mehr ändern.",
        "stale": "Inzwischen hat sich etwas geändert. So ist der Stand jetzt.",
        "note": "🔒 Private Notiz",
        "only you": "Das können nur Sie lesen.",
    },
}


@both
async def test_a_session_is_started_and_ended_and_the_client_is_asked_for_a_review(
    house: House, cast: Cast
) -> None:
    words, session = WORDS[cast.language], await agreed(house, cast)
    await session.until(-16 * MINUTE)
    await session.card(session.counselor)
    assert words["running"] not in text_of(session.counselor.last)
    await session.until(-5 * MINUTE)
    await session.card(session.counselor, StartSession)
    assert words["running"] in text_of(session.counselor.last)
    await session.until(-2 * MINUTE, end=True)
    await session.card(session.counselor)
    assert words["took place"] in labels(session.counselor.last)
    await press(session.counselor, SetOutcome)
    assert words["completed"] in text_of(session.counselor.last)
    row = await session.row()
    assert (row["status"], row["started_at"], row["ended_at"]) == (
        "completed",
        row["starts_at"] - 5 * MINUTE,
        row["ends_at"] - 2 * MINUTE,
    )
    thanks = await session.client.wait_for(words["thanks"])
    assert labels(thanks)[:5] == ["1 ⭐", "2 ⭐", "3 ⭐", "4 ⭐", "5 ⭐"]
    await session.until(HOUR, end=True)
    assert words["asked"] not in "".join(text_of(each) for each in session.counselor.answers)


@both
async def test_a_client_who_did_not_come_is_told_what_that_means(house: House, cast: Cast) -> None:
    words, session = WORDS[cast.language], await agreed(house, cast)
    await session.until(-MINUTE, end=True)
    assert words["asked"] not in text_of(session.counselor.last)
    await session.until(end=True)
    question = await session.counselor.wait_for(words["asked"])
    assert labels(question)[:3] == [words["took place"], words["absent"], words["could not"]]
    took_place = data_of(question, words["took place"])
    told = await forge(session.counselor, data_of(question, words["absent"]), question["message_id"])
    assert cast.client_name in told
    assert words["no_show"] in text_of(session.counselor.last)
    await house.settle()
    news = await session.client.wait_for(words["you absent"])
    assert words["nothing back"] in text_of(news)
    row = await session.row()
    assert (row["status"], row["absent"], row["refund_percent"]) == ("no_show", "client", 0)
    stale = await forge(session.counselor, took_place, question["message_id"])
    assert stale == words["stale"]
    assert (await session.row())["status"] == "no_show"


@both
async def test_a_counselor_who_could_not_come_says_so_and_the_client_gets_everything_back(
    house: House, cast: Cast
) -> None:
    words, session = WORDS[cast.language], await agreed(house, cast)
    await session.until(10 * MINUTE)
    await session.card(session.counselor, NoShowMenu)
    assert words["could not"] in labels(session.counselor.last)
    row = await session.row()
    await forge(session.counselor, pack(SetOutcome(row["id"], row["version"], Outcome.COUNSELOR_ABSENT)))
    await house.settle()
    news = await session.client.wait_for(words["sorry"])
    assert words["all back"] in text_of(news)
    assert (await session.row())["refund_percent"] == 100


@both
async def test_where_the_two_disagree_the_admin_hears_both_and_decides(house: House, cast: Cast) -> None:
    words, session = WORDS[cast.language], await agreed(house, cast)
    robin = await admin(house, cast.language)
    await session.until(20 * MINUTE)
    client, counselor = session.client, session.counselor
    await session.card(client, ReportMenu, AskReport)
    await say(client, "I waited for twenty minutes.")
    await house.settle()
    asked = await counselor.wait_for(words["claimed"])
    assert "I waited for twenty minutes." in text_of(asked)
    assert (await session.row())["status"] == "confirmed"
    took_place = data_of(asked, words["took place"])
    await forge(counselor, took_place, asked["message_id"])
    await say(counselor, "I was there from the start.")
    await house.settle()
    card = await robin.wait_for(words["disputed"])
    for said in ("I waited for twenty minutes.", "I was there from the start."):
        assert said in text_of(card)
    await press(robin, DecideDispute)  # the first: it took place
    assert words["decided"] in text_of(robin.last)
    assert (await session.row())["status"] == "completed"
    await house.settle()
    for phone in (client, counselor):
        await phone.wait_for(words["decided"])
    (report,) = await house.rows(no_show_reports)
    assert (report["status"], report["decision"]) == ("decided", "took_place")


@both
async def test_a_report_that_nobody_answers_goes_to_the_admin_and_completes_nothing(
    house: House, cast: Cast
) -> None:
    words, session = WORDS[cast.language], await agreed(house, cast)
    robin = await admin(house, cast.language)
    await session.until(20 * MINUTE)
    await session.card(session.client, ReportMenu, AskReport, SendReport)
    await house.pass_time(ANSWER_WITHIN - MINUTE)
    assert (await session.row())["status"] == "confirmed"
    await house.pass_time(MINUTE)
    await robin.wait_for(words["disputed"])
    await press(robin, Disputes)
    await press(robin, ShowDispute)
    row = await session.row()
    await forge(robin, pack(DecideDispute(row["id"], 2, Outcome.COUNSELOR_ABSENT)))
    await house.settle()
    news = await session.client.wait_for(words["sorry"])
    assert words["all back"] in text_of(news)
    assert (await session.row())["absent"] == "counselor"


@both
async def test_a_session_of_which_nobody_speaks_is_completed_by_the_clock_and_can_be_set_right(
    house: House, cast: Cast
) -> None:
    words, session = WORDS[cast.language], await agreed(house, cast)
    await session.until(DAY - MINUTE, end=True)
    assert (await session.row())["status"] == "confirmed"
    await session.until(DAY, end=True)
    assert (await session.row())["status"] == "completed"
    await session.client.wait_for(words["thanks"])
    news = await session.counselor.wait_for(words["counts"])
    assert words["right until"] in text_of(news)
    await press(session.counselor, NoShowMenu, SetOutcome)  # the client did not come
    assert words["no_show"] in text_of(session.counselor.last)
    await house.settle()
    await session.client.wait_for(words["you absent"])
    await session.until(8 * DAY, end=True)
    row = await session.row()
    late = await forge(session.counselor, pack(SetOutcome(row["id"], row["version"], Outcome.TOOK_PLACE)))
    assert late == words["too late"]
    assert (await session.row())["status"] == "no_show"


@both
async def test_a_private_note_is_for_its_counselor_alone(house: House, cast: Cast) -> None:
    words, session = WORDS[cast.language], await agreed(house, cast)
    robin = await admin(house, cast.language)
    secret = "Sleeps badly since the move."
    counselor = session.counselor
    await press(counselor, ShowPrivateNote, AskPrivateNote)
    await say(counselor, secret)
    assert words["note"] in text_of(counselor.last)
    assert secret in text_of(counselor.last)
    assert words["only you"] in text_of(counselor.last)
    await press(counselor, ShowBooking)
    assert secret not in text_of(counselor.last)
    for other in (session.client, robin):
        await forge(other, pack(ShowPrivateNote(session.booking_id)))
        await forge(other, pack(AskPrivateNote(session.booking_id)))
        assert secret not in "".join(text_of(each) for each in house.messages_to(other))
    assert secret not in str(await house.audit())
    await press(counselor, ShowPrivateNote, RemovePrivateNote)
    assert secret not in text_of(counselor.last)
    await press(counselor, AskPrivateNote, ShowPrivateNote)  # gone back instead of writing
    await say(counselor, "Not a note.")
    await forge(counselor, pack(ShowPrivateNote(session.booking_id)))
    assert "Not a note." not in text_of(counselor.last)


@on_sqlite
async def test_an_objection_is_heard(house: House) -> None:
    words, session = WORDS["en"], await agreed(house, ENGLISH)
    await session.until(end=True)
    await session.counselor.wait_for(words["asked"])
    row = await session.row()
    await forge(session.counselor, pack(SetOutcome(row["id"], row["version"], Outcome.CLIENT_ABSENT)))
    await house.settle()
    await session.client.wait_for(words["you absent"])
    await press(session.client, ReportMenu)
    assert labels(session.client.last)[:2] == ["The counselor did not come", "The session took place"]
    row = await session.row()
    await forge(session.client, pack(AskReport(row["id"], row["version"], Outcome.TOOK_PLACE)))
    await say(session.client, "We spoke for 45 minutes.")
    await house.settle()
    asked = await session.counselor.wait_for("✋ Maya Okafor says that the session took place")
    assert "We spoke for 45 minutes." in text_of(asked)
    await forge(session.counselor, data_of(asked, words["took place"]), asked["message_id"])
    assert (await session.row())["status"] == "completed"
    await house.settle()
    await session.client.wait_for(words["thanks"])


@on_sqlite
async def test_the_admins_list_leads_to_the_decision_and_back(house: House) -> None:
    session, robin = await agreed(house, GERMAN), await admin(house, "en")
    await press(robin, AdminMenu)
    assert "Nothing waits for your decision." in text_of(robin.last)
    await session.until(20 * MINUTE)
    await session.card(session.client, ReportMenu, AskReport, SendReport)
    await house.settle()
    await session.card(session.counselor, ShowReport)
    row = await session.row()
    await forge(session.counselor, pack(AskReportAnswer(row["id"], 1, Outcome.CLIENT_ABSENT)))
    await say(session.counselor, "Ich war da.")
    await house.settle()
    await robin.wait_for("⚖️ What became of this session?")
    await forge(robin, pack(AdminMenu()))
    assert "1 no-show report waits for your decision." in text_of(robin.last)
    await press(robin, Disputes)
    assert "Lukas Braun · Jonas Weber" in text_of(robin.last)
    await press(robin, ShowDispute)
    assert "Ich war da." in text_of(robin.last)
    await forge(robin, pack(ShowReport(session.booking_id)))  # the counselor's answers are not the admin's
    shown = labels(robin.last)
    assert shown[0] == "⚖️ Decide"
    assert [each for each in shown if each in WORDS["en"].values()] == []
    await press(robin, ShowDispute)
    stale = await forge(robin, pack(DecideDispute(row["id"], 1, Outcome.TOOK_PLACE)))
    assert stale == "Something has changed meanwhile. Here is how it stands now."
    assert (await session.row())["status"] == "confirmed"
