"""The demo school as plain data: its settings, people, files and holidays; its rooms are in `rooms.py`."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from infoscreen.domain.access import Role
from infoscreen.domain.holidays import Holiday
from infoscreen.processes.demo.showings import Showing

NAME = "Demoschule am Park"
MODEL = "Raspberry Pi 5"
WEBSITE = "https://www.example.org/"
SETTINGS: Mapping[str, str] = {
    "organization_name": NAME,
    "supplement_table_url": "https://www.example.org/vertretungen",
    "supplement_table_enabled": "true",
}
PEOPLE: Mapping[str, Role] = {"admin": Role.SUPERADMIN, "lehrer": Role.EDITOR}

_HERE = Path(__file__).parent
OPEN_DAY = "Tag der offenen Tür.pptx"
MENU = "Speiseplan.pdf"
RULES = "Hausordnung.pdf"
WELCOME = "Willkommen.mp4"
# As the library names them → where they are.
FILES: Mapping[str, Path] = {
    OPEN_DAY: _HERE / "files" / "tag-der-offenen-tuer.pptx",
    MENU: _HERE / "files" / "speiseplan.pdf",
    RULES: _HERE / "files" / "hausordnung.pdf",
    WELCOME: _HERE / "files" / "willkommen.mp4",
    "Fundbüro.png": _HERE / "files" / "fundbuero.png",
    "Schulgarten.jpg": _HERE / "files" / "schulgarten.jpg",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """One virtual device; its uuid follows from its host name."""

    hostname: str
    ip: str
    description: str

    @property
    def uuid(self) -> str:
        """The same at every start."""
        return _uuid_of(self.hostname)


@cache
def _uuid_of(hostname: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:infoscreen:demo:{hostname}"))


@dataclass(frozen=True, slots=True)
class Room:
    """One room group with its screens and what they show."""

    name: str
    description: str
    color: str
    screens: tuple[Screen, ...]
    programme: tuple[Showing, ...]


def holidays() -> list[Holiday]:
    """Austria's and Upper Austria's school holidays and public holidays of 2026/27."""
    with (_HERE / "holidays.csv").open(encoding="utf-8", newline="") as file:
        return [
            Holiday(
                row["name"], date.fromisoformat(row["start_date"]), date.fromisoformat(row["end_date"]), row["region"]
            )
            for row in csv.DictReader(file)
        ]
