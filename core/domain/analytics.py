"""Funnel events: how people come to a booking, or where they stop."""

from enum import StrEnum


class FunnelEvent(StrEnum):
    """The steps of the funnel, as their public names."""

    PAGE_VIEW = "page_view"
    COUNSELOR_SELECTED = "counselor_selected"
    DATE_SELECTED = "date_selected"
    TIME_SELECTED = "time_selected"
    BOOKING_ATTEMPTED = "booking_attempted"
    BOOKING_SUCCESS = "booking_success"
    BOOKING_FAILED = "booking_failed"
    SCHEDULE_LATER = "schedule_later"
