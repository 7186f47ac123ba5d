"""The table of metrics: what a scrape shows, and that two programs in one process do not share it."""

import re

from core.kit.metrics import CONTENT_TYPE_LATEST, Metrics


def test_what_was_counted_is_on_the_page() -> None:
    metrics = Metrics()
    metrics.updates.labels(kind="message", outcome="done").inc()
    metrics.handler_seconds.labels(handler="booking").observe(0.02)
    metrics.jobs.labels(kind="notify", outcome="dead").inc(2)
    metrics.jobs_waiting.set(3)
    metrics.jobs_dead.set(2)
    metrics.job_lag_seconds.set(1.5)
    metrics.notifications.labels(kind="reminder", channel="telegram", result="sent").inc()
    metrics.bookings.labels(status="confirmed").inc()
    metrics.http_requests.labels(route="/healthz", method="GET", status="200").inc()
    metrics.http_seconds.labels(route="/healthz").observe(0.3)
    lines = set(metrics.render().decode().splitlines())
    assert lines >= {
        'confer_updates_total{kind="message",outcome="done"} 1.0',
        'confer_handler_seconds_bucket{handler="booking",le="0.01"} 0.0',
        'confer_handler_seconds_bucket{handler="booking",le="0.025"} 1.0',
        'confer_jobs_total{kind="notify",outcome="dead"} 2.0',
        "confer_jobs_waiting 3.0",
        "confer_jobs_dead 2.0",
        "confer_job_lag_seconds 1.5",
        'confer_notifications_total{channel="telegram",kind="reminder",result="sent"} 1.0',
        'confer_bookings_total{status="confirmed"} 1.0',
        'confer_http_requests_total{method="GET",route="/healthz",status="200"} 1.0',
        'confer_http_seconds_count{route="/healthz"} 1.0',
    }


def test_two_tables_are_apart() -> None:
    one, other = Metrics(), Metrics()
    one.jobs_dead.set(5)
    assert b"confer_jobs_dead 0.0" in other.render()


def test_every_metric_of_ours_is_named_and_explained() -> None:
    helps = re.findall(r"^# HELP (confer_\w+) (.+)$", Metrics().render().decode(), re.MULTILINE)
    names = {name for name, _ in helps if not name.endswith("_created")}
    assert len(names) == 10
    assert CONTENT_TYPE_LATEST.startswith("text/plain")
