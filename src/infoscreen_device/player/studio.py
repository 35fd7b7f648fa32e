"""Draws for all devices of a process: one thread, because pdfium is not thread-safe, and each picture once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from infoscreen_device.config import Size
from infoscreen_device.player.draw import draw
from infoscreen_device.player.scene import Scene
from infoscreen_device.player.slides import page_count

JPEG_QUALITY = 85
# About 100 kB each: a few groups with their decks, so that all screens of a group cost one drawing.
KEPT_PICTURES = 128


@lru_cache(maxsize=KEPT_PICTURES)
def jpeg(scene: Scene, size: Size) -> bytes:
    """A scene as a JPEG file."""
    file = BytesIO()
    draw(scene, size).save(file, "JPEG", quality=JPEG_QUALITY)
    return file.getvalue()


class Studio:
    """The drawing thread. BrokenSlidesError passes through to whoever asked."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")

    async def page_count(self, path: Path) -> int:
        return await asyncio.get_running_loop().run_in_executor(self._thread, page_count, path)

    async def jpeg(self, scene: Scene, size: Size) -> bytes:
        return await asyncio.get_running_loop().run_in_executor(self._thread, jpeg, scene, size)

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
