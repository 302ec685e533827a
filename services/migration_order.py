"""Which migrations this release has, and which of them may wait until nobody uses what they take away."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from services.database import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable

# A line of the class of a migration, `runs = "pre"` or `runs = "post"`: before the pods of its release
# come (it adds, and the pods of the release before go on), or after the last pod of the release before
# has gone (it takes away what only those used).
_MARK: Final = re.compile(r'^    runs = "(pre|post)"$', re.MULTILINE)
# Another line names the tables it changes, `locks = ("cluster", "stakeholder")`, so that they are taken together.
_LOCKS: Final = re.compile(r"^    locks = \(([^)]*)\)$", re.MULTILINE)
_NAME: Final = re.compile(r'"([a-z_]+)"')


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


def locked_tables(names: Iterable[str]) -> tuple[str, ...]:
    """Return the tables that migrations change, as their line `locks = (…)` says; what all traffic needs first.

    Every command locks its cluster before anything else, so whoever holds that table has let all others finish.
    """
    found: set[str] = set()
    for name in names:
        if declared := _LOCKS.search((SCHEMA / "migrations" / f"{name}.py").read_text(encoding="utf-8")):
            found.update(_NAME.findall(declared[1]))
    return tuple(sorted(found, key=lambda table: (table != "cluster", table)))
