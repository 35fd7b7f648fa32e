"""The scheduler's part for TVs: intents go out when they change, as a heartbeat at each poll, again after an outage."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client import Counter, Gauge

from infoscreen.bootstrap import App
from infoscreen.domain.errors import BusUnavailable
from infoscreen.domain.power import Wish
from infoscreen.services import power_intents, power_overrides, publishing
from infoscreen.services.event_board import Board
from infoscreen.services.power_intents import GroupPower
from infoscreen.services.power_overrides import OverrideIntent
from infoscreen_wire import topics

TRANSITION, HEARTBEAT, REPUBLISHED, OVERRIDE = "transition", "heartbeat", "republished", "override"
# A look that comes a little early is the one of its poll all the same.
EARLY = timedelta(seconds=0.5)

PUBLISHED = Counter("infoscreen_power_intents_published", "TV power intents sent to devices.", ["kind"])
FAILURES = Counter("infoscreen_power_intent_failures", "TV power intents that the broker did not confirm.")
AGE = Gauge(
    "infoscreen_power_intent_age_seconds",
    "Age of the oldest retained group intent.",
    multiprocess_mode="mostrecent",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """An intent as it went out last."""

    intent_id: str
    wish: Wish
    at: datetime


class PowerPublisher:
    """Keeps the power topics as they should be; `prove` is called before each message."""

    def __init__(self, app: App, prove: Callable[[], None]) -> None:
        self._app = app
        self._prove = prove
        self._rules = app.config.power
        self._sent: dict[int, Sent] = {}
        self._overrides: dict[str, bytes] = {}
        self.next_change: datetime | None = None

    def forget_published(self) -> None:
        """Assume that the broker holds nothing."""
        self._sent.clear()
        self._overrides.clear()

    def publish(self, board: Board) -> set[str]:
        """Bring the topics up to date; returns those that hold something."""
        with self._app.reading() as work:
            powers = (
                power_intents.group_powers(work, board.timeline, self._rules, board.overruled)
                if self._rules.publish_enabled and board.timeline
                else {}
            )
            overrides = power_overrides.override_intents(work, self._rules)
            ended = power_overrides.ended_overrides(work)
        held = {topics.group_power_intent(group_id) for group_id in powers} | {each.topic for each in overrides}
        due = self._due(powers)
        new_overrides = [each for each in overrides if self._overrides.get(each.topic) != each.payload]
        if due or new_overrides or ended:
            with self._app.work() as work:
                power_intents.keep_intents(work, powers)
                publishing.remember_topics(work, held)
                if ended:
                    power_overrides.forget_ended(work, ended)
        for group_id, kind in due.items():
            self._send_group(powers[group_id], kind)
        for each in new_overrides:
            self._send_override(each)
        self._forget_all_but(powers, held)
        changes = [power.changes_at for power in powers.values()] + [each.expires_at for each in overrides]
        self.next_change = min((each for each in changes if each is not None), default=None)
        return held

    def _due(self, powers: Mapping[int, GroupPower]) -> dict[int, str]:
        now = self._app.clock()
        kinds = {group_id: self._kind(power, now) for group_id, power in powers.items()}
        return {group_id: kind for group_id, kind in kinds.items() if kind is not None}

    def _kind(self, power: GroupPower, now: datetime) -> str | None:
        sent = self._sent.get(power.group_id)
        if power.is_new or (sent and sent.intent_id != power.intent.intent_id):
            return TRANSITION
        if sent is None:
            return REPUBLISHED
        every = timedelta(seconds=self._rules.poll_interval_seconds) - EARLY
        is_beat_due = self._rules.heartbeat_enabled and not timedelta() <= now - sent.at < every
        return HEARTBEAT if is_beat_due or sent.wish != power.wish else None

    def _send_group(self, power: GroupPower, kind: str) -> None:
        self._prove()
        # Issued now and not when the look began, so that nothing goes out that has expired meanwhile.
        now = self._app.clock()
        self._send(topics.group_power_intent(power.group_id), power_intents.payload(power, self._rules, now), kind)
        self._sent[power.group_id] = Sent(power.intent.intent_id, power.wish, now)

    def _send_override(self, override: OverrideIntent) -> None:
        self._prove()
        if override.expires_at > self._app.clock():
            self._send(override.topic, override.payload, OVERRIDE)
            self._overrides[override.topic] = override.payload

    def _send(self, topic: str, payload: bytes, kind: str) -> None:
        try:
            self._app.ports.bus.publish(topic, payload, qos=1, retain=True)
        except BusUnavailable:
            FAILURES.inc()
            raise
        PUBLISHED.labels(kind).inc()

    def _forget_all_but(self, powers: Mapping[int, GroupPower], held: set[str]) -> None:
        self._sent = {group_id: sent for group_id, sent in self._sent.items() if group_id in powers}
        self._overrides = {topic: payload for topic, payload in self._overrides.items() if topic in held}
        now = self._app.clock()
        AGE.set(max(((now - sent.at).total_seconds() for sent in self._sent.values()), default=0.0))
