"""Sentences about alerts and where they are sent on to."""

# German, English
SENTENCES: dict[str, tuple[str, str]] = {
    "alert_closes_itself": (
        "Dieser Alarm schließt sich von selbst, sobald die Ursache behoben ist. Bitte zur Kenntnis nehmen.",
        "This alert closes by itself as soon as its cause is over. Please acknowledge it.",
    ),
    "channels_changed": (
        "Die Benachrichtigungen wurden inzwischen von jemand anderem geändert. Bitte neu laden.",
        "Somebody else has changed the notifications meanwhile. Please load them again.",
    ),
    "service_unknown": (
        "Diese Adresse gehört zu keinem bekannten Dienst, oder es fehlt etwas in ihr.",
        "This address is of no known service, or something is missing in it.",
    ),
    "alert_test_sent": (
        "Die Probenachricht wurde angenommen.",
        "The test message was accepted.",
    ),
    "alert_test_unreachable": (
        "Der Server ist unter dieser Adresse nicht erreichbar.",
        "The server cannot be reached at this address.",
    ),
    "alert_test_timed_out": (
        "Der Server hat nicht rechtzeitig geantwortet.",
        "The server did not answer in time.",
    ),
    "alert_test_tls": (
        "Die Verschlüsselung kam nicht zustande: Zertifikat und Art der Verschlüsselung prüfen.",
        "The connection could not be encrypted: check the certificate and the kind of encryption.",
    ),
    "alert_test_login_refused": (
        "Die Anmeldung wurde abgelehnt: Benutzername und Passwort prüfen.",
        "The login was refused: check user name and password.",
    ),
    "alert_test_refused": (
        "Der Server hat die Nachricht abgelehnt: Absender, Empfänger und Adresse prüfen.",
        "The server refused the message: check sender, recipients and address.",
    ),
    "alert_test_not_allowed": (
        "Diese Adresse führt zum Server selbst oder in ein Netz, in das keine Nachrichten gehen dürfen.",
        "This address leads to the server itself, or into a network that no messages may go to.",
    ),
    "alert_test_unknown_service": (
        "Diese Adresse gehört zu keinem bekannten Dienst.",
        "This address is of no known service.",
    ),
    "alert_test_unreadable": (
        "Die gespeicherten Zugangsdaten sind nicht mehr lesbar. Bitte neu eingeben.",
        "The stored credentials can no longer be read. Please enter them again.",
    ),
}
