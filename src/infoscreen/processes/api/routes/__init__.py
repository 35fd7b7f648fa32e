"""Endpoints, a feature per file: they translate and call one use case."""

from infoscreen.processes.api.routes import (
    academic_calendar,
    auth,
    broker_accounts,
    clients,
    conversions,
    device,
    enrollments,
    events,
    groups,
    health,
    media,
    screenshots,
    settings,
)

ROUTERS = (
    auth.router,
    clients.router,
    broker_accounts.router,
    enrollments.router,
    device.router,
    groups.router,
    events.router,
    academic_calendar.router,
    settings.router,
    health.router,
    media.router,
    conversions.router,
    screenshots.router,
)
