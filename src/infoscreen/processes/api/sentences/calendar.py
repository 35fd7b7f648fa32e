"""Sentences about periods, holidays and their files, events and recurrence rules."""

# German, English
SENTENCES: dict[str, tuple[str, str]] = {
    "wrong_calendar_token": (
        "Diese Kalenderadresse gilt nicht oder nicht mehr.",
        "This calendar address is not valid, or no longer.",
    ),
    "period_is_archived": (
        "Die Periode „{name}“ ist archiviert.",
        "The period “{name}” is archived.",
    ),
    "period_name_taken": (
        "Eine Periode namens „{name}“ gibt es schon.",
        "There is already a period named “{name}”.",
    ),
    "periods_overlap": (
        "Diese Tage gehören schon zu „{name}“ ({start:%d.%m.%Y} bis {end:%d.%m.%Y}). Perioden der gleichen Art "
        "dürfen sich nicht überschneiden.",
        "These days already belong to “{name}” ({start:%-d %b %Y} to {end:%-d %b %Y}). Periods of one type cannot "
        "overlap.",
    ),
    "period_leaves_out_holidays": (
        "Mit diesen Tagen lägen Ferien außerhalb der Periode ({count}): {names}. Bitte zuerst diese ändern.",
        "With these dates some holidays would lie outside the period ({count}): {names}. Please change those first.",
    ),
    "period_not_archivable": (
        "„{name}“ kann nicht archiviert werden. {reasons}",
        "“{name}” cannot be archived. {reasons}",
    ),
    "period_not_deletable": (
        "„{name}“ kann nicht gelöscht werden. {reasons}",
        "“{name}” cannot be deleted. {reasons}",
    ),
    "blocked_by_being_active": (
        "Es ist die aktive Periode; bitte zuerst eine andere aktivieren.",
        "It is the active period; please activate another one first.",
    ),
    "blocked_by_series": (
        "Wiederkehrende Termine finden heute oder später noch statt ({count}): {names}.",
        "Recurring events still take place today or later ({count}): {names}.",
    ),
    "blocked_by_not_being_archived": (
        "Die Periode ist nicht archiviert; bitte zuerst archivieren.",
        "The period is not archived; please archive it first.",
    ),
    "blocked_by_events": ("Termine gehören dazu ({count}): {names}.", "Events belong to it ({count}): {names}."),
    "blocked_by_media": ("Medien gehören dazu ({count}): {names}.", "Media belong to it ({count}): {names}."),
    "holidays_overlap": (
        "Diese Tage überschneiden sich mit „{name}“ ({start:%d.%m.%Y} bis {end:%d.%m.%Y}, Region {region}).",
        "These days overlap with “{name}” ({start:%-d %b %Y} to {end:%-d %b %Y}, region {region}).",
    ),
    "no_events_there": (
        "„Nicht zugeordnet“ kann keine Termine haben.",
        "“Nicht zugeordnet” (unassigned) cannot have events.",
    ),
    "no_such_period": ("Diese Periode gibt es nicht.", "There is no such period."),
    "ends_before_start": ("Das Ende liegt vor dem Beginn.", "The end is before the start."),
    "outside_period": (
        "Das liegt außerhalb von „{name}“ ({start:%d.%m.%Y} bis {end:%d.%m.%Y}).",
        "This is outside of “{name}” ({start:%-d %b %Y} to {end:%-d %b %Y}).",
    ),
    "no_holiday_file": (
        "Das ist keine Ferienliste. Gelesen werden CSV mit der Kopfzeile name,start_date,end_date,region, "
        "TXT mit Zeilen der Form Kürzel, Name, Beginn, Ende, und iCalendar (.ics).",
        "This is no list of holidays. CSV with the header name,start_date,end_date,region, TXT with lines of the form "
        "key, name, start, end, and iCalendar (.ics) can be read.",
    ),
    "holiday_file_too_long": (
        "Die Datei hat zu viele Zeilen; gelesen werden höchstens {entries} Einträge.",
        "The file has too many lines; at most {entries} entries are read.",
    ),
    "line_unreadable": ("Die Zeile ist nicht lesbar.", "The line cannot be read."),
    "line_without_name": ("Der Name fehlt.", "The name is missing."),
    "line_without_date": (
        "„{text}“ ist kein Datum (erkannt werden 2026-10-27, 27.10.2026 und 20261027).",
        "“{text}” is not a date (2026-10-27, 27.10.2026 and 20261027 are understood).",
    ),
    "line_text_too_long": (
        "Name oder Region ist zu lang (höchstens {max_length} Zeichen).",
        "The name or the region is too long (at most {max_length} characters).",
    ),
    "line_has_odd_characters": (
        "Name oder Region enthält Zeichen, die nicht lesbar sind; stimmt die Kodierung der Datei?",
        "The name or the region has characters that cannot be read; is the file's encoding right?",
    ),
    "line_not_all_day": ("Der Eintrag ist nicht ganztägig.", "The entry is not for whole days."),
    "line_recurs": (
        "Der Eintrag wiederholt sich; bitte die Tage einzeln eintragen.",
        "The entry recurs; please enter the days one by one.",
    ),
    "line_is_cancelled": ("Der Eintrag ist abgesagt.", "The entry is cancelled."),
    "end_not_after_start": ("Das Ende muss nach dem Beginn liegen.", "The end must be after the start."),
    "longer_than_31_days": ("Ein Termin dauert höchstens 31 Tage.", "An event lasts at most 31 days."),
    "type_not_offered": ("Diese Art von Termin gibt es nicht.", "There is no such type of event."),
    "needs_slides": (
        "Eine Präsentation braucht eine Datei mit Folien (PDF, PPT, PPTX oder ODP).",
        "A presentation needs a file with slides (PDF, PPT, PPTX or ODP).",
    ),
    "needs_video": ("Ein Video-Termin braucht eine Videodatei.", "A video event needs a video file."),
    "needs_url": (
        "Eine Website braucht eine Adresse, die mit http:// oder https:// beginnt.",
        "A website needs an address that begins with http:// or https://.",
    ),
    "needs_text": ("Eine Meldung braucht einen Text.", "A message needs a text."),
    "supplement_table_not_set": (
        "Für den Vertretungsplan ist keine Adresse eingestellt (Einstellungen → Events).",
        "No address is set for the substitution plan (Settings → Events).",
    ),
    "rule_malformed": ("Die Wiederholung ist nicht lesbar: {part}", "The recurrence rule cannot be read: {part}"),
    "rule_part_unknown": ("Die Wiederholung kennt {part} nicht.", "The recurrence rule does not know {part}."),
    "rule_part_wrong": ("In der Wiederholung stimmt {part} nicht.", "In the recurrence rule {part} is wrong."),
    "rule_too_fine": (
        "Eine Wiederholung ist höchstens täglich (FREQ={part} geht nicht).",
        "A recurrence is daily at most (FREQ={part} is not possible).",
    ),
    "rule_ends_twice": (
        "Eine Wiederholung endet nach einer Anzahl oder an einem Tag, nicht beides: {part}",
        "A recurrence ends after a count or on a day, not both: {part}",
    ),
    "rule_part_unfit": (
        "{part} passt nicht zu einer wöchentlichen Wiederholung.",
        "{part} does not fit a weekly recurrence.",
    ),
    "rule_position_of_nothing": (
        "{part} braucht Tage, aus denen es wählt (BYDAY, BYMONTHDAY oder BYMONTH).",
        "{part} needs days to choose from (BYDAY, BYMONTHDAY or BYMONTH).",
    ),
    "rule_ends_before_it_begins": (
        "Die Wiederholung endet, bevor sie beginnt: {part}",
        "The recurrence ends before it begins: {part}",
    ),
    "rule_yields_nothing": (
        "Diese Wiederholung ergibt keinen einzigen Termin: {part}",
        "This recurrence yields no event at all: {part}",
    ),
    "exception_malformed": (
        "Eine Ausnahme muss ein UTC-Zeitpunkt der Form 20261127T070000Z sein: {part}",
        "An exception must be a UTC time of the form 20261127T070000Z: {part}",
    ),
    "range_too_long": (
        "Der Zeitraum darf höchstens {days} Tage lang sein.",
        "The range may be {days} days long at most.",
    ),
}
