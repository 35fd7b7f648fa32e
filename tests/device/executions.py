"""How often virtual devices have carried a command out, counted from outside their process.

`infoscreen-device simulate` appends a line to `device-executions.jsonl`, in the directory of the devices' file, for
each command that it carries out, before anything of it happens: {"at", "uuid", "command_id", "action"}. Nothing was
executed twice where no count is above 1.
"""

import json
from collections import Counter
from pathlib import Path

FILE_NAME = "device-executions.jsonl"


def executions(file: Path) -> Counter[str]:
    """Command id → times that it was carried out; empty before the first."""
    lines = file.read_text().splitlines() if file.exists() else []
    return Counter(json.loads(line)["command_id"] for line in lines)
