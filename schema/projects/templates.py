"""How a version of the programme comes to be: drafted from an earlier one, then published (R55)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Change,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Update,
    permission,
)
from schema.problems import ProblemCode
from schema.problems.occasions import Occasion
from schema.projects.planning import GateOutline, PhaseOutline
from schema.projects.thresholds import BY_KEY, DEFAULTS
from schema.vocabulary import PhaseBoundary, PhaseCode, PhaseKind, RenewalAnchor

_MOST_MONTHS: Final = 120
_KEY: Final = re.compile("[a-z][a-z0-9_]{0,59}")

BOUNDARIES: Mapping[PhaseCode, tuple[PhaseBoundary, PhaseBoundary]] = {
    PhaseCode.DIAGNOSTIC_STUDY: (PhaseBoundary.PROJECT_START, PhaseBoundary.OWN_COMPLETION),
    PhaseCode.TRUST_BUILDING: (PhaseBoundary.PROJECT_START, PhaseBoundary.PROJECT_END),
    PhaseCode.ACTION_PLAN: (PhaseBoundary.STUDY_COMPLETION, PhaseBoundary.PROJECT_END),
    PhaseCode.IMPLEMENTATION: (PhaseBoundary.STUDY_COMPLETION, PhaseBoundary.OWN_COMPLETION),
    PhaseCode.AGENT_EXIT: (PhaseBoundary.EXIT_ANNOUNCEMENT, PhaseBoundary.OWN_COMPLETION),
}
"""What opens and what closes each phase, in every version: the source says so (S4 to S11)."""


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What the rules need to know of a version of the programme and of the latest one."""

    id: UUID
    version: int
    published_on: date | None
    newest_version: int
    newest_published: date | None
    thresholds: Mapping[str, float]
    phases: tuple[PhaseOutline, ...]
    renewal_anchor: RenewalAnchor = RenewalAnchor.APPROVAL


@dataclass(frozen=True, slots=True)
class Window:
    """The months that a version gives a windowed phase."""

    code: PhaseCode
    min_months: int
    max_months: int


