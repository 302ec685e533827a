"""Cookies that lead from one answer to the next: the session, and a word about what has just been done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from web.house import preferences_of
from web.localisation import Localisation
from web.session import cookie_name
from web.toasts import TOAST

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from web.house import House

_TOLD_WITHIN: Final = 30


def keep_session(response: Response, token: str, *, secure: bool) -> None:
    """Let the browser hold a session, out of reach of scripts and of other sites."""
    response.set_cookie(
        cookie_name(secure=secure), token, httponly=True, samesite="lax", secure=secure, path="/"
    )


def drop_session(response: Response, *, secure: bool) -> None:
    """Let the browser forget its session."""
    response.delete_cookie(cookie_name(secure=secure), secure=secure, httponly=True, samesite="lax")


def say_once(house: House, request: Request, response: Response, words: str) -> Response:
    """Let the next page tell what was done, in the language of the reader."""
    told = Localisation(preferences_of(house, request)).text(words)
    response.set_cookie(
        TOAST, quote(told, safe=""), max_age=_TOLD_WITHIN, httponly=True, samesite="lax",
        secure=house.appearance.secure,
    )  # fmt: skip
    return response
