"""Sentences that answer why a screen shows what it shows."""

# German, English
SENTENCES: dict[str, tuple[str, str]] = {
    "quoted": ("„{title}“", "“{title}”"),
    "explain_in_time": ("Läuft von {start} bis {end}.", "Runs from {start} to {end}."),
    "explain_out_of_time": ("Läuft an diesem Tag von {start} bis {end}.", "Runs from {start} to {end} on that day."),
    "explain_exception": ("Der Termin am {day} wurde ausgelassen.", "The occurrence on {day} was skipped."),
    "explain_detached": ("An diesem Tag durch „{title}“ ersetzt.", "Replaced by “{title}” on that day."),
    "explain_holiday": ("Entfällt wegen „{holiday}“ ({period}).", "Left out because of “{holiday}” ({period})."),
    "explain_in_holiday": (
        "„{holiday}“ ({period}) hält den Termin nicht auf.",
        "“{holiday}” ({period}) does not keep it back.",
    ),
    "explain_inactive": ("Der Termin ist ausgeschaltet.", "The event is switched off."),
    "explain_content_ready": ("Der Inhalt ist bereit.", "The content is ready."),
    "explain_unassigned": (
        "In „Nicht zugeordnet“ wird nichts gezeigt.",
        "Nothing is shown in “Nicht zugeordnet” (unassigned).",
    ),
    "explain_group_inactive": (
        "Die Raumgruppe „{group}“ ist ausgeschaltet.",
        "The room group “{group}” is switched off.",
    ),
    "explain_group_paused": ("Die Raumgruppe „{group}“ ist angehalten.", "The room group “{group}” is paused."),
    "explain_overruled": (
        "Von einer Durchsage verdrängt („{title}“, bis {end}).",
        "Overridden by an emergency message (“{title}”, until {end}).",
    ),
    "explain_broadcast": ("Eine Durchsage hat Vorrang, bis {end}.", "An emergency message comes first, until {end}."),
    "explain_tv_broadcast": (
        "Die Fernseher sind an, weil eine Durchsage läuft.",
        "The TVs are on because of an emergency message.",
    ),
    "content_pending": ("Der Inhalt wird noch vorbereitet.", "The content is still being prepared."),
    "content_missing": ("Der Inhalt fehlt.", "The content is missing."),
    "content_not_converted": (
        "Die Präsentation konnte nicht umgewandelt werden.",
        "The presentation could not be converted.",
    ),
    "rule_broken": ("Die Wiederholung ist nicht lesbar.", "The recurrence rule cannot be read."),
    "not_showable": ("Der Termin kann nicht dargestellt werden.", "The event cannot be shown."),
    "explain_group_shows": ("In „{group}“ läuft am {time}: {titles}.", "“{group}” shows on {time}: {titles}."),
    "explain_group_shows_nothing": ("In „{group}“ läuft am {time} nichts.", "“{group}” shows nothing on {time}."),
    "explain_kept_back": ("„{title}“ wäre jetzt dran: {reason}", "“{title}” would be on: {reason}"),
    "explain_next": ("Als Nächstes kommt „{title}“ am {time}.", "Next comes “{title}” on {time}."),
    "explain_nothing_next": (
        "In den nächsten 14 Tagen ist nichts geplant.",
        "Nothing is planned for the next 14 days.",
    ),
    "explain_broken": (
        "„{title}“ ist ausgelassen: die Wiederholung ist nicht lesbar.",
        "“{title}” is left out: its recurrence rule cannot be read.",
    ),
    "explain_client_inactive": ("Der Infoscreen ist ausgeschaltet.", "The screen is switched off."),
    "explain_client_silent": (
        "Der Infoscreen meldet sich seit {time} nicht.",
        "The screen has been silent since {time}.",
    ),
    "explain_client_never": ("Der Infoscreen hat sich noch nie gemeldet.", "The screen has never reported."),
    "explain_client_says_nothing": (
        "Der Infoscreen sagt, dass er nichts zeigt.",
        "The screen says that it shows nothing.",
    ),
    "explain_client_as_planned": (
        "Der Infoscreen sagt, dass er „{title}“ zeigt, wie geplant.",
        "The screen says that it shows “{title}”, as planned.",
    ),
    "explain_client_differs": (
        "Der Infoscreen sagt, dass er „{title}“ zeigt; geplant ist das nicht.",
        "The screen says that it shows “{title}”, which is not planned.",
    ),
    "explain_told_on": ("Der Fernseher soll an sein.", "The TV was told to be on."),
    "explain_told_off": ("Der Fernseher soll aus sein.", "The TV was told to be off."),
    "explain_told_on_by_hand": (
        "Der Fernseher wurde von Hand eingeschaltet, bis {time}.",
        "The TV was switched on by hand, until {time}.",
    ),
    "explain_told_off_by_hand": (
        "Der Fernseher wurde von Hand ausgeschaltet, bis {time}.",
        "The TV was switched off by hand, until {time}.",
    ),
    "explain_tv_event": ("Die Fernseher sind an, weil etwas läuft.", "The TVs are on because something runs."),
    "explain_tv_no_event": ("Die Fernseher sind aus, weil nichts läuft.", "The TVs are off because nothing runs."),
    "explain_tv_closed": (
        "Die Fernseher sind aus: außerhalb der Öffnungszeiten.",
        "The TVs are off: outside opening hours.",
    ),
    "explain_tv_holiday": ("Die Fernseher sind aus: schulfrei.", "The TVs are off: a day without school."),
}
