"""Hand out the file of an export, piece by piece, to whoever asked for it and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from schema.identity import UnusableId, read_global_id
from web.handlers import refuse, to_sign_in
from web.house import signed_in
from web.jobs.files import KINDS
from web.page import Nothing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from services.jobs import Jobs
    from web.house import House


def routes(house: House, jobs: Jobs) -> list[Route]:
    """Return the address of files."""

    async def download(request: Request) -> Response:
        person = await signed_in(house, request)
        if person is None:
            return to_sign_in(request)
        try:
            _, job_id = read_global_id(request.path_params["id"])
        except UnusableId:
            return refuse(house, request, person, Nothing(request.url.path))
        user = person.viewer.user_id
        kind = await jobs.finished_format(job_id, user) if user else None
        if kind is None or user is None:
            return refuse(house, request, person, Nothing(request.url.path))

        async def pieces() -> AsyncIterator[bytes]:
            async for piece in jobs.parts(job_id, user):
                yield piece

        name = f"khoosheh-{house.today().isoformat()}.{kind.lower()}"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return StreamingResponse(pieces(), media_type=KINDS[kind], headers=headers)

    return [Route("/jobs/{id}/file", download, methods=["GET"])]
