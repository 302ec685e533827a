"""Progress a person can follow: a bar that redraws itself on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from typing import Final, Protocol, TextIO

WIDTH: Final = 30
STEP: Final = 25


class Progress(Protocol):
    """Told how many of all rows are in, and what is being loaded."""

    def __call__(self, done: int, total: int, what: str, /) -> None:
        """Show it."""


def silent(_done: int, _total: int, _what: str, /) -> None:
    """Show nothing."""


def bar(stream: TextIO | None = None) -> Progress:
    """Return a bar for a terminal, or one line per quarter where lines are kept."""
    out = stream or sys.stderr
    return _redrawn(out) if out.isatty() else _quarters(out)


def _redrawn(out: TextIO) -> Progress:
    def show(done: int, total: int, what: str, /) -> None:
        share = done / total if total else 1.0
        full = round(share * WIDTH)
        out.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {share:4.0%}  {what:<32.32}")
        if done >= total:
            out.write("\n")
        out.flush()

    return show


def _quarters(out: TextIO) -> Progress:
    shown = -1

    def show(done: int, total: int, what: str, /) -> None:
        nonlocal shown
        quarter = 100 * done // total // STEP if total else 100 // STEP
        if quarter > shown:
            shown = quarter
            out.write(f"{quarter * STEP:3d} %  {done:,} of {total:,} rows  {what}\n")
            out.flush()

    return show
