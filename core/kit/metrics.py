"""What the program counts about itself, in one table, for Prometheus to read."""

from prometheus_client import CollectorRegistry, Counter, Gauge, GCCollector, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

__all__ = ["CONTENT_TYPE_LATEST", "Metrics"]

QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The counters, gauges and histograms of one program; each instance has a registry of its own."""

    def __init__(self) -> None:
        own = self.registry = CollectorRegistry()
        ProcessCollector(registry=own)
        GCCollector(registry=own)
        self.updates = Counter(
            "confer_updates",
            "Telegram updates handled, by kind and outcome",
            ["kind", "outcome"],
            registry=own,
        )
        self.handler_seconds = Histogram(
            "confer_handler_seconds", "Time to handle one update", ["handler"], buckets=QUICK, registry=own
        )
        self.jobs = Counter(
            "confer_jobs",
            "Jobs carried out, by kind and outcome: done, failed, dead",
            ["kind", "outcome"],
            registry=own,
        )
        self.jobs_waiting = Gauge("confer_jobs_waiting", "Jobs whose due time has come", registry=own)
        self.jobs_dead = Gauge("confer_jobs_dead", "Jobs given up on", registry=own)
        self.job_lag_seconds = Gauge(
            "confer_job_lag_seconds", "How long the oldest due job has waited", registry=own
        )
        self.notifications = Counter(
            "confer_notifications",
            "Notifications, by kind, channel and result",
            ["kind", "channel", "result"],
            registry=own,
        )
        self.bookings = Counter(
            "confer_bookings", "Changes of bookings, by the status they came to", ["status"], registry=own
        )
        self.http_requests = Counter(
            "confer_http_requests", "HTTP requests answered", ["route", "method", "status"], registry=own
        )
        self.http_seconds = Histogram(
            "confer_http_seconds", "Time to answer one HTTP request", ["route"], buckets=QUICK, registry=own
        )

    def render(self) -> bytes:
        """The page for Prometheus; its type is `CONTENT_TYPE_LATEST`."""
        return generate_latest(self.registry)
