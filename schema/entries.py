"""What every noun asks of what people enter: names are not empty and periods end after they start."""

from collections.abc import Mapping
from datetime import date

from schema.decision import Problem
from schema.problems import ProblemCode


def field_of(column: str) -> str:
    """Name the input field of a column."""
    first, *rest = column.split("_")
    return first + "".join(word.capitalize() for word in rest)


def emptied(values: Mapping[str, object], *columns: str) -> tuple[Problem, ...]:
    """Name those of the columns that were entered without content; an absent one stays as it is."""
    return tuple(
        Problem(ProblemCode.REQUIRED, (field_of(column),))
        for column in columns
        if column in values and values[column] in {None, ""}
    )


def disordered(values: Mapping[str, object], start: str, end: str) -> tuple[Problem, ...]:
    """Say that a period ends before it starts."""
    first, last = values.get(start), values.get(end)
    if isinstance(first, date) and isinstance(last, date) and last < first:
        dates = {"start": first, "end": last}
        return (Problem(ProblemCode.DATES_OUT_OF_ORDER, (field_of(end),), dates),)
    return ()
