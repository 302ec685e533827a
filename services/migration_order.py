"""Which migrations this release has, and which of them may wait until nobody uses what they take away."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from services.database import SCHEMA

# A line of the class of a migration, `runs = "pre"` or `runs = "post"`: before the pods of its release
# come (it adds, and the pods of the release before go on), or after the last pod of the release before
# has gone (it takes away what only those used).
_MARK: Final = re.compile(r'^    runs = "(pre|post)"$', re.MULTILINE)


@cache
def known_migrations() -> tuple[str, ...]:
    """Return the names of the migrations of this release, in order."""
    return tuple(sorted(path.stem for path in (SCHEMA / "migrations").glob("[0-9]*.py")))


@cache
def awaited_migrations() -> tuple[str, ...]:
    """Return those the pods of this release need: all up to the last that runs before them."""
    known = known_migrations()
    last = max((index for index, name in enumerate(known) if mark_of(name) != "post"), default=-1)
    return known[: last + 1]


@cache
def mark_of(name: str) -> str | None:
    """Return `pre` or `post`; nothing for the first migration, which builds everything."""
    found = _MARK.search((SCHEMA / "migrations" / f"{name}.py").read_text(encoding="utf-8"))
    return found[1] if found else None
