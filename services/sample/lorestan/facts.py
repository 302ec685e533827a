"""The facts of the Lorestan cluster as they stand in the files beside this one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent


def read(name: str) -> Any:  # noqa: ANN401 - whatever the file holds; its readers name what they need
    """Read one of the files by its name without ending."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


CLUSTER: Final = read("cluster")
SLUG: Final[str] = CLUSTER["slug"]
PROVINCE: Final = "Lorestan"
