"""The TV that a virtual machine is connected to: it obeys after a moment, and stays as it is over a reboot."""

import asyncio
from dataclasses import dataclass
from typing import Literal

# As a real one takes to wake up.
SWITCH_SECONDS = 0.5


@dataclass(slots=True)
class VirtualTv:
    """On at first, as somebody has left it."""

    state: Literal["on", "off"] = "on"
    method: Literal["mock"] = "mock"

    async def switch(self, state: Literal["on", "off"]) -> None:
        """Switch it."""
        if state != self.state:
            await asyncio.sleep(SWITCH_SECONDS)
            self.state = state
