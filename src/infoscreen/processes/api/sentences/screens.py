"""Sentences about groups, screens, their accounts, and commands to them."""

# German, English
SENTENCES: dict[str, tuple[str, str]] = {
    "group_name_taken": (
        "Eine Raumgruppe namens „{name}“ gibt es schon.",
        "There is already a room group named “{name}”.",
    ),
    "group_is_fixed": (
        "„{name}“ bleibt, wie es ist: nicht umbenennen, löschen oder anhalten.",
        "“{name}” stays as it is: it cannot be renamed, deleted or paused.",
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
    "service_failed_cleared": (
        "Quittiert. Der Infoscreen gilt nicht mehr als ausgefallen.",
        "Acknowledged. The screen no longer counts as failed.",
    ),
    "service_failed_not_set": (
        "Für diesen Infoscreen ist kein Ausfall eines Dienstes vermerkt.",
        "No failure of a service is noted for this screen.",
    ),
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
    "rotation_under_way": (
        "Das Passwort dieses Infoscreens wird gerade gewechselt. Bitte in einer Minute noch einmal versuchen.",
        "The password of this screen is being changed right now. Please try again in a minute.",
    ),
    "rotation_ended": (
        "Dieser Passwortwechsel ist nicht mehr im Gang.",
        "This change of the password is no longer under way.",
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
}
