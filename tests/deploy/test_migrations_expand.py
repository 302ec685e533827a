"""A migration that runs before the pods of its release only adds; what takes away runs after them.

While pods are replaced, old and new ones work on the same tables. So a release first adds (expand), in a
migration marked `runs = "pre"`, and only when no pod of the release before runs any more does it take away
(contract), in one marked `runs = "post"`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

FIRST = "0001_initial"
MARK = re.compile(r'^    runs = "(pre|post)"$', re.MULTILINE)
# What a pod of the release before would stumble over, in Tortoise's operations and in SQL of our own.
TAKES_AWAY = re.compile(
    r"\b(DeleteModel|RemoveField|RenameField|RenameModel|AlterField|RemoveConstraint"
    r"|drop\s+(table|column|function|type)|rename\s+(to|column)|alter\s+column\s+\w+\s+(type|set\s+not\s+null)"
    r"|set\s+not\s+null|truncate)\b",
    re.IGNORECASE,
)
LOCKS = re.compile(r"^    locks = \(([^)]*)\)$", re.MULTILINE)
# Tables whose change waits for everybody who uses them, and holds up everybody who comes.
CHANGED = re.compile(r"\b(?:alter\s+table|index\s+\w+\s+on|trigger\s.*?\son)\s+(\w+)", re.IGNORECASE)
# A whole table that is rewritten or locked for long stops everybody.
STOPS_EVERYBODY = re.compile(r"\b(vacuum\s+full|cluster\s+\w+\s+using|lock\s+table)\b", re.IGNORECASE)


def complaints(name: str, text: str) -> list[str]:
    """List what a release before this one could not live with."""
    mark = MARK.search(text)
    if mark is None:
        return [f'{name} says neither runs = "pre" nor runs = "post"']
    forward = re.sub(r"reverse_sql\s*=\s*\[.*?\]", "", text, flags=re.DOTALL)
    found = []
    if mark[1] == "pre" and (taken := TAKES_AWAY.search(forward)):
        found.append(f'{name} takes something away ({taken[0]}): do it in one that runs = "post"')
    declared = LOCKS.search(text)
    locked = set(re.findall(r'"([a-z_]+)"', declared[1])) if declared else set()
    if missing := {table.lower() for table in CHANGED.findall(forward)} - locked:
        found.append(f"{name} changes {', '.join(sorted(missing))} without naming it in locks")
    if stopped := STOPS_EVERYBODY.search(forward):
        found.append(f"{name} stops everybody ({stopped[0]})")
    return found


def test_no_migration_takes_away_what_the_release_before_still_uses(repository: Path) -> None:
    files = sorted((repository / "schema" / "migrations").glob("[0-9]*.py"))
    assert files[0].stem == FIRST
    for file in files[1:]:
        assert complaints(file.stem, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ('ops.RunSQL(sql=["alter table cluster add column note text"])', False),
        ('ops.RunSQL(sql=["create index i on cluster (note)"], reverse_sql=["drop table x"])', False),
        ('ops.RunSQL(sql=["alter table cluster drop column note"])', True),
        ('ops.RunSQL(sql=["alter table cluster rename column note to remark"])', True),
        ('ops.RunSQL(sql=["alter table cluster alter column note set not null"])', True),
        ('ops.RemoveField("Cluster", "note")', True),
    ],
)
def test_what_takes_away_needs_its_mark(statement: str, refused: bool) -> None:  # noqa: FBT001 - a column of a table
    locks = '    locks = ("cluster",)\n'
    assert bool(complaints("0002_notes", f'    runs = "pre"\n{locks}{statement}')) is refused
    assert complaints("0003_notes", f'    runs = "post"\n{locks}{statement}') == []


def test_a_table_that_changes_is_taken_before_anything_changes() -> None:
    """Waiting for a table while holding another can end in a deadlock with a request."""
    text = (
        '    runs = "pre"\n{}ops.RunSQL(sql=["create index i on plan (x)", "alter table cluster add y int"])'
    )
    assert complaints("0002_x", text.format("")) == [
        "0002_x changes cluster, plan without naming it in locks"
    ]
    assert complaints("0002_x", text.format('    locks = ("cluster", "plan")\n')) == []


def test_a_migration_without_a_mark_is_refused() -> None:
    assert complaints("0002_notes", "") == ['0002_notes says neither runs = "pre" nor runs = "post"']


def test_what_stops_everybody_is_refused_with_any_mark() -> None:
    for mark in ("pre", "post"):
        assert complaints("0002_x", f'    runs = "{mark}"\nops.RunSQL(sql=["lock table cluster"])') != []
