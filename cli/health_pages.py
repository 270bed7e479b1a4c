"""/health/live, /health/ready and /metrics."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from cli import __version__
from cli.health import Health, Report

Sample = tuple[dict[str, str], float]


def health_routes(health: Health) -> list[Route]:
    async def live(request: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def ready(request: Request) -> Response:
        report = await health.report()
        return JSONResponse(report.as_json(), 200 if report.ready else 503, headers={"Cache-Control": "no-store"})

    async def metrics(request: Request) -> Response:
        return Response(exposition(await health.report()), media_type="text/plain; version=0.0.4; charset=utf-8")

    return [Route("/health/live", live), Route("/health/ready", ready), Route("/metrics", metrics)]


MEASURES: list[tuple[str, str, str, Callable[[Report], Iterable[Sample]]]] = [
    ("tierce_info", "gauge", "The version that runs.", lambda _: [({"version": __version__}, 1)]),
    (
        "tierce_dependency_up",
        "gauge",
        "Whether a dependency answers.",
        lambda report: [({"dependency": found.name}, found.ok) for found in report.dependencies],
    ),
    (
        "tierce_dependency_seconds",
        "gauge",
        "How long a dependency took to answer.",
        lambda report: [({"dependency": found.name}, found.milliseconds / 1000) for found in report.dependencies],
    ),
    (
        "tierce_reader_lag_events",
        "gauge",
        "Events in the log that a reader has not read.",
        lambda report: [({"reader": lag.name}, lag.events) for lag in report.readers],
    ),
    (
        "tierce_reader_lag_seconds",
        "gauge",
        "How long the first event that a reader has not read has been waiting.",
        lambda report: [({"reader": lag.name}, lag.seconds) for lag in report.readers],
    ),
    (
        "tierce_log_changed",
        "gauge",
        "Whether the log was found changed and is not explained; missing while the database does not answer.",
        lambda report: [] if report.log_changes is None else [({}, bool(report.log_changes))],
    ),
    (
        "tierce_view_stuck",
        "gauge",
        "Whether a view has met an event that it cannot digest.",
        lambda report: [({"view": view.name}, view.stuck) for view in report.views],
    ),
    (
        "tierce_view_position",
        "gauge",
        "The last event in a view.",
        lambda report: [({"view": view.name}, view.position) for view in report.views],
    ),
    (
        "tierce_view_lag",
        "gauge",
        "Events in the log that are not in a view.",
        lambda report: [({"view": view.name}, view.lag) for view in report.views],
    ),
    (
        "tierce_view_build",
        "gauge",
        "Which build of a view is live, by the version of the view.",
        lambda report: [({"view": view.name, "version": str(view.version)}, view.build) for view in report.views],
    ),
    (
        "tierce_view_building",
        "gauge",
        "Whether a view is being built again.",
        lambda report: [({"view": view.name}, view.building) for view in report.views],
    ),
    (
        "tierce_role_running",
        "gauge",
        "Whether a role of this process runs.",
        lambda report: [({"role": role.name}, role.state == "running") for role in report.roles],
    ),
    (
        "tierce_role_restarts_total",
        "counter",
        "How often a role crashed and was started again.",
        lambda report: [({"role": role.name}, role.restarts) for role in report.roles],
    ),
]


def exposition(report: Report) -> bytes:
    """Our measures, then what the Prometheus client knows of the process itself."""
    from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector, generate_latest
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)

    class Measures:
        def collect(self) -> Iterable[Metric]:
            for name, kind, meaning, samples in MEASURES:
                family = CounterMetricFamily if kind == "counter" else GaugeMetricFamily
                labelled = list(samples(report))
                metric = family(name, meaning, labels=list(labelled[0][0]) if labelled else [])
                for labels, value in labelled:
                    metric.add_metric(list(labels.values()), float(value))
                yield metric

    registry.register(Measures())
    return generate_latest(registry)
