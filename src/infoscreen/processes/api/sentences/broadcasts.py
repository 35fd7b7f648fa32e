"""Sentences of emergency messages."""

# German, English
SENTENCES: dict[str, tuple[str, str]] = {
    "broadcast_over": ("Diese Durchsage ist schon zu Ende.", "This emergency message is over already."),
    "groups_or_all": (
        "Bitte entweder Raumgruppen oder die ganze Schule angeben.",
        "Please name either room groups or the whole school.",
    ),
    "no_broadcasts_there": (
        "„Nicht zugeordnet“ zeigt nie etwas, auch keine Durchsage.",
        "“Nicht zugeordnet” (unassigned) never shows anything, and no emergency message either.",
    ),
    "no_groups_yet": (
        "Es gibt noch keine Raumgruppe, die etwas zeigen könnte.",
        "There is no room group yet that could show anything.",
    ),
}
