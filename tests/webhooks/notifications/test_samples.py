"""Every mail in every language: what it says, and that it fits; all are put on one page to look at."""

import html
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.domain.notification import Kind
from core.kit.i18n import LANGUAGES
from webhooks.notifications.letters import UNSUBSCRIBABLE, Letter, Letters
from webhooks.notifications.message import SUBJECT_LENGTH
from webhooks.notifications.samples import ANN, NOW, letters_of, sample

PAGE = Path(__file__).parents[3] / "build" / "mails.html"
OFF = "https://confer.example.org/unsubscribe/sample"
LETTERS = Letters(
    sender="Riverside Counseling",
    chat=lambda booking: "https://t.me/confer_bot" + (f"?start=b-{booking.reference}" if booking else ""),
    unsubscribe=lambda _person, _topic: OFF,
)
EVERY = {(language, name): letter for language in LANGUAGES for name, letter in letters_of(LETTERS, language)}
SUBJECTS = {
    "request_received": "Ihre Anfrage an Ann Rivera ist unterwegs",
    "new_request": "Dora Klein möchte eine Sitzung bei Ihnen buchen",
    "new_booking": "Dora Klein hat eine Sitzung bei Ihnen gebucht",
    "confirmed": "Ihre Sitzung mit Ann Rivera ist bestätigt",
    "declined": "Ann Rivera kann Ihre Anfrage nicht annehmen",
    "expired": "Ann Rivera hat Ihre Anfrage nicht rechtzeitig beantwortet",
    "expired_unanswered": "Die Anfrage von Dora Klein ist unbeantwortet abgelaufen",
    "cancelled": "Ihre Sitzung mit Ann Rivera ist abgesagt",
    "reschedule_requested": "Ann Rivera möchte Ihre Sitzung verschieben",
    "reschedule_countered": "Ann Rivera schlägt stattdessen eine andere Zeit vor",
    "reschedule_accepted": "Ihre Sitzung mit Ann Rivera wurde verschoben",
    "reschedule_rejected": "Ann Rivera möchte bei der alten Zeit bleiben",
    "reschedule_withdrawn": "Ann Rivera hat den Vorschlag einer anderen Zeit zurückgezogen",
    "reschedule_expired": "Ann Rivera hat Ihren Vorschlag nicht rechtzeitig beantwortet",
    "request_nudge": "Die Anfrage von Dora Klein wartet auf Ihre Antwort",
    "reminder": "Ihre Sitzung mit Ann Rivera beginnt in 24 Stunden",
    "outcome_asked": "Wie war Ihre Sitzung mit Dora Klein?",
    "completed": "Ihre Sitzung mit Ann Rivera hat stattgefunden",
    "no_show": "Ann Rivera war nicht bei Ihrer Sitzung",
    "no_show_reported": "Dora Klein sieht Ihre Sitzung anders",
    "no_show_decided": "Die Praxis hat über Ihre Sitzung mit Ann Rivera entschieden",
    "review_written": "Dora Klein hat Ihre Sitzung bewertet",
    "review_answered": "Ann Rivera hat auf Ihre Bewertung geantwortet",
    "booked_for": "Ann Rivera hat eine Zeit für Sie ausgesucht",
    "booked_for_nudge": "Ann Rivera wartet auf Ihre Antwort",
    "turned_down": "Dora Klein kann die von Ihnen ausgesuchte Zeit nicht wahrnehmen",
    "waitlist_opening": "Ein Termin mit Ann Rivera ist frei geworden",
    "schedule_later_nudge": "Zeit für Ihre nächste Sitzung von Eight calm weeks?",
    "waitlist_lapsed": "Die Zeit mit Ann Rivera ist nicht mehr für Sie reserviert",
    "no_show_disputed": "Ein Nichterscheinen wartet auf Ihre Entscheidung",
    "address_code": "Ihr Code für diese E-Mail-Adresse",
}
CAN_BE_STOPPED = {
    "reminder",
    "outcome_asked",
    "completed",
    "no_show",
    "no_show_reported",
    "no_show_decided",
    "review_written",
    "review_answered",
    "waitlist_opening",
    "schedule_later_nudge",
    "waitlist_lapsed",
}


def test_every_kind_has_its_mail_and_its_subject() -> None:
    assert {name: EVERY["de", name].words.subject for name in SUBJECTS} == SUBJECTS
    assert set(Kind) <= set(SUBJECTS)
    assert {name for _, name in EVERY} == set(SUBJECTS)


def test_only_what_nobody_has_to_know_can_be_stopped_by_a_link() -> None:
    assert {name for (_, name), letter in EVERY.items() if letter.unsubscribe} == CAN_BE_STOPPED
    assert len(UNSUBSCRIBABLE) == 3


@pytest.mark.parametrize("letter", EVERY.values(), ids=["-".join(each) for each in EVERY])
def test_text_and_page_of_a_mail_say_the_same(letter: Letter) -> None:
    words = letter.words
    assert 0 < len(words.subject) <= SUBJECT_LENGTH
    body = words.html.partition("<body>")[2]
    shown = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
    for line in words.text.splitlines():
        said = re.sub(r"^(> |  +)", "", line).rstrip(":")
        said = " ".join(said.split())
        label, colon, value = said.partition(": ")
        in_page = said in shown or (colon and label in shown and value in shown)
        assert in_page or said.startswith(("http", "--")) or OFF in said or not said


def test_a_name_with_markup_is_only_a_name() -> None:
    ann = replace(ANN, name="<b>Ann</b>\r\n& {Co} {{ 7 * 7 }}")
    letter = LETTERS.notification(replace(sample(Kind.CONFIRMED), counselor=ann), NOW)
    assert letter.words.subject == "Your session with <b>Ann</b> & {Co} {{ 7 * 7 }} is confirmed"
    assert "&lt;b&gt;Ann&lt;/b&gt; &amp; {Co}" in letter.words.html
    assert "<b>Ann" not in letter.words.html


def test_all_mails_are_put_on_one_page() -> None:
    frames = (
        f"<h2>{html.escape(f'{language} {name}: {letter.words.subject}')}</h2>"
        f'<iframe srcdoc="{html.escape(letter.words.html)}" title="{name}" '
        'style="width:390px;height:560px"></iframe>'
        for (language, name), letter in EVERY.items()
    )
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(f"<!doctype html><meta charset=utf-8><title>Mails</title>{''.join(frames)}")
    assert PAGE.read_text().count("<iframe") == len(EVERY)


def test_several_sessions_of_a_series_are_told_in_one_mail_with_all_their_times() -> None:
    one = sample(Kind.CONFIRMED)
    week = timedelta(days=7)
    every = tuple(
        replace(
            one.booking, starts_at=one.booking.starts_at + n * week, ends_at=one.booking.ends_at + n * week
        )
        for n in range(3)
    )
    words = LETTERS.notification(replace(one, together=every), NOW).words
    assert words.subject == "Your 3 sessions with Ann Rivera are confirmed"
    found = re.findall(r"(\w+day \d+ November) 2026, 8:00–9:00 PM \(Berlin time\)", words.text)
    assert found == ["Tuesday 3 November", "Tuesday 10 November", "Tuesday 17 November"]
