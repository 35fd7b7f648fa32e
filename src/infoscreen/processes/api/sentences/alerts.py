"""Sentences about alerts."""

# German, English
SENTENCES: dict[str, tuple[str, str]] = {
    "alert_closes_itself": (
        "Dieser Alarm schließt sich von selbst, sobald die Ursache behoben ist. Bitte zur Kenntnis nehmen.",
        "This alert closes by itself as soon as its cause is over. Please acknowledge it.",
    ),
}
