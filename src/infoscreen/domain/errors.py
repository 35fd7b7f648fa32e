"""Everything the product can refuse, as facts with names.

An error carries a stable code and the values its sentence needs; the sentences in both languages are in
`processes/api/sentences/`, the HTTP statuses in `processes/api/problems.py`.
"""

from typing import Any, ClassVar


class InfoscreenError(Exception):
    """Something the product refuses or cannot do; `code` is stable and `params` fill the person's sentence."""

    code: ClassVar[str] = "internal_error"

    def __init__(self, **params: Any) -> None:
        super().__init__(f"{self.code} {params}" if params else self.code)
        self.params = params


class NotFound(InfoscreenError):
    """There is no such thing."""

    code = "not_found"


class Conflict(InfoscreenError):
    """What is asked does not fit what is there."""

    code = "conflict"


class NotAllowed(InfoscreenError):
    """The person may not do this."""

    code = "not_allowed"


class NotLoggedIn(InfoscreenError):
    """Nobody is logged in, or the session or token is no longer valid."""

    code = "not_logged_in"


class Unavailable(InfoscreenError):
    """Something the product depends on is away for now."""

    code = "unavailable"


class Invalid(InfoscreenError):
    """Fields do not hold what they must; `fields` maps each to the code of its mistake and that one's values."""

    code = "invalid_fields"

    def __init__(self, **fields: "FieldError") -> None:
        super().__init__()
        self.fields = fields


class FieldError:
    """One field's mistake: a code and the values of its sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params

    def __repr__(self) -> str:
        return f"FieldError({self.code!r}, {self.params!r})"


class StaleVersion(Conflict):
    """Somebody else changed the row meanwhile; `current` is the row as it is now."""

    code = "stale_version"

    def __init__(self, current: object) -> None:
        super().__init__()
        self.current = current


class WrongCredentials(NotLoggedIn):
    """The name or the password is wrong, or the account is locked or inactive."""

    code = "wrong_credentials"


class BusUnavailable(Unavailable):
    """The broker is away, refused the message or did not confirm it in time."""

    code = "broker_unavailable"


class TooLarge(InfoscreenError):
    """More was sent than is accepted."""

    code = "too_large"


class UnsupportedKind(InfoscreenError):
    """The content is of a kind that is not accepted."""

    code = "unsupported_media_type"


class DiskFull(InfoscreenError):
    """There is not enough room left to store this."""

    code = "disk_full"
