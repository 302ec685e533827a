"""The pages of passwords: forgotten, chosen anew by a letter's link, changed by who knows the present one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.graphql import PasswordUnusable
from web.cookies import keep_session, say_once
from web.handlers import answer, to_sign_in
from web.house import signed_in
from web.localisation import mark

if TYPE_CHECKING:
    from starlette.requests import Request

    from web.house import House
    from web.session import SignedIn

_LONGEST_TYPED: Final = 1000
_SAVED: Final = mark("The password is saved.")


def routes(house: House) -> list[Route]:
    """Return these routes, bound to the house."""
    return [
        Route("/password/forgot", partial(show_forgot, house), methods=["GET"]),
        Route("/password/forgot", partial(forgot, house), methods=["POST"]),
        Route("/password/reset", partial(show_reset, house), methods=["GET"]),
        Route("/password/reset", partial(reset, house), methods=["POST"]),
        Route("/password/change", partial(show_change, house), methods=["GET"]),
        Route("/password/change", partial(change, house), methods=["POST"]),
    ]


async def show_forgot(house: House, request: Request) -> Response:
    """Ask for the address."""
    return _page(house, request, "forgot")


async def forgot(house: House, request: Request) -> Response:
    """Let a letter be sent; the answer and its time are the same for every address."""
    typed = await _typed(request, "email")
    await house.sessions.request_reset(typed["email"])
    return _page(house, request, "forgot", sent=True)


async def show_reset(house: House, request: Request) -> Response:
    """Ask for the new password, if the letter's link is still good; looking at the page uses nothing up."""
    secret = request.query_params.get("secret", "")
    if not await house.sessions.letter_is_good(secret):
        return _page(house, request, "reset", status=410, void=True)
    return _page(house, request, "reset", secret=secret)


async def reset(house: House, request: Request) -> Response:
    """Set the new password and lead to signing in with it."""
    typed = await _typed(request, "secret", "new", "again")
    if typed["new"] != typed["again"]:
        return _page(house, request, "reset", status=422, secret=typed["secret"], problem="different")
    try:
        if not await house.sessions.reset_password(typed["secret"], typed["new"]):
            return _page(house, request, "reset", status=410, void=True)
    except PasswordUnusable:
        return _page(house, request, "reset", status=422, secret=typed["secret"], problem="unusable")
    return say_once(house, request, RedirectResponse("/sign-in", status_code=303), _SAVED)


async def show_change(house: House, request: Request) -> Response:
    """Ask for the present password and the new one."""
    person = await signed_in(house, request)
    return to_sign_in(request) if person is None else _page(house, request, "change", person=person)


async def change(house: House, request: Request) -> Response:
    """Set the new password; every session ends and this browser gets a new one."""
    person = await signed_in(house, request)
    if person is None or person.viewer.user_id is None:
        return to_sign_in(request)
    typed = await _typed(request, "current", "new", "again")
    if typed["new"] != typed["again"]:
        return _page(house, request, "change", status=422, person=person, problem="different")
    try:
        outcome = await house.sessions.change_password(
            request, person.viewer.user_id, typed["current"], typed["new"]
        )
    except PasswordUnusable:
        return _page(house, request, "change", status=422, person=person, problem="unusable")
    if not outcome.token:
        response = _page(
            house, request, "change", status=429 if outcome.retry_after else 422, person=person,
            problem="wrong", retry_after=outcome.retry_after,
        )  # fmt: skip
        if outcome.retry_after:
            response.headers["Retry-After"] = str(outcome.retry_after)
        return response
    response = RedirectResponse("/", status_code=303)
    keep_session(response, outcome.token, secure=house.appearance.secure)
    return say_once(house, request, response, _SAVED)


async def _typed(request: Request, *names: str) -> dict[str, str]:
    """Read the texts of a form exactly as they were typed."""
    async with request.form(max_files=0, max_fields=10) as form:
        return {name: str(form.get(name, ""))[:_LONGEST_TYPED] for name in names}


def _page(
    house: House,
    request: Request,
    step: str,
    *,
    status: int = 200,
    person: SignedIn | None = None,
    **shown: object,
) -> Response:
    values: dict[str, object] = {
        "step": step,
        "here": request.url.path if step != "reset" else "/sign-in",
        "shortest": PasswordUnusable.shortest,
        "longest": PasswordUnusable.longest,
        "sent": False,
        "void": False,
        "problem": "",
        "retry_after": 0,
        "secret": "",
        **shown,
    }
    return answer(house, request, "password.html", values, person, status)
