"""Which handler carries out which button."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from bot import callbacks as tap
from bot.handlers import (
    admin,
    booking_confirm,
    booking_counselor,
    booking_date,
    booking_details,
    booking_start,
    booking_time,
    booking_type,
    bookings,
    explain,
    home,
    programs,
    request,
    settings,
    start,
    zone,
)
from bot.turn import Reply, Turn

TapHandler: TypeAlias = Callable[[Turn, Any], Awaitable[Reply]]

BEFORE_CONSENT = frozenset({tap.Consent, tap.SetLocale, tap.Noop})
"""What a client may tap before agreeing to how their data are used."""

TAPS: Mapping[type[tap.Callback], TapHandler] = {
    tap.Noop: home.noop,
    tap.Home: home.show_home,
    tap.Consent: start.consent,
    tap.Settings: settings.show_settings,
    tap.LanguageMenu: settings.language_menu,
    tap.SetLocale: settings.set_locale,
    tap.ToggleReminders: settings.toggle_reminders,
    tap.ZoneMenu: zone.zone_menu,
    tap.ZoneLocation: zone.zone_location,
    tap.ZoneRegion: zone.zone_region,
    tap.ZonePractice: zone.zone_practice,
    tap.SetZone: zone.set_zone,
    tap.Book: booking_start.book,
    tap.BookWith: booking_start.book_with,
    tap.BookProgram: booking_start.book_program,
    tap.BookAgain: booking_start.book_again,
    tap.Leave: booking_start.leave,
    tap.ShowCounselors: booking_counselor.show_counselors,
    tap.ShowProfile: booking_counselor.show_profile,
    tap.PickCounselor: booking_counselor.pick_counselor,
    tap.ShowTypes: booking_type.show_types,
    tap.PickType: booking_type.pick_type,
    tap.PickDuration: booking_type.pick_duration,
    tap.ShowMonth: booking_date.show_month,
    tap.PickDate: booking_date.pick_date,
    tap.Quick: booking_date.quick,
    tap.ShowTimes: booking_time.show_times,
    tap.PickTime: booking_time.pick_time,
    tap.ShowDetails: booking_details.show_details,
    tap.AskTopic: booking_details.ask_for_topic,
    tap.AskNote: booking_details.ask_for_note,
    tap.ClearTopic: booking_details.clear_topic,
    tap.ClearNote: booking_details.clear_note,
    tap.SetLocation: booking_details.set_location,
    tap.SetReminders: booking_details.set_reminders,
    tap.ShowConfirm: booking_confirm.show_confirm,
    tap.ConfirmBooking: booking_confirm.confirm_booking,
    tap.Enroll: programs.enroll,
    tap.ScheduleLater: programs.schedule_later,
    tap.StopNudges: programs.stop_nudges,
    tap.Bookings: bookings.show_bookings,
    tap.ShowBooking: bookings.show_booking,
    tap.CalendarFile: bookings.calendar_file,
    tap.Requests: request.show_requests,
    tap.ShowRequest: request.show_request,
    tap.Approve: request.approve,
    tap.DeclineMenu: request.decline_menu,
    tap.Decline: request.decline,
    tap.ExplainMenu: explain.explain_menu,
    tap.AskExplain: explain.ask_explain,
    tap.Invites: admin.show_invites,
    tap.InviteCounselor: admin.invite_counselor,
}
