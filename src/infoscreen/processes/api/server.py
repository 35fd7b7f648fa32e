"""How the API is served: where, behind which proxies, and how it ends."""

import uvicorn

from infoscreen.bootstrap import App
from infoscreen.processes.api.app import build_api
from infoscreen.processes.api.live import Hub

# Open streams are told to end; what has not answered by then is cut off, in seconds.
SHUTDOWN_SECONDS = 5


def server(app: App, hub: Hub) -> uvicorn.Server:
    """The server of an application; `run` serves until the process is asked to end."""
    http = app.config.http
    return uvicorn.Server(
        uvicorn.Config(
            build_api(app, hub),
            host=http.host,
            port=http.port,
            log_config=None,
            access_log=False,
            server_header=False,
            forwarded_allow_ips=http.trusted_proxies,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
    )
