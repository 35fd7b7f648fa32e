"""The API as a process of its own, whose clock a test may stop; run by `command_sites.py`."""

import sys
from datetime import datetime
from pathlib import Path

import uvicorn

from infoscreen.bootstrap import build_app
from infoscreen.broker_bootstrap import connect
from infoscreen.config import load_config
from infoscreen.processes.api.app import build_api
from infoscreen.processes.api.live import Hub
from infoscreen.processes.clock import utc_now
from infoscreen_wire.access import Actor


def main(data_dir: str, mqtt_port: str, database_url: str, http_port: str, clock_file: str) -> None:
    def clock() -> datetime:
        stopped = Path(clock_file).read_text()
        return datetime.fromisoformat(stopped) if stopped else utc_now()

    config = load_config(
        data_dir=Path(data_dir), mqtt_broker_port=int(mqtt_port), db_conn=database_url, http_port=int(http_port)
    )
    hub = Hub()
    connection = connect(config, Actor.API, 1, on_notice=hub.tell, on_connected=hub.refresh)
    try:
        uvicorn.run(
            build_api(build_app(config, clock, connection), hub), host="127.0.0.1", port=int(http_port), log_config=None
        )
    finally:
        connection.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
