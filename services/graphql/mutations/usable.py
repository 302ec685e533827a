"""What of an input can be used at all: its texts cleaned, its days and numbers ones that can be meant."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final

from strawberry import UNSET
from strawberry.types.base import StrawberryList, StrawberryOptional
from strawberry.types.enum import StrawberryEnumDefinition

from schema.decision import Problem
from schema.jalali import FIRST_YEAR, LAST_YEAR, Jalali, NoSuchDate
from schema.problems import ProblemCode
from schema.rows import TEXT_LENGTH
from schema.text import clean
from schema.unusable import Unusable
from services.graphql.mutations.command import VERBATIM

EARLIEST: Final = datetime.date(1822, 1, 1)
LATEST: Final = datetime.date(2150, 12, 31)
"""Between these a day can be meant, and counting months from it stays within the years of the Jalali calendar."""


def usable(value: Any, path: tuple[str, ...], problems: list[Problem]) -> Any:
    """Clean every text of an input, in depth, and say of every value nobody can keep what is wrong with it.

    Some texts are taken exactly as they were sent.
    """
    if isinstance(value, dict):
        return {
            name: part if name in VERBATIM else usable(part, (*path, name), problems)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [usable(part, (*path, str(index)), problems) for index, part in enumerate(value)]
    if isinstance(value, datetime.date):
        problems += _of_day(value.date() if isinstance(value, datetime.datetime) else value, path)
    elif isinstance(value, Decimal) and not value.is_finite():
        problems.append(Problem(ProblemCode.NO_NUMBER, path, {"written": str(value)}))
    elif isinstance(value, str) and len(value) > TEXT_LENGTH:
        problems.append(Problem(ProblemCode.TOO_LONG, path, {"limit": TEXT_LENGTH}))
    elif isinstance(value, str) and type(value) is str:
        try:
            return clean(value, lines=True)
        except Unusable as error:
            problems.append(Problem(ProblemCode.INVALID, path, {"reason": error}))
    return value


def _of_day(day: datetime.date, path: tuple[str, ...]) -> list[Problem]:
    """Refuse a Jalali day that was written where Gregorian ones are, and days nobody can mean."""
    if EARLIEST <= day <= LATEST:
        return []
    written = day.isoformat()
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        try:
            meant = Jalali(day.year, day.month, day.day).gregorian().isoformat()
        except NoSuchDate as error:
            return [Problem(ProblemCode.INVALID, path, {"reason": error})]
        return [Problem(ProblemCode.JALALI_DATE, path, {"written": written, "meant": meant})]
    blanks = {"written": written, "earliest": EARLIEST, "latest": LATEST}
    return [Problem(ProblemCode.DATE_OUT_OF_RANGE, path, blanks)]


def with_terms(given: Any) -> Any:
    """Turn the wire names of an input into terms; the validating schema knows only their names."""
    for field in type(given).__strawberry_definition__.fields:
        setattr(given, field.python_name, _as_terms(getattr(given, field.python_name), field.type))
    return given


def _as_terms(value: Any, kind: Any) -> Any:
    if value is None or value is UNSET:
        return value
    if isinstance(kind, StrawberryOptional):
        return _as_terms(value, kind.of_type)
    if isinstance(kind, StrawberryList):
        return [_as_terms(part, kind.of_type) for part in value]
    if isinstance(kind, StrawberryEnumDefinition):
        return kind.wrapped_cls(value)
    return with_terms(value) if hasattr(type(value), "__strawberry_definition__") else value
