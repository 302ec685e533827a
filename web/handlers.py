"""Answer the requests of pages: show them, take their forms, send people where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote
from uuid import uuid4

from starlette.responses import HTMLResponse, RedirectResponse, Response

from web.address import Address, local_path
from web.door import Refused
from web.forms import accepted_names, fields_of
from web.house import preferences_of, signed_in
from web.localisation import Localisation
from web.navigation import places_for
from web.page import Nothing, ask, block_wanted, trigger
from web.papers import read_form
from web.past import PUT_BACK, former
from web.places import fill, place_in
from web.preferences import preferred
from web.references import choices_for
from web.rendering import render
from web.rows import rows_at
from web.submissions import Submission, prefilled, read_submission, take_problems
from web.toasts import TOAST, read_toast, write_toast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from web.forms import Field
    from web.house import House
    from web.page import Page
    from web.session import SignedIn

VARY: Final = "HX-Request, HX-Target, Cookie"
YEAR: Final = 365 * 24 * 3600


async def show(house: House, page: Page, request: Request) -> Response:
    """Answer GET: the page, or the block of it that htmx asks for."""
    person = await signed_in(house, request)
    if person is None:
        return to_sign_in(request)
    document = house.documents[page.document]
    try:
        values = await ask(house.door, page, document, request, person, preferences_of(house, request))
        if page.form:
            # What is shown once cannot be shown again to whoever repeats the command.
            texts = {} if page.form.reveal else {"idempotencyKey": [str(uuid4())]}
            texts |= prefilled(page.form, document.mutation, request.query_params)
            submission = Submission({}, texts)
            values |= await _form_values(house, page, values, submission, person)
    except (Nothing, Refused) as problem:
        return refuse(house, request, person, problem)
    return answer(house, request, page.template, values, person)


async def submit(house: House, page: Page, request: Request) -> Response:
    """Answer POST: read the form, execute its mutation, and lead on or show what must be mended."""
    person = await signed_in(house, request)
    if person is None:
        return to_sign_in(request)
    document = house.documents[page.document]
    if page.form is None or document.mutation is None:
        return Response(status_code=405)
    texts, trouble = await read_form(house, page.form, request, person)
    submission = read_submission(page.form, document.mutation, texts)
    if trouble is not None:
        submission.troubles[page.form.file] = [trouble]
    try:
        if not submission.troubles and "look" not in texts:
            payload = await house.door.submit(document, submission.values, person)
            if not payload["problems"]:
                return succeed(house, request, page, payload, submission, person)
            take_problems(submission, payload["problems"], fields_of(page.form, document.mutation))
        values = await ask(house.door, page, document, request, person, preferences_of(house, request))
        values |= await _form_values(house, page, values, submission, person)
    except (Nothing, Refused) as problem:
        return refuse(house, request, person, problem)
    if "look" in texts:
        submission.troubles.clear()
        submission.wider = texts["look"][-1]
        return answer(house, request, page.template, values, person)
    return answer(house, request, page.template, values, person, status=409 if submission.stale else 422)


async def _form_values(
    house: House, page: Page, values: Mapping[str, Any], submission: Submission, person: SignedIn
) -> dict[str, Any]:
    document = house.documents[page.document]
    if page.form is None or document.mutation is None:
        return {}
    visible = fields_of(page.form, document.mutation)
    # A form without a question, such as one that takes something back, is about what its address names.
    named = {} if document.query else {"id": str(values["address"].path.split("/")[-2])}
    initial = place_in(values["data"], page.form.initial) or named
    put_back = await _former(house, values["address"].get(PUT_BACK), initial, visible, submission, person)
    opened = {
        field.name: rows_at(values["data"], page.form.rows[field.name], field)
        for field in visible
        if field.name in page.form.rows
    }
    initial = {**initial, **opened, **put_back}
    hidden = {name: place_in(values["data"], place) for name, place in page.form.hidden.items()}
    hidden |= {name: values["address"].get(name) for name in page.form.given}
    within = {name: str(place_in(values["data"], place) or "") for name, place in page.form.within.items()}
    return {
        "form": page.form,
        "fields": visible,
        "initial": initial,
        "within": within,
        "hidden": {"id": initial.get("id"), "expectedRevision": initial.get("revision"), **hidden},
        "accepts": accepted_names(document.mutation),
        "put_back": put_back,
        "submission": submission,
        "choices": await choices_for(house, visible, initial, submission, person, within)
        | {
            name: place_in(values["data"], place) or []
            for name, place in (*page.form.nodes.items(), *page.form.ballots.items())
        },
        "back": local_path(values["address"].get("address"), fill(page.form.back, values["data"])),
    }


async def _former(
    house: House,
    entry: str,
    initial: Mapping[str, Any],
    visible: Sequence[Field],
    submission: Submission,
    person: SignedIn,
) -> dict[str, str | None]:
    """Return the former values a form is opened with, when its address names a change to put back."""
    if not entry or any(field.name in submission.texts for field in visible):
        return {}
    data = await house.door.query(house.documents["history/entry"], {"id": entry}, person)
    return former(data.get("auditEntry"), str(initial.get("id")), visible)


def answer(
    house: House,
    request: Request,
    template: str,
    values: Mapping[str, Any],
    person: SignedIn | None,
    status: int = 200,
) -> HTMLResponse:
    """Render a template for the reader, whole or one block."""
    preferences = preferences_of(house, request)
    toast = read_toast(request.cookies.get(TOAST, ""))
    block = values.get("block") or block_wanted(request)
    content = render(
        preferences,
        template,
        {
            "person": person,
            "preferences": preferences,
            "appearance": house.appearance,
            "navigation": places_for(house.navigation, person.role) if person else (),
            "toast": None if block else toast,
            "today": house.today(),
            "address": Address(request.url.path, {}),
            "page": None,
            "past": house.past,
            "in_drawer": block == "drawer",
            "target": request.headers.get("hx-target", ""),
            **values,
        },
        block,
    )
    response = HTMLResponse(content, status_code=status, headers={"Vary": VARY})
    if toast and not block:
        response.delete_cookie(TOAST)
    return response


def succeed(
    house: House,
    request: Request,
    page: Page,
    payload: Mapping[str, Any],
    sent: Submission,
    person: SignedIn,
) -> Response:
    """Show what is shown once; otherwise lead on, reading from now on as the person asked to."""
    if page.form is None:
        raise LookupError(page.path)
    secret = place_in(payload, page.form.reveal)
    if secret:
        values = {"page": page, "secret": secret, "onward": fill(page.form.revealed, payload)}
        return answer(house, request, "secret.html", values, person)
    if page.form.begins_work and house.runner is not None:
        house.runner.wake()
    response = lead_on(house, request, page, payload, sent)
    read_as(house, response, place_in(payload, page.form.reading))
    return response


def read_as(house: House, response: Response, account: Mapping[str, str] | None) -> None:
    """Let this browser read the way an account says."""
    for name, value in preferred(account or {}).items():
        response.set_cookie(
            name, value, max_age=YEAR, httponly=True, samesite="lax", secure=house.appearance.secure
        )


def lead_on(
    house: House, request: Request, page: Page, payload: Mapping[str, Any], sent: Submission
) -> Response:
    """After success, go where the form says, with a toast: a redirect, or the header htmx follows."""
    if page.form is None:
        raise LookupError(page.path)
    words = Localisation(preferences_of(house, request)).text(page.form.toast)
    # What was removed has no page any more: the form brought along where to go.
    target = fill(page.form.done, payload) or local_path("".join(sent.texts.get("then", ())))
    if page.form.returns:
        target = local_path(request.query_params.get("address", ""), target)
    if request.headers.get("hx-request") == "true":
        response = Response(
            headers={"HX-Redirect": target, "HX-Trigger": trigger({"saved": words}), "Vary": VARY}
        )
    else:
        response = RedirectResponse(target, status_code=303, headers={"Vary": VARY})
    kept = write_toast(words, fill(page.form.undo, sent.values), str(sent.values.get("id", "")))
    response.set_cookie(
        TOAST, kept, max_age=30, httponly=True, samesite="lax", secure=house.appearance.secure
    )
    return response


def to_sign_in(request: Request) -> Response:
    """Send somebody without a session to sign in, and back here afterwards."""
    path = str(
        Address(request.url.path, {name: request.query_params.getlist(name) for name in request.query_params})
    )
    target = f"/sign-in?next={quote(path, safe='')}" if request.method == "GET" else "/sign-in"
    if request.headers.get("hx-request") == "true":
        return Response(headers={"HX-Redirect": target, "Vary": VARY})
    return RedirectResponse(target, status_code=303, headers={"Vary": VARY})


def refuse(house: House, request: Request, person: SignedIn | None, problem: Exception) -> Response:
    """Explain why there is no page: it does not exist for this reader, or the door refused."""
    code = problem.code if isinstance(problem, Refused) else "NOT_FOUND"
    if code == "UNAUTHENTICATED":
        return to_sign_in(request)
    status = {
        "NOT_FOUND": 404,
        "FORBIDDEN": 403,
        "RATE_LIMITED": 429,
        "TIMED_OUT": 504,
    }.get(code, 500)
    if code in {"INVALID_ID", "BAD_USER_INPUT", "INVALID_CURSOR", "INVALID_VARIABLE"}:
        status = 404
    return answer(house, request, "refusal.html", {"status": status}, person, status=status)