@dataclass(frozen=True, slots=True)
class WishedGate:
    """A gate that a version asks of a phase."""

    code: PhaseCode
    key: str
    label_fa: str
    label_en: str
    mandatory: bool


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a new version changes of the one it is drafted from."""

    name_fa: str
    name_en: str
    windows: tuple[Window, ...] = ()
    thresholds: tuple[tuple[str, float], ...] = ()
    gates: tuple[WishedGate, ...] = ()
    renewal_anchor: RenewalAnchor | None = None


def draft(edition: EditionFacts, *, wishes: Wishes, new_id: Callable[[], UUID]) -> Decision:
    """Draft the next version from an earlier one; nothing uses it until it is published."""
    problems = [
        *_of_names(wishes),
        *_of_windows(edition, wishes.windows),
        *_of_thresholds(wishes.thresholds),
        *_of_gates(wishes.gates),
    ]
    if problems:
        return Refused(tuple(problems))
    made = new_id()
    values = {
        "version": edition.newest_version + 1,
        "name_fa": wishes.name_fa,
        "name_en": wishes.name_en,
        "renewal_anchor": wishes.renewal_anchor or edition.renewal_anchor,
        "thresholds": {**DEFAULTS, **edition.thresholds, **dict(wishes.thresholds)},
    }
    changes: list[Change] = [Create("ProgrammeTemplate", made, values)]
    windows = {window.code: window for window in wishes.windows}
    for outline in edition.phases:
        changes += _phase(made, _with_gates(outline, wishes.gates), windows.get(outline.code), new_id)
    return Accepted(("ProgrammeTemplate", made), tuple(changes))


def first(
    *,
    version: int,
    name_fa: str,
    name_en: str,
    published_on: date,
    phases: tuple[PhaseOutline, ...],
    new_id: Callable[[], UUID],
) -> tuple[Change, ...]:
    """Make the rows of the version that every installation starts with."""
    made = new_id()
    values = {
        "version": version,
        "name_fa": name_fa,
        "name_en": name_en,
        "published_on": published_on,
        "thresholds": DEFAULTS,
    }
    changes: list[Change] = [Create("ProgrammeTemplate", made, values)]
    for outline in phases:
        changes += _phase(made, outline, None, new_id)
    return tuple(changes)


def publish(edition: EditionFacts, *, on: date) -> Decision:
    """Put a version in force for the projects made from that day on; it never changes again."""
    problems = []
    if edition.published_on is not None:
        problems.append(Problem(ProblemCode.PUBLISHED))
    if edition.newest_published is not None and on < edition.newest_published:
        days = {"start": edition.newest_published, "end": on, "event": Occasion.TEMPLATE_IN_FORCE}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), days))
    if problems:
        return Refused(tuple(problems))
    return Accepted(
        ("ProgrammeTemplate", edition.id),
        (Update("ProgrammeTemplate", edition.id, {"published_on": on}),),
    )


def permitted(edition: EditionFacts, *, today: date) -> tuple[Permission, ...]:
    """Answer beforehand what the rules would say today."""
    return (
        Permission("createTemplateVersion", allowed=True),
        permission("publishTemplate", publish(edition, on=max(today, edition.newest_published or today))),
    )


def _of_names(wishes: Wishes) -> list[Problem]:
    return [
        Problem(ProblemCode.REQUIRED, (path,))
        for path, name in (("nameFa", wishes.name_fa), ("nameEn", wishes.name_en))
        if not name
    ]


def _of_windows(edition: EditionFacts, windows: tuple[Window, ...]) -> list[Problem]:
    kinds = {outline.code: outline.kind for outline in edition.phases}
    problems = []
    for place, window in enumerate(windows):
        path = ("windows", str(place))
        if kinds[window.code] is not PhaseKind.WINDOWED:
            problems.append(Problem(ProblemCode.NOT_WINDOWED, (*path, "code"), {"kind": kinds[window.code]}))
        least = window.min_months
        if not 1 <= least <= _MOST_MONTHS:
            whole = {"least": 1, "most": _MOST_MONTHS}
            problems.append(Problem(ProblemCode.OUT_OF_RANGE, (*path, "minMonths"), whole))
        elif not least <= window.max_months <= _MOST_MONTHS:
            rest = {"least": least, "most": _MOST_MONTHS}
            problems.append(Problem(ProblemCode.OUT_OF_RANGE, (*path, "maxMonths"), rest))
    return problems


def _of_thresholds(thresholds: tuple[tuple[str, float], ...]) -> list[Problem]:
    problems = []
    for place, (key, value) in enumerate(thresholds):
        known = BY_KEY.get(key)
        if known is None:
            problems.append(
                Problem(ProblemCode.UNKNOWN_THRESHOLD, ("thresholds", str(place), "key"), {"key": key})
            )
        elif not known.least <= value <= known.most:
            problems.append(
                Problem(
                    ProblemCode.OUT_OF_RANGE,
                    ("thresholds", str(place), "value"),
                    {"least": known.least, "most": known.most},
                )
            )
    return problems


def _of_gates(gates: tuple[WishedGate, ...]) -> list[Problem]:
    problems = []
    seen: set[tuple[PhaseCode, str]] = set()
    for place, gate in enumerate(gates):
        path = ("gates", str(place))
        if not _KEY.fullmatch(gate.key):
            problems.append(Problem(ProblemCode.UNUSABLE_CODE, (*path, "key"), {"example": "field_research"}))
        if (gate.code, gate.key) in seen:
            problems.append(Problem(ProblemCode.NOT_UNIQUE, (*path, "key")))
        seen.add((gate.code, gate.key))
        problems += [
            Problem(ProblemCode.REQUIRED, (*path, name))
            for name, text in (("labelFa", gate.label_fa), ("labelEn", gate.label_en))
            if not text
        ]
    return problems


def _with_gates(outline: PhaseOutline, gates: tuple[WishedGate, ...]) -> PhaseOutline:
    """Give a phase the gates that are wished for it; one that is not mentioned keeps its own."""
    wished = [gate for gate in gates if gate.code is outline.code]
    if not wished:
        return outline
    outlines = (
        GateOutline(gate.key, ordinal, gate.label_fa, gate.label_en, gate.mandatory)
        for ordinal, gate in enumerate(wished, 1)
    )
    return replace(outline, gates=tuple(outlines))


def _phase(
    template: UUID, outline: PhaseOutline, window: Window | None, new_id: Callable[[], UUID]
) -> list[Change]:
    made = new_id()
    starts_at, ends_at = BOUNDARIES[outline.code]
    values = {
        "template_id": template,
        "code": outline.code,
        "ordinal": outline.ordinal,
        "kind": outline.kind,
        "min_months": window.min_months if window else outline.min_months,
        "max_months": window.max_months if window else outline.max_months,
        "starts_at": starts_at,
        "ends_at": ends_at,
    }
    gates = (
        Create(
            "GateTemplate",
            new_id(),
            {
                "phase_template_id": made,
                "key": gate.key,
                "ordinal": gate.ordinal,
                "label_fa": gate.label_fa,
                "label_en": gate.label_en,
                "mandatory": gate.mandatory,
            },
        )
        for gate in outline.gates
    )
    return [Create("PhaseTemplate", made, values), *gates]
