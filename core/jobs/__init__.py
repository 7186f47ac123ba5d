"""Durable jobs: rows in the booking's own database, enqueued in the booking's own transaction."""
