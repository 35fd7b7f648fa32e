"""The row that a stale edit is answered with, in the form of its own endpoint."""

from typing import Any

from infoscreen.processes.api.schemas.academic_calendar import PeriodAnswer
from infoscreen.processes.api.schemas.base import ApiModel
from infoscreen.processes.api.schemas.clients import AdministeredClient
from infoscreen.processes.api.schemas.events import EventAnswer
from infoscreen.processes.api.schemas.groups import GroupAnswer
from infoscreen.processes.api.schemas.media import StoredMedia
from infoscreen.processes.api.schemas.settings import StoredSetting

ANSWERS: dict[str, type[ApiModel]] = {
    "AcademicPeriod": PeriodAnswer,
    "Client": AdministeredClient,
    "Event": EventAnswer,
    "Group": GroupAnswer,
    "Media": StoredMedia,
    "SystemSetting": StoredSetting,
}


def current_row(row: object) -> dict[str, Any] | None:
    """A row as its endpoint answers it; None for one that no endpoint shows by itself."""
    answer = ANSWERS.get(type(row).__name__)
    return answer.model_validate(row).model_dump(mode="json", by_alias=True) if answer else None
