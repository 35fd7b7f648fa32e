"""Screens in a database, and a scheduler that looks at them; time passes as a test says."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update

from applications import Clock, RememberingBus
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.commands import ClientCommand
from infoscreen.domain.commands import Signal
from infoscreen.processes.fleet_watch import FleetWatch
from infoscreen.services import alerts
from infoscreen.services.commands import give_signal

# A real one looks every two seconds; nothing depends on it.
LOOK_EVERY = 20


def uuid_of(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def add_screens(app: App, count: int, *, group_id: int = 1, since: int = 0) -> None:
    """Screens that report and work."""
    with app.work() as work:
        for number in range(since, since + count):
            client = Client(uuid=uuid_of(number), created_at=work.now, group_id=group_id)
            client.state = ClientState(last_alive=work.now, process_status="running")
            work.session.add(client)


class Fleet:
    """Screens that report at every look unless a test keeps them silent."""

    def __init__(self, app: App, clock: Clock, bus: RememberingBus, screens: int) -> None:
        self.app, self.clock, self.bus, self.screens = app, clock, bus, screens
        self.silent: set[int] = set()
        self.watch = FleetWatch()
        add_screens(app, screens)

    def settle(self) -> None:
        """Let the grace period after the server's own start pass, with everybody there."""
        self.run(200)
        assert self.open() == []

    def run(self, seconds: int) -> None:
        """Let time pass; what screens send arrives while the broker is there."""
        for passed in range(0, seconds, LOOK_EVERY):
            self.clock.forward(seconds=min(LOOK_EVERY, seconds - passed))
            if self.bus.is_connected:
                self.hear(number for number in range(self.screens) if number not in self.silent)
            self.look()

    def look(self) -> None:
        self.watch.look(self.app)

    def hear(self, numbers: Iterable[int]) -> None:
        uuids = [uuid_of(number) for number in numbers]
        with self.app.work() as work:
            work.session.execute(
                update(ClientState).where(ClientState.client_uuid.in_(uuids)).values(last_alive=work.now)
            )

    def state(self, number: int, **values: object) -> None:
        with self.app.work() as work:
            for name, value in values.items():
                setattr(work.session.get_one(ClientState, uuid_of(number)), name, value)

    def restart_server(self) -> None:
        """Whatever a scheduler kept in its memory is gone."""
        self.watch = FleetWatch()

    def open(self) -> list[tuple[str, str]]:
        """Kind and subject of every open alert."""
        with self.app.reading() as work:
            return sorted((alert.kind, alert.subject) for alert in alerts.open_alerts(work))

    def enable_recovery(self, **settings: int) -> None:
        recovery = replace(self.app.config.recovery, enabled=True, **settings)
        self.app.config = replace(self.app.config, recovery=recovery)

    def commands(self) -> list[ClientCommand]:
        """Every command there is, the oldest first."""
        with self.app.reading() as work:
            return list(work.session.query(ClientCommand).order_by(ClientCommand.id))

    def end(self, signals: Iterable[Signal] = (Signal.TAKEN, Signal.PUBLISHED, Signal.ACK_COMPLETED)) -> None:
        """Every open command comes to its end."""
        for command in self.commands():
            with self.app.work() as work:
                for signal in signals:
                    give_signal(work, command.command_id, signal)

    def last_alive(self, number: int) -> datetime:
        with self.app.reading() as work:
            last = work.session.get_one(ClientState, uuid_of(number)).last_alive
            assert last
            return last
