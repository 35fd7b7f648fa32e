"""JSON files with passwords: mode 600, and whole or not there at all."""

import json
import os
from pathlib import Path
from typing import Any

MODE = 0o600


def read(path: Path) -> dict[str, Any] | None:
    """The fields that a file holds, None where there is none."""
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def write(path: Path, held: dict[str, Any] | list[dict[str, Any]]) -> None:
    """Write a file, unless it holds just that."""
    if read(path) == held:
        return
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE), "w", encoding="utf-8") as file:
        json.dump(held, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
