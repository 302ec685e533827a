"""What is new, gone or worded differently between two versions of an action plan."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final, Literal

from schema.text import squash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Standing = Literal["same", "changed", "new", "gone"]
Thing = dict[str, Any]
_PLANNED: Final = ("type", "definedBy", "ledBy", "plannedStart", "plannedEnd")


@dataclass(frozen=True)
class Words:
    """A run of words that both versions have, or only the former or the later one."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True)
class Part:
    """Something of either version beside its counterpart, which is nothing where it is new or gone."""

    former: Thing | None
    later: Thing | None
    standing: Standing
    fields: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def thing(self) -> Thing:
        """The later one, or the former where there is no later."""
        return self.later or self.former or {}


@dataclass(frozen=True)
class Comparison:
    """Two versions: their strategies with the programmes of each, their sub-projects, and how many differ."""

    strategies: tuple[Part, ...]
    sub_projects: tuple[Part, ...]

    @property
    def differing(self) -> int:
        """How many strategies, programmes and sub-projects are not the same."""
        programmes = [part for strategy in self.strategies for part in strategy.parts]
        return sum(part.standing != "same" for part in (*self.strategies, *programmes, *self.sub_projects))


def compare(former: Mapping[str, Any] | None, later: Mapping[str, Any]) -> Comparison:
    """Compare two versions; with nothing before, everything is new."""
    before: Mapping[str, Any] = former or {}

    def programmes(strategy: Thing) -> list[Thing]:
        found: list[Thing] = strategy.get("programmes") or []
        return found

    return Comparison(
        _beside(before.get("strategies") or (), later["strategies"], _by_title, _TEXTS, programmes),
        _beside(_sub_projects(before), _sub_projects(later), _by_name, (*_PLANNED, "objectivesFa")),
    )


_TEXTS: Final = ("descriptionFa", "plannedStart", "plannedEnd")


def _sub_projects(plan: Mapping[str, Any]) -> list[Thing]:
    connection = plan.get("subProjects") or {}
    found: list[Thing] = connection.get("nodes", [])
    return found


def _by_title(thing: Thing, _known: Mapping[str, str]) -> str:
    return squash(str(thing.get("titleFa") or ""))


def _by_name(thing: Thing, known: Mapping[str, str]) -> str:
    """Name a sub-project by what it continues, else by its name: one carried over may be renamed."""
    continued = (thing.get("carriedFrom") or {}).get("id")
    return known.get(str(continued)) or squash(str(thing.get("nameFa") or ""))


def _beside(
    before: Iterable[Thing],
    after: Iterable[Thing],
    key: Callable[[Thing, Mapping[str, str]], str],
    fields: Sequence[str],
    parts: Callable[[Thing], list[Thing]] | None = None,
) -> tuple[Part, ...]:
    known: dict[str, str] = {}
    old = {}
    for thing in before:
        name = key(thing, {})
        old[name] = thing
        known[str(thing.get("id"))] = name
    found = []
    for thing in after:
        former = old.pop(key(thing, known), None)
        found.append(_part(former, thing, fields, parts))
    return (*found, *(_part(thing, None, fields, parts) for thing in old.values()))


def _part(
    former: Thing | None,
    later: Thing | None,
    fields: Sequence[str],
    parts: Callable[[Thing], list[Thing]] | None,
) -> Part:
    inner = (
        _beside(parts(former) if former else (), parts(later) if later else (), _by_title, _TEXTS)
        if parts
        else ()
    )
    if former is None or later is None:
        return Part(former, later, "new" if former is None else "gone", (), inner)
    named = ("nameFa", "titleFa")
    differ = tuple(
        name for name in (*named, *fields) if (former.get(name) or None) != (later.get(name) or None)
    )
    return Part(former, later, "changed" if differ else "same", differ, inner)


def words(former: str | None, later: str | None) -> list[Words]:
    """Compare two texts word by word."""
    before, after = (former or "").split(), (later or "").split()
    found: list[Words] = []
    for kind, left, right, top, bottom in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Words("same", " ".join(before[left:right])))
            continue
        if left < right:
            found.append(Words("gone", " ".join(before[left:right])))
        if top < bottom:
            found.append(Words("new", " ".join(after[top:bottom])))
    return found
