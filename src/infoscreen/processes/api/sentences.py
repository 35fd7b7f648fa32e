"""The sentences for people, in both languages, by the code of the error; `{name}` is filled from its params."""

from typing import Any

from starlette.requests import Request

# German, English
SENTENCES: dict[str, tuple[str, str]] = {
    "internal_error": (
        "Das hat nicht geklappt: ein Fehler im Server. Bitte noch einmal versuchen.",
        "That did not work: an error in the server. Please try again.",
    ),
    "not_found": ("Das gibt es nicht (mehr).", "There is no such thing (any more)."),
    "method_not_allowed": ("Diese Adresse kennt die Methode nicht.", "This address does not know the method."),
    "malformed": ("Die Anfrage ist nicht lesbar.", "The request cannot be read."),
    "unsupported_media_type": (
        "Der Inhalt muss JSON oder ein Formular mit Dateien sein.",
        "The body must be JSON or a multipart form.",
    ),
    "too_large": ("Die Anfrage ist zu groß.", "The request is too large."),
    "length_required": ("Die Anfrage nennt ihre Länge nicht.", "The request does not tell its length."),
    "not_logged_in": ("Bitte zuerst anmelden.", "Please log in first."),
    "wrong_credentials": (
        "Benutzername oder Passwort stimmt nicht, oder das Konto ist gesperrt.",
        "The user name or the password is wrong, or the account is locked.",
    ),
    "not_allowed": ("Dafür fehlt die Berechtigung.", "You are not allowed to do this."),
    "foreign_origin": (
        "Die Anfrage kommt von einer fremden Seite und wurde abgelehnt.",
        "The request comes from a foreign site and was refused.",
    ),
    "conflict": ("Das passt nicht zum jetzigen Stand.", "This does not fit the present state."),
    "stale_version": (
        "Jemand anderes hat das inzwischen geändert. Bitte neu laden.",
        "Somebody else has changed this meanwhile. Please reload.",
    ),
    "unavailable": (
        "Der Dienst ist gerade nicht erreichbar. Bitte gleich noch einmal versuchen.",
        "The service is not available right now. Please try again soon.",
    ),
    "database_unavailable": (
        "Die Datenbank ist gerade nicht erreichbar. Bitte gleich noch einmal versuchen.",
        "The database is not available right now. Please try again soon.",
    ),
    "broker_unavailable": (
        "Der MQTT-Broker ist gerade nicht erreichbar.",
        "The MQTT broker is not available right now.",
    ),
    "invalid_fields": ("Einige Angaben stimmen nicht.", "Some fields are not right."),
    "group_name_taken": (
        "Eine Raumgruppe namens „{name}“ gibt es schon.",
        "There is already a room group named “{name}”.",
    ),
    "group_is_fixed": (
        "„{name}“ kann nicht umbenannt oder gelöscht werden.",
        "“{name}” cannot be renamed or deleted.",
    ),
    "group_in_use": (
        "Die Raumgruppe „{name}“ hat noch {clients} Infoscreens und {events} Termine. "
        "Bitte angeben, wohin sie wechseln sollen.",
        "The room group “{name}” still has {clients} screens and {events} events. Please say where they should move.",
    ),
    "unknown_clients": ("Diese Infoscreens gibt es nicht: {uuids}.", "There are no such screens: {uuids}."),
    "broker_account_exists": (
        "Dieser Infoscreen hat schon ein Konto auf dem Broker.",
        "This screen already has an account on the broker.",
    ),
    # commands
    "command_sent": ("Der Befehl ist unterwegs.", "The command is on its way."),
    "lockout_active": (
        "Sicherheitssperre: Dieser Infoscreen wurde in den letzten 15 Minuten schon dreimal neu gestartet. "
        "Das geht wieder in {minutes} min.",
        "Safety lockout: this screen was restarted three times in the last 15 minutes. "
        "It can be restarted again in {minutes} min.",
    ),
    "command_not_sent": (
        "Der MQTT-Broker hat den Befehl nicht bestätigt. Er ist als fehlgeschlagen vermerkt.",
        "The MQTT broker did not confirm the command. It is noted as failed.",
    ),
    "command_too_late": (
        "Der Infoscreen hat den Befehl schon bestätigt, oder er ist schon zu Ende.",
        "The screen has acknowledged the command already, or it has come to its end.",
    ),
    # rollouts
    "rollout_started": (
        "Der Befehl ist unterwegs. Infoscreens: {clients}, Wellen: {waves}.",
        "The command is on its way. Screens: {clients}, waves: {waves}.",
    ),
    "rollout_started_at_once": (
        "Der Befehl ist unterwegs. Infoscreens: {clients}.",
        "The command is on its way. Screens: {clients}.",
    ),
    "rollout_too_many_failures": (
        "Angehalten: In Welle {wave} fehlgeschlagen oder ohne Rückmeldung: {failures} von {commands} Befehlen "
        "({percent} %); erlaubt sind 5 %.",
        "Halted: in wave {wave}, {failures} of {commands} commands failed or timed out ({percent} %); 5 % are allowed.",
    ),
    "rollout_wave_silent": (
        "Angehalten: In Welle {wave} hat kein einziger Infoscreen den Befehl ausgeführt.",
        "Halted: in wave {wave}, not a single screen has carried out the command.",
    ),
    "rollout_wave_empty": (
        "Angehalten: In Welle {wave} ist kein Infoscreen mehr übrig.",
        "Halted: no screen is left in wave {wave}.",
    ),
    "rollout_ended": ("Dieser Rollout ist schon zu Ende.", "This rollout has already ended."),
    "rollout_not_paused": ("Dieser Rollout läuft schon.", "This rollout is running already."),
    "rollout_not_running": ("Dieser Rollout läuft gerade nicht.", "This rollout is not running right now."),
    "wave_is_empty": (
        "In dieser Welle ist kein Infoscreen mehr übrig, also zeigt nichts, ob die nächste folgen darf. "
        "Bitte den Rollout beenden und neu beginnen.",
        "No screen is left in this wave, so nothing shows whether the next one may follow. "
        "Please stop the rollout and begin anew.",
    ),
    "canary_not_ready": (
        "Der Rest kann noch nicht freigegeben werden: "
        "Die erste Gruppe muss sieben Tage lang unter 5 % Fehlern bleiben. "
        "Bisher: {completed} ausgeführt, {percent} % Fehler; frühestens {ready_at:%d.%m.%Y %H:%M} (UTC).",
        "The rest cannot be released yet: the first group must stay under 5 % failures for seven days. "
        "So far: {completed} completed, {percent} % failures; {ready_at:%-d %b %Y %H:%M} (UTC) at the earliest.",
    ),
    "enrollment_refused": (
        "Dieser Code gilt nicht (mehr). Bitte im Dashboard einen neuen anlegen lassen.",
        "This code is not valid (any more). Please have a new one made in the dashboard.",
    ),
    "too_many_attempts": (
        "Zu viele falsche Codes. Bitte in {retry_after} Sekunden noch einmal versuchen.",
        "Too many wrong codes. Please try again in {retry_after} seconds.",
    ),
    "too_many_logins": (
        "Zu viele Anmeldeversuche von dieser Adresse. Bitte in {retry_after} Sekunden noch einmal versuchen.",
        "Too many attempts to log in from this address. Please try again in {retry_after} seconds.",
    ),
    "rotation_under_way": (
        "Das Passwort dieses Infoscreens wird gerade gewechselt. Bitte in einer Minute noch einmal versuchen.",
        "The password of this screen is being changed right now. Please try again in a minute.",
    ),
    "rotation_ended": (
        "Dieser Passwortwechsel ist nicht mehr im Gang.",
        "This change of the password is no longer under way.",
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
    "file_too_large": (
        "Die Datei ist zu groß; erlaubt sind {megabytes} MB.",
        "The file is too large; {megabytes} MB are allowed.",
    ),
    "wrong_kind": (
        "„{name}“ kann nicht verwendet werden: die Art der Datei wird nicht unterstützt, oder ihr Inhalt passt nicht "
        "zur Endung des Namens.",
        "“{name}” cannot be used: this kind of file is not supported, or its content does not fit the name's ending.",
    ),
    "unreadable_media": (
        "Die Datei ist beschädigt oder mit einem Passwort geschützt.",
        "The file is damaged or protected by a password.",
    ),
    "disk_full": (
        "Auf dem Server ist zu wenig Platz frei. Bitte die Administration verständigen.",
        "There is too little room left on the server. Please tell the administrator.",
    ),
    "media_in_use": (
        "„{name}“ wird noch von Terminen verwendet und kann nicht gelöscht werden.",
        "“{name}” is still used by events and cannot be deleted.",
    ),
    "nothing_to_convert": (
        "„{name}“ wird so gezeigt, wie es ist, und braucht keine Umwandlung.",
        "“{name}” is shown as it is and needs no conversion.",
    ),
    "range_not_satisfiable": (
        "Diesen Teil der Datei gibt es nicht.",
        "There is no such part of the file.",
    ),
    # managed power
    "power_switch_unreachable": (
        "Die Schaltsteckdose oder der PoE-Switch antwortet nicht. Bitte Adresse, Netz und Stromversorgung prüfen; bei "
        "SNMP auch die Community, denn auf eine falsche kommt keine Antwort.",
        "The plug or PoE switch does not answer. Please check its address, network and power; with SNMP the community "
        "as well, because a wrong one gets no answer.",
    ),
    "power_switch_refused": (
        "Die Schaltsteckdose, der PoE-Switch oder der MQTT-Broker lehnt die Anmeldung ab oder erlaubt das Schalten "
        "nicht. Bitte Benutzername und Passwort prüfen.",
        "The plug, the PoE switch or the MQTT broker refuses the login or does not allow switching. "
        "Please check user name and password.",
    ),
    "power_switch_no_outlet": (
        "Diesen Ausgang oder Port gibt es dort nicht.",
        "There is no such outlet or port there.",
    ),
    "power_switch_not_confirmed": (
        "Der Schaltbefehl wurde angenommen, aber der Ausgang hat sich nicht geändert.",
        "The switch took the order, but its outlet did not change.",
    ),
    "power_switch_unreadable": (
        "An dieser Adresse antwortet etwas anderes als ein Gerät dieser Art.",
        "What answers at this address is no device of this kind.",
    ),
    "power_switch_secret_lost": (
        "Das gespeicherte Passwort ist nicht mehr lesbar, weil sich SECRET_KEY geändert hat. Bitte neu eingeben.",
        "The stored password cannot be read any more, because SECRET_KEY has changed. Please enter it again.",
    ),
    "no_power_switch": (
        "Für diesen Infoscreen ist keine schaltbare Stromversorgung eingerichtet.",
        "No managed power is set up for this screen.",
    ),
    "power_cycle_taken": (
        "Der Strom wird aus- und wieder eingeschaltet.",
        "The power is being turned off and on again.",
    ),
    "power_cycle_under_way": (
        "Der Strom dieses Infoscreens wird gerade aus- und eingeschaltet. Bitte in einer Minute noch einmal versuchen.",
        "The power of this screen is being cycled right now. Please try again in a minute.",
    ),
    # why a conversion failed
    "conversion_unreadable": (
        "Die Präsentation ist beschädigt oder hat ein Format, das nicht gelesen werden kann.",
        "The presentation is damaged or of a format that cannot be read.",
    ),
    "conversion_password_protected": (
        "Die Präsentation ist mit einem Passwort geschützt.",
        "The presentation is protected by a password.",
    ),
    "conversion_timed_out": (
        "Die Umwandlung hat zu lange gedauert.",
        "The conversion took too long.",
    ),
    "conversion_converter_away": (
        "Das Programm für die Umwandlung ist nicht erreichbar.",
        "The program that converts is not available.",
    ),
    "conversion_disk_full": (
        "Für die Umwandlung ist auf dem Server zu wenig Platz frei.",
        "There is too little room left on the server for the conversion.",
    ),
    "conversion_worker_died": (
        "Die Umwandlung wurde unterbrochen.",
        "The conversion was interrupted.",
    ),
    # why a screen shows what it shows
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
    # mistakes of single fields
    "missing": ("Diese Angabe fehlt.", "This field is missing."),
    "unknown_field": ("Diese Angabe ist unbekannt.", "This field is unknown."),
    "wrong_type": ("Dieser Wert hat die falsche Form.", "This value has the wrong form."),
    "too_short": ("Das ist zu kurz.", "This is too short."),
    "too_long": (
        "Das ist zu lang (höchstens {max_length} Zeichen).",
        "This is too long (at most {max_length} characters).",
    ),
    "control_character": (
        "Hier stehen Zeichen, die man nicht sehen kann.",
        "There are characters here that cannot be seen.",
    ),
    "out_of_range": ("Dieser Wert liegt außerhalb des Erlaubten.", "This value is out of range."),
    "no_file_given": (
        "Die Anfrage enthält keine Datei im Feld „file“.",
        "The request holds no file in the field “file”.",
    ),
    "video_too_long": (
        "Das Video ist zu lang; erlaubt sind {minutes} Minuten.",
        "The video is too long; {minutes} minutes are allowed.",
    ),
    "no_such_folder": ("Diesen Ordner gibt es nicht.", "There is no such folder."),
    "ending_of_another_kind": (
        "Die Endung des Namens muss zur Art der Datei passen ({kind}).",
        "The name's ending must fit the kind of file ({kind}).",
    ),
    "not_host_and_port": (
        "Das muss ein Name oder eine IP-Adresse sein, wenn nötig mit Port (plug-1.schule.local:8080), ohne http://.",
        "This must be a name or an IP address, with a port where needed (plug-1.school.local:8080), without http://.",
    ),
    "no_such_outlet": (
        "Ausgänge sind Zahlen: bei Shelly ab 0, bei Tasmota ab 1, bei PoE der Port oder Gruppe.Port (7 oder 2.7).",
        "Outlets are numbers: from 0 with Shelly, from 1 with Tasmota, with PoE the port or group.port (7 or 2.7).",
    ),
    "not_a_topic": (
        "Das ist kein MQTT-Topic eines einzelnen Geräts (ohne + und #, ohne / am Anfang oder Ende).",
        "This is no MQTT topic of one device (without + and #, without / at its beginning or end).",
    ),
    "not_for_this_driver": (
        "Diese Angabe hat bei dieser Art von Gerät keine Bedeutung.",
        "This field means nothing to this kind of device.",
    ),
    "needs_tls": ("Das hat nur mit TLS eine Bedeutung.", "This has a meaning only with TLS."),
    "needs_username": (
        "Das gehört zu SNMPv3 und braucht einen Benutzernamen.",
        "This belongs to SNMPv3 and needs a user name.",
    ),
    "passphrase_too_short": (
        "SNMPv3 verlangt mindestens {minimum} Zeichen.",
        "SNMPv3 demands at least {minimum} characters.",
    ),
    "not_a_certificate": (
        "Das ist kein Zertifikat im PEM-Format.",
        "This is no certificate in PEM format.",
    ),
    "secret_again": (
        "Adresse oder Anmeldung sind neu: bitte auch das Passwort noch einmal eingeben.",
        "The address or login is new: please enter the password once more as well.",
    ),
    "not_a_uuid": ("Das ist keine UUID.", "This is not a UUID."),
    "no_such_client": ("Diesen Infoscreen gibt es nicht.", "There is no such screen."),
    "no_such_group": ("Diese Raumgruppe gibt es nicht.", "There is no such room group."),
    "no_clients": ("Hier gibt es keinen Infoscreen.", "There are no screens here."),
    "clients_or_group": (
        "Bitte entweder Infoscreens oder eine Raumgruppe angeben.",
        "Please name either screens or a room group.",
    ),
    "wave_takes_one_kind": (
        "Jede Welle nennt genau eines: Infoscreens, eine Raumgruppe oder eine Anzahl.",
        "Each wave names exactly one: screens, a room group or a number.",
    ),
    "wave_without_clients": (
        "Für Welle {number} ist kein Infoscreen übrig.",
        "No screen is left for wave {number}.",
    ),
    "canary_needs_two_waves": (
        "Eine erste Gruppe auf Probe braucht eine zweite Welle, die auf sie wartet.",
        "A canary group needs a second wave that waits for it.",
    ),
    "canary_needed": (
        "Ein Rollout an alle Infoscreens braucht eine erste Gruppe auf Probe (canary).",
        "A rollout to every screen needs a canary group.",
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
    # why a line of a file with holidays was not taken
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
    "password_too_short": (
        "Das Passwort braucht mindestens {minimum} Zeichen.",
        "The password needs at least {minimum} characters.",
    ),
    "password_too_common": ("Dieses Passwort ist zu verbreitet.", "This password is too common."),
    "username_taken": ("Diesen Benutzernamen gibt es schon.", "This user name is taken."),
    "wrong_password": ("Das jetzige Passwort stimmt nicht.", "The current password is wrong."),
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
    "unknown_ids": ("Unbekannte Nummern: {ids}.", "Unknown ids: {ids}."),
}


def language_of(request: Request) -> int:
    """Index of the request's language in `SENTENCES`: English where it is preferred to German, else German."""
    for part in request.headers.get("accept-language", "").lower().split(","):
        tag = part.split(";")[0].strip()
        if tag.startswith("de"):
            return 0
        if tag.startswith("en"):
            return 1
    return 0


def sentence(request: Request, code: str, params: dict[str, Any] | None = None) -> str:
    """The sentence of a code in the request's language."""
    language = language_of(request)
    text = SENTENCES.get(code, SENTENCES["internal_error"])[language]
    return text.format_map({name: _written(value, language) for name, value in (params or {}).items()})


def _written(value: Any, language: int) -> Any:
    """Numbers with a fraction have a comma in German."""
    return str(value).replace(".", ",") if isinstance(value, float) and language == 0 else value
