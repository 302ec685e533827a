"""What stands stored now where a stale form says something else: both versions, in the words of the reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from schema.calendar import UnusableDate, parse_date
from schema.text import UnusableText, number
from web.localisation import as_day
from web.references import present_things

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from web.forms import Field
    from web.localisation import Localisation

_SILENT: Final = ("rows", "ballot", "file")


@dataclass(frozen=True)
class Stored:
    """The other version of a field: as it is read, and as it is typed where it can be taken by one press."""

    shown: str
    typed: str | None = None


def stored_now(
    field: Field,
    texts: Sequence[str] | None,
    initial: Mapping[str, Any],
    offered: Sequence[Mapping[str, Any]],
    reader: Localisation,
) -> Stored | None:
    """Return what is stored where the form differs from it; nothing where both say the same.

    What was not changed comes back in the digits of the reader and with the line ends of the browser, and is the same.
    """
    given = [text.replace("\r\n", "\n").strip() for text in texts or () if text.strip()]
    value = initial.get(field.name)
    if field.kind in _SILENT:
        return None
    if field.kind == "switch":
        answer = reader.text("yes") if value else reader.text("no")
        return None if bool(given) == bool(value) else Stored(answer)
    if texts is None:
        return None
    if field.kind in {"reference", "pick"}:
        names = {thing["id"]: reader.title(thing) for thing in (*present_things(field, initial), *offered)}
        return _of_several(
            given, [str(thing["id"]) for thing in present_things(field, initial)], names, reader
        )
    if field.many:
        present = [str(each) for each in value or ()]
        return _of_several(
            given, present, {each: reader.term(field.enumeration, each) for each in present}, reader
        )
    return _of_one(field, "".join(given[-1:]), value if value is not None else field.default, reader)


def _of_several(
    given: Sequence[str], present: Sequence[str], names: Mapping[str, str], reader: Localisation
) -> Stored | None:
    if set(given) == set(present):
        return None
    return Stored(reader.text(", ").join(names[each] for each in present))


def _of_one(field: Field, given: str, value: object, reader: Localisation) -> Stored | None:
    plain = str(value).replace("\r\n", "\n").strip()
    if field.kind == "date":
        day = reader.date(value) if value else ""
        return None if _day(given) == as_day(value or None) else Stored(day, day)
    if field.kind == "number":
        return (
            None if _amount(given) == _amount(plain) else Stored(reader.digits(plain), reader.digits(plain))
        )
    if given == plain:
        return None
    return Stored(reader.term(field.enumeration, value) if field.enumeration and value else plain, plain)


def _day(text: str) -> date | str | None:
    """Read a day in whatever calendar it was typed; what is none stays as it was typed."""
    try:
        return parse_date(text) if text else None
    except UnusableDate:
        return text


def _amount(text: str) -> Decimal | str:
    """Read an amount as it is meant; what is none stays as it was typed."""
    try:
        return number(text) if text else text
    except UnusableText:
        return text
