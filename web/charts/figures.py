"""Lay out the small charts: gauge, matrix, budget bars, series, pipeline."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from web.charts.axis import Axis

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

SERIES_WIDTH: Final = 640.0
SERIES_HEIGHT: Final = 260.0
_MARGIN: Final = 40.0
_FULL: Final = 100.0
BUDGET_WIDTH: Final = 420.0


@dataclass(frozen=True)
class Point:
    """A dot on a drawing and the value it stands for."""

    x: float
    y: float
    value: float
    label: str = ""


def gauge_point(share: float, radius: float, direction: str) -> Point:
    """Return the point of a half circle at a share of 0 to 100, from the start of reading to its end."""
    angle = math.pi * min(_FULL, max(0.0, share)) / _FULL
    x = math.cos(angle) * radius
    return Point(round(x if direction == "rtl" else -x, 2), round(-math.sin(angle) * radius, 2), share)


def series(points: Sequence[tuple[date, float | None]], spans: Sequence[date], direction: str) -> list[Point]:
    """Place the values (0 to 100) of one line over the days that all lines of the plot share."""
    if not spans:
        return []
    low, high = min(spans).toordinal(), max(spans).toordinal()
    across = Axis(
        low - 1, high + 1, SERIES_WIDTH - 2 * _MARGIN, _MARGIN, SERIES_WIDTH, mirrored=direction == "rtl"
    )
    return [
        Point(across.at(day.toordinal()), series_y(value), value, day.isoformat())
        for day, value in points
        if value is not None
    ]


def series_y(value: float) -> float:
    """Return the height of a value between 0 and 100."""
    room = SERIES_HEIGHT - 2 * _MARGIN
    return round(SERIES_HEIGHT - _MARGIN - room * min(_FULL, max(0.0, value)) / _FULL, 1)


def polyline(points: Sequence[Point]) -> str:
    """Write points as the `points` attribute of a line."""
    return " ".join(f"{point.x:g},{point.y:g}" for point in points)


@dataclass(frozen=True)
class BudgetBar:
    """One amount of a budget line as a bar within the planned one."""

    name: str
    x: float
    width: float
    amount: float


def budget_bars(line: Mapping[str, object], greatest: float, direction: str) -> list[BudgetBar]:
    """Lay planned, committed, disbursed and spent over one another, on the scale of the greatest."""
    axis = Axis(0, greatest or 1, BUDGET_WIDTH, 0, BUDGET_WIDTH, mirrored=direction == "rtl")
    bars = []
    for name in ("planned", "committed", "disbursed", "spent"):
        amount = float(str(line.get(name) or 0))
        x, width = axis.span(0, amount)
        bars.append(BudgetBar(name, x, width, amount))
    return bars


def cell_radius(amount: float, greatest: float, room: float) -> float:
    """Return the radius whose area stands for the amount, never too small to see."""
    return round(max(3.0, room * math.sqrt(amount / greatest)), 1) if amount > 0 and greatest > 0 else 0.0


def pipeline_stage(number: int, total: int, width: float, height: float, direction: str) -> str:
    """Write the outline of one arrow of a pipeline that runs in the direction of reading."""
    gap, tip = 6.0, 16.0
    step = width / total
    start, end = number * step + (gap if number else 0), (number + 1) * step
    notch = tip if number else 0.0
    corners = [
        (start, 0.0),
        (end - (tip if number < total - 1 else 0), 0.0),
        (end, height / 2),
        (end - (tip if number < total - 1 else 0), height),
        (start, height),
        (start + notch, height / 2),
    ]
    return " ".join(f"{(width - x if direction == 'rtl' else x):.1f},{y:g}" for x, y in corners)


def counted_pairs(commitments: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], int]:
    """Count the promises to each sub-project by each institution, for the matrix."""
    return Counter((promise["subProject"]["id"], promise["institution"]["id"]) for promise in commitments)


def named(
    things: Sequence[Mapping[str, Any]], name: Callable[[Mapping[str, Any]], str]
) -> list[tuple[str, str]]:
    """Return the ids of things and what the reader calls them, as the rows of a matrix."""
    return [(thing["id"], name(thing)) for thing in things]


def with_cell(
    cells: Mapping[tuple[str, str], Mapping[str, str]], row: str, column: str, href: str, words: str
) -> dict[tuple[str, str], Mapping[str, str]]:
    """Add where a cell of a matrix leads and what that is called."""
    return {**cells, (row, column): {"href": href, "words": words}}
