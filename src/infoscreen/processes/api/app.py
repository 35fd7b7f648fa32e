"""Puts the API together: the routes, the guard around them, the live stream, and the dashboard's files."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.staticfiles import StaticFiles

import infoscreen
from infoscreen.bootstrap import App
from infoscreen.processes.api import live, problems
from infoscreen.processes.api.guard import Guard
from infoscreen.processes.api.live import Hub
from infoscreen.processes.api.request_figures import RequestFigures
from infoscreen.processes.api.routes import ROUTERS
from infoscreen.processes.api.schemas.base import Problem

DASHBOARD = Path(infoscreen.__file__).parents[2] / "dashboard" / "dist"


class PageConvertor(PathConvertor):
    """Any path but those of the API, where an unknown address is an error and a wrong method is told."""

    regex = "(?!(?:api|screenshots|health|metrics)(?:/|$)).*"


register_url_convertor("page", PageConvertor())


def build_api(app: App | None, hub: Hub) -> FastAPI:
    """The ASGI application; without an `App` it can only describe itself (OpenAPI)."""

    @asynccontextmanager
    async def lifespan(_api: FastAPI) -> AsyncIterator[None]:
        api.state.hub.open(asyncio.get_running_loop())
        yield

    api = FastAPI(
        title="Infoscreen",
        version="0.1.0",
        openapi_url="/api/openapi.json",
        docs_url=None,  # FastAPI's page wants scripts from the internet; ours comes with the dashboard
        redoc_url=None,
        lifespan=lifespan,
        responses={code: {"model": Problem} for code in (400, 401, 403, 404, 409, 422, 503)},
        generate_unique_id_function=lambda route: route.name,
    )
    api.state.infoscreen = app
    api.state.hub = hub
    problems.install(api)
    for router in ROUTERS:
        api.include_router(router)
    api.include_router(live.router)
    if DASHBOARD.is_dir():
        _serve_dashboard(api)
    api.add_middleware(Guard)
    api.add_middleware(RequestFigures)
    return api


def _serve_dashboard(api: FastAPI) -> None:
    files = {str(file.relative_to(DASHBOARD)) for file in DASHBOARD.rglob("*") if file.is_file()}
    api.mount("/assets", StaticFiles(directory=DASHBOARD / "assets"), name="assets")

    @api.get("/api/docs", include_in_schema=False)
    def docs() -> Response:
        return FileResponse(DASHBOARD / "api-docs" / "index.html")

    @api.api_route("/{path:page}", methods=["GET", "HEAD"], include_in_schema=False)
    def page(path: str) -> Response:
        if path in files:
            return FileResponse(DASHBOARD / path)
        return FileResponse(DASHBOARD / "index.html", headers={"Cache-Control": "no-cache"})
