"""The routes that are not pages of the schema: sign-in, sign-out, preferences, options, what is missing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from web.address import local_path
from web.cookies import drop_session, keep_session
from web.handlers import YEAR, answer, read_as, to_sign_in
from web.house import signed_in
from web.preferences import acceptable
from web.references import SEARCH, options
from web.session import cookie_name

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    from web.house import House

FAULT: Final = 500


def routes(house: House) -> list[Route]:
    """Return these routes, bound to the house."""
    return [
        Route("/sign-in", partial(show_sign_in, house), methods=["GET"]),
        Route("/sign-in", partial(sign_in, house), methods=["POST"]),
        Route("/sign-out", partial(sign_out, house), methods=["POST"]),
        Route("/preferences", partial(prefer, house), methods=["POST"]),
        Route("/options/{noun}", partial(show_options, house), methods=["GET"]),
    ]


async def show_sign_in(house: House, request: Request) -> Response:
    """Show the sign-in page."""
    if await signed_in(house, request):
        return RedirectResponse(local_path(request.query_params.get("next", "/")), status_code=303)
    query = request.query_params
    values = asked(house, query.get("next", ""), signed_out=query.get("signed-out", "") == "provider")
    return answer(house, request, "sign_in.html", values, None)


async def sign_in(house: House, request: Request) -> Response:
    """Check the password; success leads to where the person wanted to go."""
    if not house.appearance.passwords:
        return answer(house, request, "sign_in.html", asked(house, ""), None, status=403)
    async with request.form(max_files=0) as form:
        email, password = str(form.get("email", "")).strip(), str(form.get("password", ""))
        target = str(form.get("next", ""))
    outcome = await house.sessions.sign_in(request, email, password)
    if not outcome.token:
        values = asked(house, target, email=email, refused=True, retry_after=outcome.retry_after)
        response: Response = answer(
            house, request, "sign_in.html", values, None, status=429 if outcome.retry_after else 422
        )
        if outcome.retry_after:
            response.headers["Retry-After"] = str(outcome.retry_after)
        return response
    response = RedirectResponse(local_path(target), status_code=303)
    keep_session(response, outcome.token, secure=house.appearance.secure)
    if "language" not in request.cookies:
        read_as(house, response, await _reading(house, request, outcome.token))
    return response


async def _reading(house: House, request: Request, token: str) -> Mapping[str, str] | None:
    """Ask how the account that has just signed in likes to read."""
    document = house.documents.get("accounts/reading")
    person = await house.sessions.signed_in(request, token)
    if document is None or person is None:
        return None
    found: Mapping[str, str] | None = (await house.door.query(document, {}, person)).get("viewer")
    return found


def asked(house: House, target: str, **told: object) -> dict[str, object]:
    """Return what the sign-in page shows: where to go afterwards, what was wrong, the ways to sign in."""
    return {
        "here": "/sign-in",
        "next": target,
        "email": "",
        "refused": False,
        "retry_after": 0,
        "not_arrived": "",
        "signed_out": False,
        "provider": house.appearance.provider,
        "passwords": house.appearance.passwords,
        **told,
    }


async def sign_out(house: House, request: Request) -> Response:
    """End the session and return to the sign-in page."""
    name = cookie_name(secure=house.appearance.secure)
    token = request.cookies.get(name, "")
    by_provider = await house.sessions.sign_out(request, token) if token else False
    target = "/sign-in?signed-out=provider" if by_provider else "/sign-in"
    response = RedirectResponse(target, status_code=303)
    drop_session(response, secure=house.appearance.secure)
    return response


async def prefer(house: House, request: Request) -> Response:
    """Remember how the person wants to read, and return to the page they were reading."""
    async with request.form(max_files=0) as form:
        sent = {name: str(value) for name, value in form.items()}
    response = RedirectResponse(local_path(sent.get("next", "/")), status_code=303)
    for name, value in acceptable(sent).items():
        response.set_cookie(
            name, value, max_age=YEAR, httponly=True, samesite="lax", secure=house.appearance.secure
        )
    return response


async def show_options(house: House, request: Request) -> Response:
    """Show what a picker's search finds, as options of its list."""
    person = await signed_in(house, request)
    if person is None:
        return to_sign_in(request)
    noun = request.path_params["noun"]
    if f"{noun}/options" not in house.documents:
        return answer(house, request, "refusal.html", {"status": 404}, person, status=404)
    asked = request.query_params
    searched = next((value for name, value in asked.items() if name.endswith(SEARCH)), "")
    field = next((name.removesuffix(SEARCH) for name in asked if name.endswith(SEARCH)), "")
    chosen = [value for value in asked.getlist(field) if value]
    nodes = await options(house, noun, searched, person, asked.get("within", ""), chosen)
    values = {"nodes": nodes, "chosen": chosen, "field": field, "many": "many" in asked}
    block = "options" if request.headers.get("hx-request") == "true" else ""
    return answer(house, request, "options.html", {**values, "block": block}, person)


def failed(house: House, otherwise: int = 404) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return the handler for addresses that lead nowhere, or for faults of our own."""

    async def endpoint(request: Request, problem: Exception) -> Response:
        status = getattr(problem, "status_code", otherwise)
        person = None if status == FAULT else await signed_in(house, request)
        return answer(house, request, "refusal.html", {"status": status}, person, status)

    return endpoint
