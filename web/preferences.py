"""How a person wants to read the admin: language, calendar, digits and light, kept in cookies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "language": ("fa", "en"),
    "calendar": ("jalali", "gregorian"),
    "digits": ("persian", "latin"),
    "theme": ("auto", "light", "dark"),
}


# What readers of a language expect beside it.
USUAL: Final[Mapping[str, dict[str, str]]] = {
    "fa": {"calendar": "jalali", "digits": "persian"},
    "en": {"calendar": "gregorian", "digits": "latin"},
}


@dataclass(frozen=True)
class Preferences:
    """The choices of one reader; calendar and digits follow the language until chosen."""

    language: str = "fa"
    calendar: str = "jalali"
    digits: str = "persian"
    theme: str = "auto"

    @property
    def direction(self) -> str:
        """The writing direction of the language."""
        return "rtl" if self.language == "fa" else "ltr"


def read_preferences(cookies: Mapping[str, str], language: str = "fa") -> Preferences:
    """Read the cookies of a request, ignoring every value that is not a choice.

    `language` is the installation's own, for whoever has not chosen one.
    """
    chosen = {name: cookies[name] for name, choices in CHOICES.items() if cookies.get(name) in choices}
    chosen.setdefault("language", language)
    return Preferences(**(USUAL[chosen["language"]] | chosen))


def acceptable(changes: Mapping[str, str]) -> dict[str, str]:
    """Keep of a submitted form only the preferences with a value that is a choice.

    Whoever changes the language and nothing else gets its usual calendar and digits with it.
    """
    chosen = {name: value for name, value in changes.items() if value in CHOICES.get(name, ())}
    return USUAL[chosen["language"]] | chosen if "language" in chosen else chosen


def preferred(account: Mapping[str, str]) -> dict[str, str]:
    """Return the preferences an account keeps, whose terms are those of the schema in capitals."""
    return acceptable(
        {name: account[name].lower() for name in ("language", "calendar", "digits") if name in account}
    )
