"""Emergency messages: begin, end, list; what the scheduler publishes of them. The roll-call is in `roll_calls.py`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from infoscreen.db import broadcasts as table
from infoscreen.db.broadcasts import Broadcast as Broadcast
from infoscreen.db.broadcasts import BroadcastGroup
from infoscreen.db.groups import UNASSIGNED_ID, all_groups, group_ids
from infoscreen.db.users import usernames
from infoscreen.domain.broadcasts import Announcement, Overruled, Severity, announcements
from infoscreen.domain.errors import Conflict, FieldError, Invalid, NotFound
from infoscreen.services.notices import NoticeKind
from infoscreen.services.roll_calls import keep_roll_calls
from infoscreen.services.work import Work


class BroadcastOver(Conflict):
    """The message is over already."""

    code = "broadcast_over"


@dataclass(frozen=True, slots=True)
class Order:
    """What a person wants shown: `group_ids` None is the whole school."""

    message: str
    severity: Severity
    minutes: int
    group_ids: Sequence[int] | None
    reason: str | None = None
    is_drill: bool = False


def start_broadcast(work: Work, order: Order) -> Broadcast:
    """Show a message at once; raises `Invalid` for groups that cannot show one."""
    targets = _targets(work, order.group_ids)
    begun = work.now.replace(microsecond=0)  # devices in the field read no fractions
    broadcast = Broadcast(
        message=order.message,
        severity=order.severity,
        is_drill=order.is_drill,
        is_for_all=order.group_ids is None,
        reason=order.reason,
        started_at=begun,
        ends_at=begun + timedelta(minutes=order.minutes),
        created_by=work.actor.user_id,
    )
    work.session.add(broadcast)
    work.session.flush()
    if order.group_ids is not None:
        work.session.add_all(BroadcastGroup(broadcast_id=broadcast.id, group_id=each) for each in targets)
        work.session.flush()
    work.announce(NoticeKind.BROADCASTS, broadcast.id)
    return broadcast


def end_broadcast(work: Work, broadcast_id: int, grace_seconds: float) -> Broadcast:
    """End a message at once, and keep its roll-call as it is now; raises `NotFound`, `BroadcastOver`."""
    broadcast = get_broadcast(work, broadcast_id)
    keep_roll_calls(work, grace_seconds)
    if not table.end_now(work.session, broadcast_id, work.now, work.actor.user_id):
        raise BroadcastOver
    work.session.refresh(broadcast)
    work.announce(NoticeKind.BROADCASTS, broadcast_id)
    return broadcast


def get_broadcast(work: Work, broadcast_id: int) -> Broadcast:
    """One message; raises `NotFound`."""
    broadcast = work.session.get(Broadcast, broadcast_id)
    if broadcast is None:
        raise NotFound
    return broadcast


def list_broadcasts(
    work: Work, limit: int, before_id: int | None = None, *, only_running: bool = False
) -> tuple[Sequence[Broadcast], int]:
    """Messages, the newest first, and how many there are."""
    return table.broadcasts_page(work.session, limit, before_id, work.now if only_running else None)


def groups_of(work: Work, broadcasts: Iterable[Broadcast]) -> dict[int, list[int]]:
    """The groups that each of these messages is meant for."""
    rows = list(broadcasts)
    named = table.groups_of(work.session, [each.id for each in rows])
    everywhere = sorted(group_ids(work.session) - {UNASSIGNED_ID})
    return {each.id: everywhere if each.is_for_all else named[each.id] for each in rows}


def authors_of(work: Work, broadcasts: Iterable[Broadcast]) -> dict[int, str]:
    """The names of those who began these messages, by user id."""
    return usernames(work.session, {each.created_by for each in broadcasts if each.created_by is not None})


def overruled_groups(work: Work) -> dict[int, Overruled]:
    """Groups that show something else than their plan now.

    A message is shown also where nothing else is: in a group that is held or switched off. *Nicht zugeordnet* never
    shows anything.
    """
    groups = all_groups(work.session)
    held = {each.id for each in groups if not each.is_active or each.is_unassigned or each.paused_at is not None}
    shown = announcements_at(work, table.running_broadcasts(work.session, work.now))
    return {each: Overruled(shown.get(each), each in held) for each in held | shown.keys()}


def announcements_at(work: Work, broadcasts: Iterable[Broadcast]) -> dict[int, Announcement]:
    """What each group shows of messages that last at the same time."""
    groups = group_ids(work.session) - {UNASSIGNED_ID}
    return announcements(table.as_running(work.session, broadcasts), groups)


def _targets(work: Work, wanted: Sequence[int] | None) -> set[int]:
    """The groups that a message goes to; raises `Invalid`."""
    existing = group_ids(work.session)
    if wanted is None:
        if existing <= {UNASSIGNED_ID}:
            raise Invalid(all=FieldError("no_groups_yet"))
        return existing - {UNASSIGNED_ID}
    if UNASSIGNED_ID in wanted:
        raise Invalid(groupIds=FieldError("no_broadcasts_there"))
    unknown = set(wanted) - existing
    if unknown:
        raise Invalid(groupIds=FieldError("unknown_ids", ids=", ".join(map(str, sorted(unknown)))))
    return set(wanted)
