"""The office with the work behind its pages, done by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.admin.office_people import DIRECTOR
from tests.admin.sending import send
from web.app import ROOT
from web.documents import proven_documents
from web.door import Door
from web.jobs.runner import Runner
from web.routes import PAGES

if TYPE_CHECKING:
    from uuid import UUID

    import httpx2

    from schema.viewers import Viewer
    from services.jobs import Jobs
    from tests.admin.office import Office


class EveryoneIsTheOffice:
    """Knows the office for everybody's id, or nobody once it is kept out."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer: Viewer | None = viewer

    async def viewer_of_user(self, user_id: UUID) -> Viewer | None:
        return self.viewer if user_id == DIRECTOR else None


class Behind:
    """The office with the work behind its pages, done by hand."""

    def __init__(
        self, office: Office, client: httpx2.AsyncClient, jobs: Jobs, people: EveryoneIsTheOffice
    ) -> None:
        self.office = replace(office, client=client)
        self.client = client
        self.jobs = jobs
        self.people = people
        documents = proven_documents(ROOT / "pages", office.engine.schema)
        self.runner = Runner(jobs, Door(office.engine), people, PAGES, documents)

    async def settle(self) -> None:
        """Work until there is nothing left."""
        while await self.runner.once():
            pass

    async def start(self, address: str, kind: str) -> str:
        """Ask for an export as a person does, and return the page of its job."""
        asked = await send(self.office, f"/exports/new?address={quote(address)}", format=kind)
        assert asked.status_code == 303, asked.text[-2000:]
        return str(asked.headers["location"])

    async def file(self, address: str, kind: str) -> bytes:
        """Export a list to the end and return the file."""
        job = await self.start(address, kind)
        await self.settle()
        shown = (await self.client.get(job)).text
        assert "انجام شد" in shown, shown
        answer = await self.client.get(f"{job}/file")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]
        return bytes(answer.content)
