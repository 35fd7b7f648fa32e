"""Cuts a screen that floods its log down to a sample and a count, a minute at a time."""

from collections import Counter
from dataclasses import dataclass, field

LINES_A_MINUTE = 100
# Of the lines beyond, of each level, the first of so many: an error among thousands of others is still seen.
ONE_IN = 100


@dataclass(slots=True)
class LogMinute:
    """One screen's minute: how many lines are kept, and how many of each level came beyond the limit."""

    kept: int = 0
    beyond: Counter[str] = field(default_factory=Counter)

    def takes(self, level: str) -> bool:
        """Whether the next line is kept; counts it in any case."""
        if self.kept < LINES_A_MINUTE:
            self.kept += 1
            return True
        self.beyond[level] += 1
        return self.beyond[level] % ONE_IN == 1

    @property
    def left_out(self) -> int:
        """How many lines are not kept."""
        return sum(number - -(-number // ONE_IN) for number in self.beyond.values())
