"""How long an operational programme may last and still count as short-term (R23): a remark, never a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schema.calendar import add_months
from schema.decision import Problem
from schema.problems import ProblemCode


@dataclass(frozen=True, slots=True)
class DatedProgramme:
    """An operational programme by its names and its days, where it has both."""

    name_fa: str
    name_en: str
    planned_start: date | None
    planned_end: date | None


def lasting(programme: DatedProgramme, months: int, *path: str) -> tuple[Problem, ...]:
    """Remark on a programme that lasts longer than the Jalali months that count as short-term."""
    start, end = programme.planned_start, programme.planned_end
    if start is None or end is None or end <= (latest := add_months(start, months)):
        return ()
    names = {"name_fa": programme.name_fa, "name_en": programme.name_en}
    blanks = {**names, "months": months, "latest": latest}
    return (Problem(ProblemCode.PROGRAMME_NOT_SHORT_TERM, path, blanks),)


def all_lasting(programmes: Sequence[DatedProgramme], months: int) -> tuple[Problem, ...]:
    """Remark on every such programme of a version, by its place."""
    return tuple(
        remark
        for place, programme in enumerate(programmes)
        for remark in lasting(programme, months, "programmes", str(place))
    )
