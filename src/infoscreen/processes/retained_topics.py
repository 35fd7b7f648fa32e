"""The scheduler's retained topics: only what differs is published, and what is no longer wanted is cleared."""

from collections.abc import Callable, Collection, Mapping

from infoscreen.bootstrap import App
from infoscreen.services import publishing
from infoscreen.services.event_board import Board


class RetainedTopics:
    """What the broker holds, as the board remembers it; `prove` is called before each message."""

    def __init__(self, app: App, board: Board, prove: Callable[[], None]) -> None:
        self._app = app
        self._board = board
        self._prove = prove

    def publish(self, wanted: Mapping[str, bytes]) -> None:
        """Publish what the broker does not hold yet; raises `BusUnavailable`."""
        board = self._board
        different = {topic: payload for topic, payload in wanted.items() if board.published.get(topic) != payload}
        if not different:
            return
        with self._app.work() as work:
            publishing.remember_topics(work, different)
        for topic, payload in different.items():
            self._prove()
            self._app.ports.bus.publish(topic, payload, qos=1, retain=True)
            board.published[topic] = payload

    def clear_all_but(self, wanted: Collection[str]) -> None:
        """Clear every topic that was published and is none of these; raises `BusUnavailable`."""
        with self._app.reading() as work:
            gone = publishing.forgotten_topics(work, wanted)
        for topic in gone:
            self._prove()
            self._app.ports.bus.publish(topic, publishing.CLEARED, qos=1, retain=True)
            self._board.published.pop(topic, None)
        if gone:
            with self._app.work() as work:
                publishing.forget_topics(work, gone)
