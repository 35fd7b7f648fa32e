"""The server's clock as the scheduler sees it from look to look; who deletes what is old asks here first."""

from datetime import datetime

from infoscreen.db.server_clock import load_clock, save_clock
from infoscreen.domain import server_clock as rules
from infoscreen.services.work import OpenWork


def follow_clock(open_work: OpenWork) -> datetime | None:
    """Look at the clock; what it showed before where it has leapt since."""
    with open_work() as work:
        known = load_clock(work.session)
        save_clock(work.session, rules.follow(known, work.now))
        return known.seen_at if known and rules.has_leapt(known, work.now) else None


def may_forget(open_reading: OpenWork) -> bool:
    """Whether the clock may be believed so far that what is old by it is deleted."""
    with open_reading() as work:
        return rules.may_forget(load_clock(work.session), work.now)
