"""`GET /metrics` for Prometheus: of every process on this machine where they share a directory, else of this one."""

import hmac
import os

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from infoscreen.domain.errors import NotLoggedIn
from infoscreen.processes.api.deps import CurrentApp

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
def metrics(app: CurrentApp, request: Request) -> Response:
    """Figures; with METRICS_TOKEN set, only for who has it."""
    token = app.config.metrics_token
    if token and not hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
        raise NotLoggedIn
    return Response(generate_latest(_registry()), media_type=CONTENT_TYPE_LATEST)


def _registry() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
