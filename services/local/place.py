"""Where a local installation keeps its things, and that only one runs at a time."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from services.local.failure import LocalFailure

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent.parent
VAR: Final = ROOT / "var"
DATA: Final = VAR / "postgres"
DEMO: Final = VAR / "demo.json"
LOCK: Final = VAR / "run.lock"
KEY: Final = VAR / "encryption.key"
OUTBOX: Final = VAR / "mail"


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the installation for this process; the system lets go when the process ends, however it ends."""
    VAR.mkdir(exist_ok=True)
    with LOCK.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LocalFailure(
                "`make run` runs here already; stop it with Ctrl-C where it was started, or use it as it is."
            ) from None
        yield


def encryption_key() -> str:
    """Return the key that seals secrets on this machine; made once, for its owner's eyes only."""
    try:
        return KEY.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        key = secrets.token_urlsafe(32)
        with os.fdopen(os.open(KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key)
        return key


def read_demo() -> dict[str, Any]:
    """Return what the last start wrote for people and scripts, or nothing."""
    try:
        found = json.loads(DEMO.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_demo(demo: dict[str, Any]) -> None:
    """Write addresses, sign-ins and tokens for their owner's eyes only, whole or not at all."""
    draft = DEMO.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(demo, file, ensure_ascii=False, indent=2)
        file.write("\n")
    draft.replace(DEMO)
