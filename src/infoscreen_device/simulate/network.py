"""The cable of a virtual device: its link runs as long as it is plugged in."""

import asyncio

from infoscreen_device.link import Link


class Network:
    """Keeps a link running, but for the times when it is cut off."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._offline_seconds = 0.0
        self._lost = asyncio.Event()

    def lose(self, seconds: float) -> None:
        """Cut the device off for a while; it lives on."""
        self._offline_seconds = seconds
        self._lost.set()

    async def run(self) -> None:
        """Run until cancelled."""
        while True:
            link = asyncio.create_task(self._link.run())
            lost = asyncio.create_task(self._lost.wait())
            try:
                await asyncio.wait({link, lost}, return_when=asyncio.FIRST_COMPLETED)
                if link.done():
                    await link
            finally:
                for task in (link, lost):
                    task.cancel()
                await asyncio.gather(link, lost, return_exceptions=True)
            self._lost.clear()
            await asyncio.sleep(self._offline_seconds)
