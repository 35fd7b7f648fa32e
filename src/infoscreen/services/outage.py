"""Watches the broker: what a look sees, what is remembered of it, and the one alert of a suspected outage.

The rules are in the domain's file; whoever judges single screens asks `Look.may_judge` first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from infoscreen.db.outage import LastSign, last_signs, load_watch, save_watch
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.outage import Patience, Sight, Watch, follow, is_told, may_judge, missing
from infoscreen.services.alerts import close_alert, open_subjects, raise_alert
from infoscreen.services.off_by_plan import OffByPlan
from infoscreen.services.work import Work

BROKER = "broker"
# That the broker is still there is noted only so often.
NOTE_EVERY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class BrokerConnection:
    """How a process is connected: since when it has been without the broker, and whether it has just come back."""

    lost_at: datetime | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at broker and screens found; `may_judge`: a screen's silence says something about that screen."""

    before: Watch
    watch: Watch
    sight: Sight
    patience: Patience
    screens: tuple[LastSign, ...]
    is_alert_open: bool
    may_judge: bool

    @property
    def is_told(self) -> bool:
        """Whether there is an outage that people should know of."""
        return is_told(self.watch.outage, self.sight.now)

    @property
    def is_news(self) -> bool:
        """Whether there is something to note."""
        unnoted = replace(self.watch, connected_at=self.before.connected_at) != self.before
        return unnoted or self.is_told != self.is_alert_open or self._is_presence_due()

    def _is_presence_due(self) -> bool:
        seen, noted = self.watch.connected_at, self.before.connected_at
        return seen is not None and (noted is None or seen - noted >= NOTE_EVERY)


def is_outage_suspected(work: Work) -> bool:
    """Whether the broker, by the last look, is suspected to be away."""
    return load_watch(work.session).outage is not None


def look(work: Work, connection: BrokerConnection, patience: Patience, *, lock: bool = False) -> Look:
    """Look at the broker and all screens; with `lock`, others who lock it wait for the end of the transaction."""
    before = load_watch(work.session, lock=lock)
    screens = tuple(_expected(work, last_signs(work.session, work.now), patience))
    signs = tuple(screen.last_alive for screen in screens)
    sight = Sight(work.now, signs, connection.lost_at, connection.is_new)
    is_alert_open = BROKER in open_subjects(work, AlertKind.BROKER_OUTAGE)
    watch = follow(before, sight, patience)
    return Look(before, watch, sight, patience, screens, is_alert_open, may_judge(watch, sight, patience))


def _expected(work: Work, screens: Sequence[LastSign], patience: Patience) -> Iterable[LastSign]:
    """All but those that are silent because they are off by plan: neither they nor the broker are to blame."""
    late = [each for each in screens if work.now - each.last_alive >= patience.late_after]
    if not late:
        return screens
    plan = OffByPlan(work)
    off = {each.uuid for each in late if plan.holds(each.group_id, each.last_alive)}
    return (each for each in screens if each.uuid not in off)


def note(work: Work, looked: Look) -> None:
    """Remember what a look with `lock` found, and open or close the alert."""
    save_watch(work.session, looked.watch)
    outage = looked.watch.outage
    if outage and looked.is_told and not looked.is_alert_open:
        screens = {"affected": outage.affected, "missing": missing(outage, looked.sight.signs)}
        raise_alert(work, AlertKind.BROKER_OUTAGE, BROKER, Severity.CRITICAL, cause=outage.cause, **screens)
    elif looked.is_alert_open and not looked.is_told:
        close_alert(work, AlertKind.BROKER_OUTAGE, BROKER)
