"""Bookings in the words of calendars."""
