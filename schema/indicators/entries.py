"""What people enter as a value: a number in its unit, its parts, and what it rests on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from schema.decision import Create, Problem
from schema.indicators.periods import Period, UnusablePeriod, read_period
from schema.problems import ProblemCode
from schema.vocabulary import Currency, CurrencyUnit, IndicatorUnit

LIMIT: Final = Decimal(10) ** 16
PRECISION: Final = Decimal("0.0001")
_MOST: Final = {
    IndicatorUnit.PERCENT: Decimal(100),
    IndicatorUnit.SHARE: Decimal(1),
    IndicatorUnit.SCORE: Decimal(100),
}
_WHOLE: Final = frozenset({IndicatorUnit.COUNT, IndicatorUnit.DAYS})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the value under its names, such as the women among the people employed."""

    name_fa: str
    name_en: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """The number, its currency if it is money, what it rests on, and its parts."""

    value: Decimal
    currency: Currency | None = None
    currency_unit: CurrencyUnit | None = None
    evidence: str | None = None
    parts: tuple[Part, ...] = ()

    def columns(self) -> dict[str, object]:
        """Return what the row of the value keeps of it."""
        return {
            "value": self.value,
            "currency": self.currency,
            "currency_unit": self.currency_unit,
            "evidence": self.evidence,
        }

    def rows(self, value: UUID, cluster: UUID, new_id: Callable[[], UUID]) -> tuple[Create, ...]:
        """Make the rows of its parts."""
        return tuple(
            Create(
                "IndicatorValuePart",
                new_id(),
                {
                    "cluster_id": cluster,
                    "value_id": value,
                    "ordinal": ordinal,
                    "name_fa": part.name_fa,
                    "name_en": part.name_en,
                    "value": part.value,
                },
            )
            for ordinal, part in enumerate(self.parts, 1)
        )


def read(text: str, today: date) -> tuple[Period | None, list[Problem]]:
    """Read the period of a value; it must be over, because a value tells of all of it."""
    try:
        period = read_period(text)
    except UnusablePeriod as error:
        return None, [Problem(ProblemCode.UNUSABLE_PERIOD, ("period",), {"reason": error})]
    if period.end > today:
        return period, [Problem(ProblemCode.PERIOD_NOT_OVER, ("period",), {"end": period.end})]
    return period, []


def checked(entry: Entry, unit: IndicatorUnit) -> list[Problem]:
    """Find everything that is wrong with the numbers of an entry in its unit."""
    problems = [*_number(entry.value, unit, ("value",)), *_currency(entry, unit)]
    for place, part in enumerate(entry.parts):
        path = ("parts", str(place))
        problems += _number(part.value, unit, (*path, "value"))
        problems += [
            Problem(ProblemCode.REQUIRED, (*path, field))
            for field, text in (("nameFa", part.name_fa), ("nameEn", part.name_en))
            if not text
        ]
    total = sum((part.value for part in entry.parts if part.value.is_finite()), Decimal(0))
    if not problems and unit not in _MOST and total > entry.value:
        problems.append(
            Problem(ProblemCode.PARTS_EXCEED_WHOLE, ("parts",), {"parts": total, "whole": entry.value})
        )
    return problems


def _number(number: Decimal, unit: IndicatorUnit, path: tuple[str, ...]) -> list[Problem]:
    if not number.is_finite() or abs(number) >= LIMIT or number != number.quantize(PRECISION):
        return [Problem(ProblemCode.NUMBER_TOO_PRECISE, path)]
    if number < 0 or number > _MOST.get(unit, LIMIT):
        return [Problem(ProblemCode.OUT_OF_RANGE, path, {"least": 0, "most": _MOST.get(unit, LIMIT)})]
    if unit in _WHOLE and number != number.to_integral_value():
        return [Problem(ProblemCode.WHOLE_NUMBER, path)]
    return []


def _currency(entry: Entry, unit: IndicatorUnit) -> list[Problem]:
    if unit is not IndicatorUnit.MONEY:
        given = {"currency": entry.currency, "currencyUnit": entry.currency_unit}
        return [Problem(ProblemCode.CURRENCY_ONLY_FOR_MONEY, (path,)) for path, one in given.items() if one]
    if entry.currency is None or entry.currency_unit is None:
        return [Problem(ProblemCode.CURRENCY_ONLY_FOR_MONEY, ("currency",))]
    if not entry.currency_unit.belongs_to(entry.currency):
        values = {"unit": entry.currency_unit, "currency": entry.currency}
        return [Problem(ProblemCode.UNIT_OF_ANOTHER_CURRENCY, ("currencyUnit",), values)]
    return []
