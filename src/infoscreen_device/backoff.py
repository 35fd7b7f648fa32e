"""How long to wait before the next attempt. Full jitter, so that a school of devices does not come back at once."""

import random

SHORTEST = 1.0
LONGEST = 60.0
# The first wait is spread over five seconds: after a broker restart a whole fleet starts from attempt 0 together.
FIRST_SPREAD = 5.0


def delay_after(failures: int) -> float:
    """Seconds to wait after this many failures in a row: evenly between 1 and a ceiling that doubles up to 60."""
    ceiling = min(LONGEST, FIRST_SPREAD * 2.0 ** min(failures, 10))
    return random.uniform(SHORTEST, ceiling)  # noqa: S311 - spreads load, protects nothing


def delay_after_refusal() -> float:
    """Seconds to wait when the broker refused the password: asking faster would keep a ban alive."""
    return random.uniform(LONGEST, 2 * LONGEST)  # noqa: S311 - as above


def jittered(seconds: float, share: float = 0.1) -> float:
    """An interval, a little shorter or longer each time, so that devices drift apart instead of together."""
    return seconds * random.uniform(1 - share, 1 + share)  # noqa: S311 - as above
