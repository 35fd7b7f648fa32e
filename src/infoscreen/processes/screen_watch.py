"""The scheduler's look at what screens show."""

from infoscreen.bootstrap import App
from infoscreen.services import screen_watch


class ScreenLook:
    """Looks once at a time, and writes only where there is news."""

    def __init__(self) -> None:
        self._watch = screen_watch.ScreenWatch()

    def look(self, app: App) -> None:
        """Look at every screen, and note what is new."""
        with app.reading() as work:
            verdicts = self._watch.look(work, app.config.monitoring.grace_period_seconds)
        if verdicts.is_news:
            with app.work() as work:
                screen_watch.note(work, verdicts)
