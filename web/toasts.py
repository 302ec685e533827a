"""What the next page tells about the last form: its success, and the way to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from web.address import local_path

TOAST: Final = "toast"
_BETWEEN: Final = "\n"


@dataclass(frozen=True)
class Toast:
    """A short message; `undo` is the address of the form that takes back what was done to the thing `id`."""

    text: str
    undo: str = ""
    id: str = ""


def write_toast(text: str, undo: str, thing: str) -> str:
    """Write a message for a cookie."""
    return quote(_BETWEEN.join((text, undo, thing)), safe="")


def read_toast(kept: str) -> Toast | None:
    """Read a message from a cookie; the way back leads nowhere but to this site."""
    text, undo, thing = (*unquote(kept).split(_BETWEEN), "", "", "")[:3]
    return Toast(text, local_path(undo, ""), thing) if text else None
