"""The demo school's rooms with their screens, and what they show.

Every room has a programme without a gap, by day, at night and at weekends; what else is on comes on top of it.
"""

from infoscreen.processes.demo.school import MENU, OPEN_DAY, RULES, WEBSITE, WELCOME, Room, Screen
from infoscreen.processes.demo.showings import (
    DAILY,
    FRIDAY,
    SATURDAY,
    SCHOOL_DAYS,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    WEEKENDS,
    Exceptions,
    Hours,
    Showing,
)

AULA = Room(
    "Aula",
    "Festsaal mit Bühne und Galerie",
    "#4263eb",
    (
        Screen("pi-aula-1", "10.0.3.11", "Aula, Bühne links"),
        Screen("pi-aula-2", "10.0.3.12", "Aula, Bühne rechts"),
        Screen("pi-aula-3", "10.0.3.13", "Aula, Galerie"),
    ),
    (
        Showing("presentation", "Tag der offenen Tür", Hours("07:00", "10:00", SCHOOL_DAYS), OPEN_DAY),
        Showing(
            "message",
            "Chorprobe",
            Hours("10:00", "12:00", SCHOOL_DAYS),
            "<h1>Chorprobe</h1><p>Bitte leise eintreten. Plätze gibt es auf der <b>Galerie</b>.</p>",
        ),
        Showing("website", "Schulhomepage", Hours("12:00", "17:00", SCHOOL_DAYS), WEBSITE),
        Showing("video", "Willkommen", Hours("17:00", "07:00", DAILY), WELCOME),
        Showing("presentation", "Tag der offenen Tür", Hours("07:00", "17:00", WEEKENDS), OPEN_DAY),
        Showing(
            "message",
            "Elternabend der ersten Klassen",
            Hours("18:30", "21:00", weekday=THURSDAY),
            "<h1>Elternabend</h1><p>Erste Klassen, <b>18:30 Uhr</b>. Kaffee und Tee gibt es im Foyer.</p>",
        ),
        Showing("presentation", "Tag der offenen Tür", Hours("13:00", "18:00", weekday=FRIDAY), OPEN_DAY),
        Showing(
            "message",
            "Matinee der Schulband",
            Hours("11:00", "13:00", weekday=SUNDAY),
            "<h1>Matinee</h1><p>Die Schulband spielt um <b>11 Uhr</b>. Eintritt frei.</p>",
        ),
    ),
)

FOYER = Room(
    "Foyer",
    "Haupteingang und Stiegenhaus",
    "#0ca678",
    (
        Screen("pi-foyer-1", "10.0.3.21", "Foyer, Haupteingang"),
        Screen("pi-foyer-2", "10.0.3.22", "Foyer, Garderobe"),
        Screen("pi-foyer-3", "10.0.3.23", "Stiegenhaus, erster Stock"),
        Screen("pi-foyer-4", "10.0.3.24", "Stiegenhaus, zweiter Stock"),
    ),
    (
        Showing("video", "Willkommen", Hours("07:00", "08:00", SCHOOL_DAYS), WELCOME),
        Showing("webuntis", "Vertretungsplan", Hours("08:00", "12:00", SCHOOL_DAYS)),
        Showing(
            "message",
            "Fundbüro",
            Hours("12:00", "17:00", SCHOOL_DAYS),
            "<h1>Fundbüro</h1><p>Fehlt dir etwas? Im Sekretariat, jeden Schultag von <b>7:30 bis 8:00 Uhr</b>.</p>",
        ),
        Showing("presentation", "Tag der offenen Tür", Hours("17:00", "07:00", DAILY), OPEN_DAY),
        Showing(
            "message",
            "Schönes Wochenende",
            Hours("07:00", "17:00", WEEKENDS),
            "<h1>Schönes Wochenende!</h1><p>Das Haus öffnet am Montag um <b>7 Uhr</b>.</p>",
        ),
        Showing(
            "message",
            "Kuchenstand in der großen Pause",
            Hours("09:40", "10:00", "FREQ=WEEKLY;BYDAY=TU,TH"),
            "<h1>Kuchenstand</h1><p>Große Pause, gleich bei der Uhr. Der Erlös geht an den <b>Schulgarten</b>.</p>",
            skips_holidays=True,
            exceptions=Exceptions(skipped=1, detached=2, subject="Kuchenstand mit Tombola"),
        ),
        Showing(
            "message",
            "Bücherflohmarkt",
            Hours("10:00", "16:00", weekday=SATURDAY),
            "<h1>Bücherflohmarkt</h1><p>Samstag, <b>10 bis 16 Uhr</b>. Jedes Buch ein Euro.</p>",
        ),
    ),
)

