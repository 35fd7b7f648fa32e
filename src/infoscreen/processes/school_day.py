"""What a new day at the school means for the academic periods; a pass of the scheduler."""

from datetime import date

from infoscreen.bootstrap import App
from infoscreen.services import academic_calendar
from infoscreen.services.settings import school_day


class SchoolDay:
    """Follows the day once when it begins, and once after a start."""

    def __init__(self) -> None:
        self._followed: date | None = None

    def look(self, app: App) -> None:
        """Follow the day, unless that is done."""
        with app.reading() as work:
            today = school_day(work)
        if today != self._followed:
            with app.work() as work:
                academic_calendar.follow_the_day(work)
            self._followed = today
