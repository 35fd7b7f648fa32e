"""What happens before the first process starts: the schema, the settings, the school years, the first user."""

from infoscreen.bootstrap import App
from infoscreen.services import academic_calendar, settings, users


def prepare(app: App) -> str | None:
    """Bring an installation to this version; safe to repeat. Returns a made-up password of the first user, if any."""
    app.config.data_dir.mkdir(parents=True, exist_ok=True)
    app.upgrade_database()
    first = app.config.first_user
    with app.work() as work:
        settings.seed_settings(work, app.config.initial_settings)
        made_up = users.ensure_first_user(work, first.username, first.password)
        work.session.flush()
        academic_calendar.seed_periods(work)
    return made_up
