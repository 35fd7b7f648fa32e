"""How many examples a sweep takes: all of them in `make test`, a tenth in `make test-fast`."""

from hypothesis import settings

USUAL = 100


def examples(whole: int) -> int:
    """So many, or as large a part of them as this run's profile takes of Hypothesis' usual hundred."""
    return whole * settings().max_examples // USUAL
