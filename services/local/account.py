"""The system user without rights that runs PostgreSQL when we are root."""

from __future__ import annotations

import os
import pwd
import subprocess
from typing import TYPE_CHECKING, Final

from services.local.failure import LocalFailure

if TYPE_CHECKING:
    from pathlib import Path

SYSTEM_USER: Final = "pgserver"


def identity(user: str) -> int:
    """Return the number of a system user, or one that nobody has."""
    try:
        return pwd.getpwnam(user).pw_uid
    except KeyError:
        return -1


def make_user(user: str) -> None:
    """Create the system user that runs the server when we are root."""
    if identity(user) >= 0:
        return
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", user]
    try:
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    except (OSError, subprocess.CalledProcessError):
        if identity(user) < 0:
            raise LocalFailure(
                f"PostgreSQL does not run as root and the user {user} cannot be created; "
                "run this as an ordinary user, or set DATABASE_URL to a server that runs already."
            ) from None


def open_for(user: str, programs: Path, *folders: Path) -> None:
    """Give the server its folders, and let it pass (not read) the folders above them and its programs."""
    account = pwd.getpwnam(user)
    for folder in folders:
        os.chown(folder, account.pw_uid, account.pw_gid)
    for folder in {parent for path in (*folders, programs) for parent in path.parents}:
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o001)
    if not (programs / "postgres").stat().st_mode & 0o001:
        # Installed under a strict umask: the programs and their libraries are public files anyway.
        for path in (programs.parent, *programs.parent.rglob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if mode & 0o100 else 0o044))
