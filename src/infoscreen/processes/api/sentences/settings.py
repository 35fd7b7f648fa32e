"""Sentences about the system's settings."""

# German, English
SENTENCES: dict[str, tuple[str, str]] = {
    "setting_unknown": ("Diese Einstellung gibt es nicht.", "There is no such setting."),
    "setting_supplement_table_url": (
        "Adresse des Vertretungsplans (WebUntis)",
        "Address of the substitution plan (WebUntis)",
    ),
    "setting_supplement_table_enabled": (
        "Ob Termine den Vertretungsplan zeigen dürfen",
        "Whether events may show the substitution plan",
    ),
    "setting_presentation_interval": ("Sekunden je Seite einer Präsentation", "Seconds per page of a presentation"),
    "setting_presentation_page_progress": (
        "Ob Präsentationen den Fortschritt je Seite zeigen",
        "Whether presentations show the progress of each page",
    ),
    "setting_presentation_auto_progress": (
        "Ob Präsentationen von selbst weiterblättern",
        "Whether presentations turn their pages by themselves",
    ),
    "setting_video_autoplay": ("Ob Videos von selbst beginnen", "Whether videos begin by themselves"),
    "setting_video_loop": ("Ob Videos in Schleife laufen", "Whether videos run in a loop"),
    "setting_video_volume": ("Lautstärke von Videos, 0.0 bis 1.0", "Volume of videos, 0.0 to 1.0"),
    "setting_video_muted": ("Ob Videos ohne Ton laufen", "Whether videos run without sound"),
    "setting_holiday_banner_enabled": (
        "Ob das Dashboard die aktive Periode und die nächsten Ferien zeigt",
        "Whether the dashboard shows the active period and the next holidays",
    ),
    "setting_timezone": ("Zeitzone der Schule", "Time zone of the school"),
    "setting_organization_name": ("Name der Schule", "Name of the school"),
    "setting_opening_hours": (
        "Öffnungszeiten für Gruppen ohne eigene, als JSON; leer: nur Termine entscheiden",
        "Opening hours of groups without their own, as JSON; empty: events alone decide",
    ),
    "setting_command_expiry_seconds": (
        "Nach wie vielen Sekunden ein Befehl verfällt, den kein Gerät angenommen hat",
        "After how many seconds a command expires that no device has taken",
    ),
    "setting_refresh_seconds": (
        "Alle wie viele Sekunden alles noch einmal veröffentlicht wird; 0: nie",
        "Every how many seconds everything is published again; 0: never",
    ),
    "setting_max_upload_mb": ("Größte Datei beim Hochladen, in MB", "Largest file to upload, in MB"),
    "setting_max_video_seconds": ("Längstes Video beim Hochladen, in Sekunden", "Longest video to upload, in seconds"),
    "setting_password_minimum": (
        "Zeichen, die ein Passwort mindestens braucht",
        "Characters that a password needs at least",
    ),
    "setting_password_minimum_admin": (
        "Zeichen, die das Passwort einer Administration mindestens braucht",
        "Characters that an administrator's password needs at least",
    ),
    "opening_hours_wrong": (
        "Öffnungszeiten haben die Form 07:00-18:00, ohne Überschneidung, je Tag (mon bis sun).",
        "Opening hours have the form 07:00-18:00, without overlaps, for each day (mon to sun).",
    ),
    "setting_wrong": ("Dieser Wert passt nicht: {expected}", "This value does not fit: {expected}"),
}
