"""Endpoints, a feature per file: they translate and call one use case."""

from infoscreen.processes.api.routes import (
    academic_calendar,
    alerts,
    auth,
    broker_accounts,
    clients,
    commands,
    conversions,
    device,
    enrollments,
    events,
    groups,
    health,
    media,
    metrics,
    screenshots,
    settings,
)

ROUTERS = (
    auth.router,
    clients.router,
    commands.router,
    broker_accounts.router,
    enrollments.router,
    device.router,
    groups.router,
    events.router,
    academic_calendar.router,
    settings.router,
    health.router,
    metrics.router,
    alerts.router,
    media.router,
    conversions.router,
    screenshots.router,
)
