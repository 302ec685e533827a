"""What every page of an installation shares, and who reads it in which language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from web.preferences import read_preferences
from web.session import cookie_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from starlette.requests import Request

    from services.graphql import Files
    from web.documents import Document
    from web.door import Door
    from web.jobs.runner import Runner
    from web.navigation import Section
    from web.past import Past
    from web.preferences import Preferences
    from web.session import Sessions, SignedIn


@dataclass(frozen=True)
class Appearance:
    """What an installation decides about its pages: addresses, TLS-only cookies, the usual language.

    `provider` is the name of the OpenID provider people sign in with, `passwords` whether they may do without.
    """

    script: str = ""
    script_integrity: str = ""
    stylesheet: str = ""
    stylesheet_integrity: str = ""
    secure: bool = True
    language: str = "fa"
    provider: str = ""
    passwords: bool = True
    origins: tuple[str, ...] = ()


@dataclass(frozen=True)
class House:
    """Everything the handlers of all pages share."""

    door: Door
    documents: Mapping[str, Document]
    sessions: Sessions
    appearance: Appearance
    navigation: tuple[Section, ...]
    today: Callable[[], date]
    past: Past
    runner: Runner | None = None
    files: Files | None = None


def preferences_of(house: House, request: Request) -> Preferences:
    """Return how this reader wants to read; an installation has a language for whoever has not chosen."""
    return read_preferences(request.cookies, house.appearance.language)


async def signed_in(house: House, request: Request) -> SignedIn | None:
    """Return who is behind the request's session cookie."""
    token = request.cookies.get(cookie_name(secure=house.appearance.secure), "")
    person = await house.sessions.signed_in(request, token)
    if person is None:
        return None
    # What rules say to this reader is in the language of the screen, whatever the account prefers.
    language: Literal["fa", "en"] = "en" if preferences_of(house, request).language == "en" else "fa"
    return replace(person, viewer=replace(person.viewer, language=language))
