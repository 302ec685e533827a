"""The way to the OpenID provider and back, and out of it again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.graphql import NotArrived
from web.address import local_path
from web.cookies import keep_session
from web.entry import asked
from web.handlers import answer

if TYPE_CHECKING:
    from starlette.requests import Request

    from web.house import House

_VISIT_SECONDS: Final = 600
_STATUS: Final = {"cancelled": 403, "unknown": 403, "away": 503}
_ANSWERED: Final = ("state", "code", "error", "iss")


def routes(house: House) -> list[Route]:
    """Return these routes, or none where there is no provider."""
    if not house.appearance.provider:
        return []

    return [
        Route("/sign-in/provider", partial(go, house), methods=["GET"]),
        Route("/sign-in/callback", partial(come_back, house), methods=["GET"]),
        Route("/sign-out/provider", partial(leave, house), methods=["GET"]),
        *(
            ()
            if house.appearance.passwords
            else (Route("/password/reset", to_the_provider, methods=["GET"]),)
        ),
    ]


async def go(house: House, request: Request) -> Response:
    """Send the browser to the provider, with a cookie that binds its return to it."""
    visit = await house.sessions.visit_provider(local_path(request.query_params.get("next", "/")))
    if isinstance(visit, NotArrived):
        return _not_arrived(house, request, visit)
    response = RedirectResponse(visit.address, status_code=303)
    secure = house.appearance.secure
    response.set_cookie(
        _cookie(secure=secure), visit.secret, max_age=_VISIT_SECONDS, httponly=True, samesite="lax",
        secure=secure, path="/",
    )  # fmt: skip
    return response


async def come_back(house: House, request: Request) -> Response:
    """Open a session for whoever the provider vouches for, and lead on; a visit counts once."""
    given = {name: request.query_params[name] for name in _ANSWERED if name in request.query_params}
    secure = house.appearance.secure
    browser = request.cookies.get(_cookie(secure=secure), "")
    arrived = await house.sessions.return_from_provider(request, given, browser)
    response: Response
    if isinstance(arrived, NotArrived):
        response = _not_arrived(house, request, arrived)
    else:
        response = RedirectResponse(local_path(arrived.target), status_code=303)
        keep_session(response, arrived.session.secret, secure=secure)
    response.delete_cookie(_cookie(secure=secure), secure=secure, httponly=True, samesite="lax")
    return response


async def to_the_provider(_request: Request) -> Response:
    """Lead whoever comes by a letter of the time of passwords to how people sign in now."""
    return RedirectResponse("/sign-in", status_code=303)


async def leave(house: House, request: Request) -> Response:
    """Lead to where the provider ends its own session; nothing of ours is left to end."""
    address = await house.sessions.provider_farewell()
    if address is None:
        return _not_arrived(house, request, NotArrived("away"))
    return RedirectResponse(address, status_code=303)


def _not_arrived(house: House, request: Request, why: NotArrived) -> Response:
    """Explain on the sign-in page why nobody is signed in."""
    values = asked(house, "", not_arrived=why.reason)
    return answer(house, request, "sign_in.html", values, None, _STATUS.get(why.reason, 400))


def _cookie(*, secure: bool) -> str:
    return "__Host-khoosheh-visit" if secure else "khoosheh-visit"