LIBRARY = Room(
    "Bibliothek",
    "Ausleihe und Leseecke",
    "#7048e8",
    (
        Screen("pi-bibliothek-1", "10.0.3.31", "Bibliothek, Ausleihe"),
        Screen("pi-bibliothek-2", "10.0.3.32", "Bibliothek, Leseecke"),
    ),
    (
        Showing(
            "message",
            "Öffnungszeiten",
            Hours("07:00", "09:00", SCHOOL_DAYS),
            "<h1>Guten Morgen!</h1><ul><li>Ausleihe: <b>7:30 bis 15:30 Uhr</b></li>"
            "<li>Rückgabe: jederzeit in die Klappe</li><li>Computerplätze: bitte am Pult melden</li></ul>",
        ),
        Showing("website", "Neu im Regal", Hours("09:00", "13:00", SCHOOL_DAYS), WEBSITE),
        Showing(
            "message",
            "Lesezeit",
            Hours("13:00", "17:00", SCHOOL_DAYS),
            "<h1>Lesezeit</h1><p>Hier wird gelesen, gelernt und <b>geflüstert</b>.</p>",
        ),
        Showing("website", "Online-Katalog", Hours("17:00", "07:00", DAILY), WEBSITE),
        Showing(
            "message",
            "Schließtage",
            Hours("07:00", "17:00", WEEKENDS),
            "<h1>Am Wochenende geschlossen</h1><p>Verlängern geht immer: im <b>Online-Katalog</b>.</p>",
        ),
        Showing(
            "message",
            "Lesekreis",
            Hours("14:00", "16:00", "FREQ=MONTHLY;BYDAY=1WE"),
            "<h1>Lesekreis</h1><p>Jeden ersten Mittwoch im Monat, <b>14 Uhr</b>. Alle Klassen sind willkommen.</p>",
            skips_holidays=True,
        ),
        Showing(
            "message",
            "Vorlesevormittag",
            Hours("10:00", "12:00", weekday=TUESDAY),
            "<h1>Vorlesevormittag</h1><p>Die vierten Klassen lesen den ersten vor.</p>",
        ),
    ),
)

CANTEEN = Room(
    "Mensa",
    "Speisesaal und Buffet",
    "#e8590c",
    (
        Screen("pi-mensa-1", "10.0.3.41", "Mensa, Ausgabe"),
        Screen("pi-mensa-2", "10.0.3.42", "Mensa, Speisesaal"),
    ),
    (
        Showing("presentation", "Speiseplan", Hours("07:00", "14:30", SCHOOL_DAYS), MENU),
        Showing("presentation", "Hausordnung", Hours("14:30", "17:00", SCHOOL_DAYS), RULES),
        Showing("presentation", "Speiseplan", Hours("17:00", "07:00", DAILY), MENU),
        Showing(
            "message",
            "Küche geschlossen",
            Hours("07:00", "17:00", WEEKENDS),
            "<h1>Mahlzeit!</h1><p>Ab Montag, <b>7 Uhr</b>, duftet es hier wieder.</p>",
        ),
        Showing(
            "message",
            "Mahlzeit",
            Hours("11:30", "12:00", SCHOOL_DAYS),
            "<h1>Mahlzeit!</h1><p>Menü mit Suppe: <b>5,40 Euro</b>. Bitte rechts anstellen.</p>",
            skips_holidays=True,
        ),
        Showing(
            "message",
            "Suppentag",
            Hours("12:00", "14:00", weekday=WEDNESDAY),
            "<h1>Suppentag</h1><p>Drei Suppen, ein Preis: <b>1,90 Euro</b>.</p>",
        ),
    ),
)

