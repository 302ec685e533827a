"""What a cell of a list is worth in a file: texts in the reader's words, numbers and days as such."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from schema.jalali import Jalali, NoSuchDate
from web.localisation import as_day, mark
from web.places import place_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from web.localisation import Localisation
    from web.page import Column

NUMBERS: Final = {"number", "percent", "progress"}
DAYS: Final = {"date", "moment"}
JALALI: Final = mark("%(column)s (Jalali)")
_LIVE: Final = frozenset("=+-@＝＋－＠﹢﹣﹦﹫")  # the wide forms are signs to spreadsheets
_FORMAT: Final = {"Cf", "Cc", "Zs", "Zl", "Zp"}

Value = str | int | float | bool | None


def heads(columns: Sequence[Column], reader: Localisation) -> list[str]:
    """Return the heading of every column of a file; a day has a second column in the Jalali calendar."""
    found: list[str] = []
    for column in columns:
        words = reader.text(column.label)
        found.append(words)
        if column.kind in DAYS:
            found.append(reader.text(JALALI, column=words))
    return found


def value_of(column: Column, node: Mapping[str, Any], reader: Localisation) -> Value:
    """Return the value of a cell: as the list shows it, but numbers and days unwritten."""
    value = node if column.place == "self" else place_in(node, column.place)
    if value is None:
        return None
    if column.kind == "name":
        return reader.title(value)
    if column.kind in {"names", "terms"}:
        many = column.kind == "names"
        words = [reader.name(one) if many else reader.term(column.enumeration, one) for one in value]
        return reader.text(", ").join(words) or None
    if column.kind == "term":
        return reader.term(column.enumeration, value)
    if column.kind in NUMBERS and isinstance(value, str):
        return float(value) if "." in value else int(value)
    plain = value if isinstance(value, str | int | float) else str(value)
    return reader.text("yes" if value else "no") if column.kind == "switch" else plain


def jalali(value: Value) -> str | None:
    """Write a day in the Jalali calendar, in digits that spreadsheets sort."""
    day = as_day(value)
    if day is None:
        return None
    try:
        return str(Jalali.of(day)).replace("-", "/")
    except NoSuchDate:
        return None


def harmless(text: str) -> str:
    """Mark a text that a spreadsheet would take for a formula, so that it stays a text.

    Signs count in their wide forms and behind spaces and invisible characters too.
    """
    first = next((one for one in text if unicodedata.category(one) not in _FORMAT), "")
    return f"'{text}" if first in _LIVE or text[:1] in {"\t", "\r", "\n"} else text
