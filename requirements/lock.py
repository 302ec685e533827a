"""Resolve `*.in` into `*.txt`: the whole closure with all its hashes, and no address of an index."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
UV = Path(sys.executable).with_name("uv")
OPTIONS = (
    *(
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--strip-extras",
        "--no-header",
    ),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-config"),
)


def lock(name: str, *more: str) -> None:
    """Write one pinned file, keeping the versions it has unless the `.in` file says otherwise."""
    subprocess.run(
        [
            str(UV),
            "pip",
            "compile",
            *OPTIONS,
            *more,
            f"requirements/{name}.in",
            "-o",
            f"requirements/{name}.txt",
        ],
        cwd=FOLDER.parent,
        stdout=subprocess.DEVNULL,
        env={key: value for key, value in os.environ.items() if not key.startswith("UV_")},
        check=True,
    )


if __name__ == "__main__":
    lock("runtime")
    lock("development", "-c", "requirements/runtime.txt")
    lock("checkov")
