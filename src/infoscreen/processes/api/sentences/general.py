"""Sentences that every part of the API may need: failures, single fields, logins and passwords."""

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
    "too_many_attempts": (
        "Zu viele falsche Codes. Bitte in {retry_after} Sekunden noch einmal versuchen.",
        "Too many wrong codes. Please try again in {retry_after} seconds.",
    ),
    "too_many_logins": (
        "Zu viele Anmeldeversuche von dieser Adresse. Bitte in {retry_after} Sekunden noch einmal versuchen.",
        "Too many attempts to log in from this address. Please try again in {retry_after} seconds.",
    ),
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
    "picture_unreadable": (
        "Das ist kein lesbares Bild mit höchstens 40 Megapixeln.",
        "This is not a readable picture of at most 40 megapixels.",
    ),
    "no_file_given": (
        "Die Anfrage enthält keine Datei im Feld „file“.",
        "The request holds no file in the field “file”.",
    ),
    "password_too_short": (
        "Das Passwort braucht mindestens {minimum} Zeichen.",
        "The password needs at least {minimum} characters.",
    ),
    "password_too_common": ("Dieses Passwort ist zu verbreitet.", "This password is too common."),
    "username_taken": ("Diesen Benutzernamen gibt es schon.", "This user name is taken."),
    "wrong_password": ("Das jetzige Passwort stimmt nicht.", "The current password is wrong."),
    "unknown_ids": ("Unbekannte Nummern: {ids}.", "Unknown ids: {ids}."),
}
