"""The sentences for people, in both languages, by the code of the error; `{name}` is filled from its params.

A file per part of the product; here they are put together and spoken.
"""

from typing import Any

from starlette.requests import Request

from infoscreen.processes.api.sentences import (
    alerts,
    broadcasts,
    calendar,
    explain,
    general,
    media,
    power_switches,
    screens,
    settings,
)

_PARTS = (alerts, general, screens, broadcasts, calendar, media, power_switches, explain, settings)
SENTENCES: dict[str, tuple[str, str]] = {code: texts for part in _PARTS for code, texts in part.SENTENCES.items()}


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
