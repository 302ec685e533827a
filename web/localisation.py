"""Write texts, numbers, dates and money the way one reader wants to read them."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from schema import vocabulary
from schema.calendar import TEHRAN
from schema.events import EventType
from schema.text import persian_digits
from web.dates import day_text, month_text

if TYPE_CHECKING:
    from web.preferences import Preferences

CATALOGUES: Final = Path(__file__).parent / "locale"
_DECIMALS: Final = 2


@cache
def translations(language: str) -> NullTranslations:
    """Compile the catalogue of a language; the English of the sources needs none."""
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def mark(message: str) -> str:
    """Mark a text for the catalogue where it is declared; it is translated where it is shown."""
    return message


class Localisation:
    """The reader's language, calendar and digits, as functions for templates and charts."""

    def __init__(self, preferences: Preferences) -> None:
        self.preferences = preferences
        self.language = preferences.language
        self.direction = preferences.direction
        self.translations = translations(preferences.language)

    def text(self, message: str, **blanks: object) -> str:
        """Translate one message and fill its blanks, with the digits of the reader."""
        if not message:
            return ""
        translated = str(self.translations.gettext(message))
        return (
            translated % {name: self._blank(value) for name, value in blanks.items()}
            if blanks
            else translated
        )

    def explains(self, message: str) -> bool:
        """Whether a text of the schema exists in the reader's language."""
        return self.language == "en" or str(self.translations.gettext(message)) != message

    def plural(self, one: str, many: str, count: int, **blanks: object) -> str:
        """Translate a message that counts something."""
        translated = str(self.translations.ngettext(one, many, count))
        return translated % {name: self._blank(value) for name, value in {"num": count, **blanks}.items()}

    def digits(self, value: object) -> str:
        """Write the digits of a text in the reader's own."""
        return persian_digits(str(value)) if self.preferences.digits == "persian" else str(value)

    def number(self, value: object, decimals: int | None = None) -> str:
        """Write a number with grouped digits; nothing is a dash."""
        if value is None or value == "":
            return "–"
        amount = Decimal(str(value))
        places = (
            decimals
            if decimals is not None
            else min(_DECIMALS, max(0, -int(amount.normalize().as_tuple().exponent)))
        )
        written = f"{amount:,.{places}f}"
        if self.preferences.digits != "persian":
            return written
        # A left-to-right mark keeps the sign of a negative number on its left, where Persian writes it too.
        sign = "\u200e" if written.startswith("-") else ""
        return sign + persian_digits(written.replace(",", "٬").replace(".", "٫"))

    def percent(self, value: object, decimals: int = 0) -> str:
        """Write a share between 0 and 100 as a percentage."""
        if value is None:
            return "–"
        return self.number(value, decimals) + ("٪" if self.preferences.digits == "persian" else "%")

    def money(self, value: object, currency: str = "IRR") -> str:
        """Write an amount with its currency; rial, never toman."""
        if value is None:
            return "–"
        return f"{self.number(value)} {self.term('Currency', currency)}"

    def date(self, value: object) -> str:
        """Write a day in the reader's calendar."""
        day = as_day(value)
        return self.digits(day_text(day, self.preferences.calendar)) if day else "–"

    def month(self, value: object) -> str:
        """Write a day's month and year in words in the reader's calendar."""
        day = as_day(value)
        return self.digits(month_text(day, self.preferences.calendar, self.language)) if day else "–"

    def other_date(self, value: object) -> str:
        """Write a day in the calendar the reader did not choose, for the hint beside the date."""
        day = as_day(value)
        other = "gregorian" if self.preferences.calendar == "jalali" else "jalali"
        return day_text(day, other) if day else ""

    def moment(self, value: object) -> str:
        """Write a moment as day and time in Tehran."""
        if not value:
            return "–"
        local = datetime.fromisoformat(str(value)).astimezone(TEHRAN)
        return f"{self.date(local.date())} {self.digits(local.strftime('%H:%M'))}"

    def term(self, enumeration: str, value: object) -> str:
        """Write a member of an enumeration by its label in the reader's language."""
        terms = terms_of(enumeration)
        if value is None or terms is None:
            return self.text(str(value or "–"))
        try:
            member = terms(str(value))
        except ValueError:
            return str(value)
        return str(member.label_fa if self.language == "fa" else member.label_en)

    def terms(self, enumeration: str) -> list[tuple[str, str]]:
        """Return every member of an enumeration with its label."""
        known = terms_of(enumeration)
        return [(member.value, self.term(enumeration, member.value)) for member in known or ()]

    def name(self, thing: object, key: str = "name") -> str:
        """Return the name of a thing in the reader's language, or in the other where it has only that."""
        if not isinstance(thing, dict):
            return "–"
        own, other = ("Fa", "En") if self.language == "fa" else ("En", "Fa")
        return str(thing.get(key + own) or thing.get(key + other) or thing.get(key) or "–")

    def foreign(self, thing: object, key: str = "name") -> bool:
        """Whether a thing has only its Persian name for somebody who reads English."""
        return self.language == "en" and isinstance(thing, dict) and not thing.get(f"{key}En")

    def title(self, thing: object) -> str:
        """Return what a thing is called: its name, its title or its day."""
        for key in ("name", "title"):
            if (found := self.name(thing, key)) != "–":
                return found
        day = thing.get("heldOn") or thing.get("scheduledOn") if isinstance(thing, dict) else None
        return self.date(day)

    def _blank(self, value: object) -> str:
        return self.number(value) if isinstance(value, int | float | Decimal) else str(value)


def terms_of(enumeration: str) -> type[vocabulary.Term] | None:
    """Return an enumeration by its name; of one we do not know, nothing."""
    return EventType if enumeration == "EventType" else getattr(vocabulary, enumeration, None)


def as_day(value: object) -> date | None:
    """Read an ISO date or moment, or take a date as it is."""
    if isinstance(value, datetime):
        return value.astimezone(TEHRAN).date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not value:
        return None
    if "T" in value:
        return datetime.fromisoformat(value).astimezone(TEHRAN).date()
    return date.fromisoformat(value)
