"""Start a command that ends when its starter ends, under another user if asked.

Run as a script before the command itself, so that it needs nothing but the standard library:
`python leash.py USER SIGNAL COMMAND…`, where USER is `-` for nobody else than oneself.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import sys

PR_SET_PDEATHSIG = 1


def tie(starter: int, ending: signal.Signals) -> None:
    """Leave the starter's session, so that Ctrl-C reaches only it, and get `ending` when it is gone."""
    os.setsid()
    if sys.platform == "linux":
        # Only Linux tells a child that its parent is gone; elsewhere the starter cleans up next time.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, ending.value)
        if os.getppid() != starter:
            sys.exit(1)


def main(user: str, ending: str, command: list[str]) -> None:
    """Become the command, in a session of its own so that Ctrl-C reaches only the starter."""
    starter = os.getppid()
    if user != "-":
        account = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)
    tie(starter, signal.Signals[ending])
    os.execv(command[0], command)  # noqa: S606 - the command comes from our own code


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
