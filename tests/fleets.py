"""Screens in a database, and somebody who looks at them as the scheduler does."""

from datetime import datetime

from applications import Clock
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client, ClientState
from infoscreen.domain.outage import Patience
from infoscreen.services import alerts, client_alerts, outage
from infoscreen.services.outage import BrokerConnection

PATIENCE = Patience.of(180)


def uuid_of(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


class Fleet:
    """Screens in a database, and somebody who looks at them."""

    def __init__(self, app: App, clock: Clock, screens: int) -> None:
        self.app, self.clock = app, clock
        self.lost_at: datetime | None = None
        with app.work() as work:
            for number in range(screens):
                client = Client(uuid=uuid_of(number), created_at=clock.now)
                client.state = ClientState(last_alive=clock.now, process_status="running")
                work.session.add(client)

    def state(self, number: int, **values: object) -> None:
        with self.app.work() as work:
            for name, value in values.items():
                setattr(work.session.get_one(ClientState, uuid_of(number)), name, value)

    def look(self) -> None:
        """A look as the scheduler makes it."""
        with self.app.work() as work:
            looked = outage.look(work, BrokerConnection(self.lost_at), PATIENCE, lock=True)
            outage.note(work, looked)
            client_alerts.settle(work, looked)

    def settle(self) -> None:
        """Let the grace period after the server's own start pass, with everybody there."""
        self.look()
        self.clock.forward(seconds=60)
        self.look()
        self.clock.forward(seconds=60)
        self.look()
        self.clock.forward(seconds=60)
        with self.app.work() as work:
            for state in work.session.query(ClientState):
                state.last_alive = work.now
        self.look()

    def is_news(self) -> bool:
        with self.app.reading() as work:
            looked = outage.look(work, BrokerConnection(self.lost_at), PATIENCE)
            return looked.is_news or client_alerts.are_due(work, looked)

    def open(self) -> list[tuple[str, str]]:
        with self.app.reading() as work:
            return sorted((alert.kind, alert.subject) for alert in alerts.open_alerts(work))
