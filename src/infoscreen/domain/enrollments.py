"""One-time codes that let a device in: how they look, how long they hold, and how often they may be guessed at."""

from collections.abc import Callable
from datetime import timedelta

from infoscreen.domain.errors import InfoscreenError, NotAllowed

# Nothing that is taken for something else when it is read from a screen or a note: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U.
ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"
GROUPS, GROUP_LENGTH = 3, 4
VALID_FOR_MINUTES = 60
VALID_AT_MOST_MINUTES = 7 * 24 * 60
# The device whose answer was lost may ask again for this long, as long as it has not reported in.
ASK_AGAIN_WITHIN = timedelta(minutes=10)

# Wrong codes within the window. A code has 55 bits: even all of these for a year would find none.
WINDOW = timedelta(minutes=1)
FAILURES_PER_ADDRESS = 10
FAILURES_OF_ALL = 300


class EnrollmentRefused(NotAllowed):
    """The code is wrong, used, withdrawn or expired: which of them, nobody is told."""

    code = "enrollment_refused"


class TooManyAttempts(InfoscreenError):
    """Too many wrong codes; `retry_after` says in how many seconds another is looked at."""

    code = "too_many_attempts"


def new_code(choose: Callable[[str], str]) -> str:
    """A code like `4KTH-9MXC-PW3E`; `choose` picks one of the characters at random."""
    characters = "".join(choose(ALPHABET) for _ in range(GROUPS * GROUP_LENGTH))
    return "-".join(characters[at : at + GROUP_LENGTH] for at in range(0, len(characters), GROUP_LENGTH))


def as_typed(code: str) -> str:
    """What counts of a code that somebody typed: neither case nor hyphens nor spaces."""
    return "".join(character for character in code.upper() if character.isalnum())
