"""Start a bulk action: how many things it is about, the values they share, the yes to its consequence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from web.address import Address, local_path
from web.door import Refused
from web.forms import FormImpossible, fields_of
from web.handlers import VARY, answer, refuse, to_sign_in
from web.house import signed_in
from web.jobs.lists import NoSuchList, list_at
from web.page import Nothing
from web.submissions import Submission, read_submission, take_problems

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from starlette.requests import Request

    from web.documents import Document, Operation
    from web.forms import Form
    from web.house import House
    from web.jobs.lists import Listed
    from web.page import Bulk, Page
    from web.session import SignedIn

GIVEN: Final = ("action", "address")
_ITS_OWN: Final = "-"


@dataclass(frozen=True)
class Start:
    """A bulk action somebody asks for: on which list, by which form."""

    listed: Listed
    bulk: Bulk
    page: Page
    form: Form
    mutation: Operation


def check_bulk(pages: Sequence[Page], documents: Mapping[str, Document]) -> None:
    """Refuse a bulk action whose form asks for something that differs from thing to thing."""
    for page in pages:
        for bulk in page.bulk:
            found = next((other for other in pages if other.document == bulk.form), None)
            mutation = documents[bulk.form].mutation if bulk.form in documents else None
            if found is None or found.form is None or mutation is None:
                raise FormImpossible(f"{bulk.form} has no form for the bulk action of {page.path}")
            kinds = {field.kind for field in fields_of(found.form, mutation)}
            if kinds & {"reference", "pick", "ballot"} or found.form.hidden or found.form.reveal:
                raise FormImpossible(f"{bulk.form} cannot be asked once for everything in {page.path}")


def routes(house: House, pages: Sequence[Page]) -> list[Route]:
    """Return the page on which a bulk action is asked for."""

    def bound(handle: Callable[[House, Start, SignedIn, Request], Awaitable[Response]]) -> Any:  # noqa: ANN401 - an endpoint
        async def endpoint(request: Request) -> Response:
            person = await signed_in(house, request)
            if person is None:
                return to_sign_in(request)
            try:
                return await handle(house, _start(house, pages, request), person, request)
            except (NoSuchList, Refused) as problem:
                kind = problem if isinstance(problem, Refused) else Nothing(str(problem))
                return refuse(house, request, person, kind)

        return endpoint

    return [
        Route("/bulk", bound(_show), methods=["GET"]),
        Route("/bulk", bound(_submit), methods=["POST"]),
    ]


def _start(house: House, pages: Sequence[Page], request: Request) -> Start:
    """Read list and action from the address of the request.

    Raises:
        NoSuchList: there is no such list, or it has no such action.
    """
    address = local_path(request.query_params.get("address", ""), "")
    listed = list_at(address, pages, house.documents)
    wanted = request.query_params.get("action", "")
    bulk = next((one for one in listed.page.bulk if one.form == wanted), None)
    page = next((one for one in pages if one.document == wanted), None)
    mutation = house.documents[wanted].mutation if wanted in house.documents else None
    if bulk is None or page is None or page.form is None or mutation is None:
        raise NoSuchList(address)
    return Start(listed, bulk, page, replace(page.form, initial="", back=address), mutation)


async def _show(house: House, start: Start, person: SignedIn, request: Request) -> Response:
    return await _answer(house, start, person, request, Submission({}, {}), status=200)


async def _answer(
    house: House, start: Start, person: SignedIn, request: Request, submission: Submission, status: int
) -> Response:
    leaf = await start.listed.leaf(house.door, person, None, counted=True)
    values = {
        "page": start.page,
        "start": start,
        "total": leaf.total or 0,
        "form": start.form,
        "fields": fields_of(start.form, start.mutation),
        "submission": submission,
        "address": Address(request.url.path, {name: [request.query_params[name]] for name in GIVEN}),
        "back": str(start.listed.address),
        "data": {},
    }
    return answer(house, request, "bulk.html", values, person, status=status)


async def _submit(house: House, start: Start, person: SignedIn, request: Request) -> Response:
    async with request.form(max_files=0) as received:
        texts = {name: [str(value) for value in received.getlist(name)] for name in received}
    # Each thing brings its own id; the form is read as if this were one of them.
    submission = read_submission(start.form, start.mutation, {**texts, "id": [_ITS_OWN]})
    if submission.troubles:
        return await _answer(house, start, person, request, submission, status=422)
    shared = {
        name: value
        for name, value in submission.values.items()
        if name not in {"id", "expectedRevision", "idempotencyKey"}
    }
    values = {"address": str(start.listed.address), "action": start.bulk.form, "values": shared}
    payload = await house.door.submit(house.documents["jobs/bulk"], values, person)
    if payload["problems"]:
        take_problems(submission, payload["problems"], [])
        return await _answer(house, start, person, request, submission, status=422)
    if house.runner is not None:
        house.runner.wake()
    return RedirectResponse(f"/jobs/{payload['job']['id']}", status_code=303, headers={"Vary": VARY})
