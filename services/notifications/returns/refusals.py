"""What a mail server's refusal means: the remedy, and whether it is the address that is wrong (RFC 3463)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from services.redaction import PERSONAL_VALUE

MOST_WORDS: Final = 160
STATUS: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
PERMANENT: Final = range(500, 600)
# Replies whose very number says that there is no such mailbox, should nothing say it more exactly.
_NO_MAILBOX: Final = frozenset({550, 551, 553})

_CORRECT: Final = "correct the e-mail address"
_BY_SUBJECT: Final = {
    "1": (_CORRECT, True),
    "2": ("the mailbox is full or closed: make room in it, or enter another e-mail address", True),
    "3": ("their mail server has a problem of its own: ask whoever runs it", False),
    "4": ("their mail server cannot be reached: correct the part of the e-mail address after the @", True),
    "6": ("their mail server does not take what the letter holds: ask whoever runs it", False),
    "7": ("their mail server turns our letters away: the operator sees to SPF, DKIM and its rules", False),
}
_ANY: Final = ("ask whoever runs their mail server", False)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a letter was refused for good: the remedy, and whether letters to this address are in vain."""

    remedy: str
    wrong_address: bool


def meaning(status: str | None, code: int | None = None) -> Refusal:
    """Read the status of RFC 3463 (5.1.1), or without one the reply's number."""
    if status is None:
        return Refusal(_CORRECT, code in _NO_MAILBOX)
    kind, subject, _ = status.split(".")
    remedy, wrong = _BY_SUBJECT.get(subject, _ANY)
    return Refusal(remedy, wrong and kind == "5")


def status_in(words: str) -> str | None:
    """Find the status of RFC 3463 in what a server said."""
    found = STATUS.search(words)
    return found.group() if found else None


def quoted(words: str) -> str:
    """Return what a server said in one short line, without the addresses of people that servers like to repeat."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in words[:2000]).split())
    return PERSONAL_VALUE.sub("…", line)[:MOST_WORDS]
