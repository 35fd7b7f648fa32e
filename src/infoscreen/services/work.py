"""One unit of work: a transaction, and the effects that follow its commit.

A crash between commit and effect loses only the effect; the scheduler's passes find and repeat what matters.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from infoscreen.domain.access import Actor
from infoscreen.services.notices import Notice, NoticeKind
from infoscreen.services.ports import Effect, Ports


@dataclass(slots=True)
class Work:
    """What a use case works with: the open transaction, the instant it happens at (UTC), who asked, what is outside."""

    session: Session
    now: datetime
    actor: Actor
    ports: Ports
    effects: list[Effect] = field(default_factory=list)
    _changed: dict[NoticeKind, set[int | str]] = field(default_factory=dict)

    def after_commit(self, effect: Effect) -> None:
        """Do something outside once the transaction is committed."""
        self.effects.append(effect)

    def announce(self, kind: NoticeKind, *ids: int | str) -> None:
        """Tell the other processes, after the commit, that these rows changed."""
        self._changed.setdefault(kind, set()).update(ids)

    def notices(self) -> list[Notice]:
        """One notice per kind that changed."""
        return [Notice(kind, tuple(sorted(ids, key=str))) for kind, ids in self._changed.items()]


OpenWork = Callable[[], AbstractContextManager[Work]]
