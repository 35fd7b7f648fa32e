"""Sentences about media and conversions."""

# German, English
SENTENCES: dict[str, tuple[str, str]] = {
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
    "video_too_long": (
        "Das Video ist zu lang; erlaubt sind {minutes} Minuten.",
        "The video is too long; {minutes} minutes are allowed.",
    ),
    "no_such_folder": ("Diesen Ordner gibt es nicht.", "There is no such folder."),
    "ending_of_another_kind": (
        "Die Endung des Namens muss zur Art der Datei passen ({kind}).",
        "The name's ending must fit the kind of file ({kind}).",
    ),
}
