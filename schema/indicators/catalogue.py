"""What may happen to the catalogue of entered indicators: added, sharpened, retired; values keep their version."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Update,
    permission,
)
from schema.entries import emptied
from schema.problems import ProblemCode
from schema.text import UnusableText
from schema.text import code as code_of
from schema.vocabulary import IndicatorOrigin, IndicatorSubject, IndicatorUnit

_CODE: Final = re.compile("[A-Z][A-Z0-9_]{1,59}")
_EXAMPLE: Final = "EXPORT_MARKETS"
_TEXTS: Final = ("name_fa", "name_en", "definition_fa", "definition_en")
_MEANING: Final = frozenset({"definition_fa", "definition_en", "unit"})


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """What the rules need to know of an indicator of the catalogue."""

    id: UUID
    origin: IndicatorOrigin
    unit: IndicatorUnit
    formula_version: int
    retired_on: date | None
    is_used: bool


def add(values: Mapping[str, object], *, code: str, new_id: Callable[[], UUID]) -> Decision:
    """Add an indicator whose values people enter."""
    folded = _folded(code)
    problems = [*emptied(values, *_TEXTS), *_of_unit(values)]
    if not _CODE.fullmatch(folded):
        problems.append(Problem(ProblemCode.UNUSABLE_CODE, ("code",), {"example": _EXAMPLE}))
    if problems:
        return Refused(tuple(problems))
    made = new_id()
    row = {
        **values,
        "code": folded,
        "origin": IndicatorOrigin.ENTERED,
        "subject": IndicatorSubject.CLUSTER,
        "formula_version": 1,
    }
    return Accepted(("Indicator", made), (Create("Indicator", made, row),))


def edit(indicator: IndicatorFacts, values: Mapping[str, object]) -> Decision:
    """Sharpen an indicator; a new meaning is a new version, and values taken before keep theirs (R55)."""
    problems = [*_own(indicator), *emptied(values, *_TEXTS, "unit", "dimension"), *_of_unit(values)]
    if indicator.is_used and values.get("unit") not in {None, indicator.unit}:
        problems.append(Problem(ProblemCode.INDICATOR_IN_USE, ("unit",)))
    if problems:
        return Refused(tuple(problems))
    later = {"formula_version": indicator.formula_version + 1}
    changes = [Update("Indicator", indicator.id, values)]
    if _MEANING & values.keys():
        changes.append(Update("Indicator", indicator.id, later, follows=True))
    return Accepted(("Indicator", indicator.id), tuple(changes))


def retire(indicator: IndicatorFacts, *, on: date) -> Decision:
    """Ask for no more values; those on record stay."""
    if problems := _own(indicator):
        return Refused(problems)
    return Accepted(("Indicator", indicator.id), (Update("Indicator", indicator.id, {"retired_on": on}),))


def permitted(indicator: IndicatorFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on an indicator today."""
    return (
        permission("editIndicator", edit(indicator, {})),
        permission("retireIndicator", retire(indicator, on=today)),
    )


def _own(indicator: IndicatorFacts) -> tuple[Problem, ...]:
    """Say why an indicator is not changed by people: computed ones change with the code, retired ones not at all."""
    problems = []
    if indicator.origin is IndicatorOrigin.COMPUTED:
        problems.append(Problem(ProblemCode.INDICATOR_COMPUTED))
    if indicator.retired_on is not None:
        problems.append(Problem(ProblemCode.INDICATOR_RETIRED, (), {"on": indicator.retired_on}))
    return tuple(problems)


def _of_unit(values: Mapping[str, object]) -> tuple[Problem, ...]:
    if values.get("unit") is IndicatorUnit.STATE:
        return (Problem(ProblemCode.INDICATOR_COMPUTED, ("unit",)),)
    return ()


def _folded(code: str) -> str:
    try:
        return code_of(code).upper()
    except UnusableText:
        return ""