STAFF_ROOM = Room(
    "Lehrerzimmer",
    "Nur für das Kollegium",
    "#1098ad",
    (Screen("pi-lehrerzimmer-1", "10.0.3.51", "Lehrerzimmer, Eingang"),),
    (
        Showing("webuntis", "Vertretungsplan", Hours("07:00", "17:00", SCHOOL_DAYS)),
        Showing("webuntis", "Vertretungsplan für morgen", Hours("17:00", "07:00", DAILY)),
        Showing("presentation", "Hausordnung", Hours("07:00", "17:00", WEEKENDS), RULES),
        Showing(
            "message",
            "Kurzbesprechung",
            Hours("07:40", "07:55", "FREQ=WEEKLY;BYDAY=MO"),
            "<h1>Kurzbesprechung</h1><p>7:40 bis 7:55 Uhr, im Stehen.</p>",
            skips_holidays=True,
        ),
        Showing(
            "message",
            "Konferenz",
            Hours("14:00", "16:00", "FREQ=MONTHLY;BYDAY=3TH"),
            "<h1>Konferenz</h1><p>14 Uhr, Bibliothek. Die Tagesordnung liegt im Fach.</p>",
            skips_holidays=True,
        ),
    ),
)

SPORTS_HALL = Room(
    "Sporthalle",
    "Zwei Hallen und Kraftraum",
    "#c2255c",
    (
        Screen("pi-sporthalle-1", "10.0.3.61", "Sporthalle, Eingang"),
        Screen("pi-sporthalle-2", "10.0.3.62", "Sporthalle, Tribüne"),
        Screen("pi-sporthalle-3", "10.0.3.63", "Sporthalle, Kraftraum"),
    ),
    (
        Showing(
            "message",
            "Hallenordnung",
            Hours("07:00", "17:00", SCHOOL_DAYS),
            "<h1>Hallenordnung</h1><p>Nur mit <b>hellen Sohlen</b>. Wertsachen gehören ins Fach beim Eingang.</p>",
        ),
        Showing("video", "Willkommen", Hours("17:00", "07:00", DAILY), WELCOME),
        Showing("presentation", "Tag der offenen Tür", Hours("07:00", "17:00", WEEKENDS), OPEN_DAY),
        Showing(
            "message",
            "Volleyball, Schülerliga",
            Hours("14:00", "16:30", weekday=WEDNESDAY),
            "<h1>Schülerliga</h1><p>Volleyball, <b>14 Uhr</b>, Halle 1. Zuschauer bitte auf die Tribüne.</p>",
        ),
    ),
)

WORKSHOPS = Room(
    "Werkstätten",
    "Metall, Holz und Elektronik",
    "#5f3dc4",
    (
        Screen("pi-werkstatt-1", "10.0.3.71", "Werkstätten, Metall"),
        Screen("pi-werkstatt-2", "10.0.3.72", "Werkstätten, Holz"),
        Screen("pi-werkstatt-3", "10.0.3.73", "Werkstätten, Elektronik"),
    ),
    (
        Showing("presentation", "Werkstättenordnung", Hours("07:00", "17:00", SCHOOL_DAYS), RULES),
        Showing("presentation", "Tag der offenen Tür", Hours("17:00", "07:00", DAILY), OPEN_DAY),
        Showing(
            "message",
            "Werkstätten geschlossen",
            Hours("07:00", "17:00", WEEKENDS),
            "<h1>Geschlossen</h1><p>Ab Montag, <b>7:30 Uhr</b>, wird wieder gearbeitet.</p>",
        ),
        Showing(
            "message",
            "Schutzbrillen",
            Hours("09:40", "10:00", SCHOOL_DAYS),
            "<h1>Augen auf!</h1><p>An jeder Maschine mit <b>Schutzbrille</b>. Neue gibt es in der Ausgabe.</p>",
            skips_holidays=True,
        ),
    ),
)

ROOMS = (AULA, FOYER, LIBRARY, CANTEEN, STAFF_ROOM, SPORTS_HALL, WORKSHOPS)
SCREENS = tuple(screen for room in ROOMS for screen in room.screens)
