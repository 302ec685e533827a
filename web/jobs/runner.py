"""Works on jobs beside the pages: takes one after the other, a slice of time each, until told to stop."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, Protocol

import structlog

from services.jobs import LeaseLost
from web.door import Refused
from web.jobs.bulk import send_next
from web.jobs.exports import gather_next
from web.jobs.lists import NoSuchList, list_at
from web.localisation import Localisation, mark
from web.preferences import read_preferences
from web.session import SignedIn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from uuid import UUID

    from schema.viewers import Viewer
    from services.jobs import Jobs, Taken
    from web.documents import Document
    from web.door import Door
    from web.jobs.lists import Listed
    from web.page import Page

log = structlog.get_logger(__name__)

SLICE_SECONDS: Final = 2.0
IDLE_SECONDS: Final = 2.0
FORGET_SECONDS: Final = 3600.0
GONE: Final = mark("Whoever started this may not sign in any more.")
NO_LIST: Final = mark("There is no such list, or it is no longer within reach.")
FAULT: Final = mark("Something went wrong on our side; start it again.")


class People(Protocol):
    """Who knows what somebody may do now, without a session of theirs."""

    async def viewer_of_user(self, user_id: UUID) -> Viewer | None:
        """Return the viewer, or nothing for somebody who is kept out."""


class Runner:
    """One process's share of the work; several may run, each job is held by one."""

    def __init__(
        self,
        jobs: Jobs,
        door: Door,
        people: People,
        pages: Sequence[Page],
        documents: Mapping[str, Document],
    ) -> None:
        self.jobs = jobs
        self._door = door
        self._people = people
        self._pages = pages
        self._documents = documents
        self._awake = asyncio.Event()
        self._work: asyncio.Task[None] | None = None
        self._stopping = False

    def wake(self) -> None:
        """Look for work at once."""
        self._awake.set()

    def start(self) -> None:
        """Begin to work beside the serving."""
        self._work = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish the step under way and leave the rest to others."""
        self._stopping = True
        self._awake.set()
        if self._work is not None:
            await self._work

    async def _run(self) -> None:
        forget_at = 0.0
        while not self._stopping:
            worked = False
            try:
                worked = await self.once()
                if time.monotonic() > forget_at:
                    forget_at = time.monotonic() + FORGET_SECONDS
                    await self.jobs.forget()
            except Exception as error:  # noqa: BLE001 - the database may be away for a while; the work waits
                log.warning("jobs_wait", error=type(error).__name__)
            if not worked and not self._stopping:
                self._awake.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), IDLE_SECONDS)

    async def once(self) -> bool:
        """Work on one job for a slice of time; False when there was none."""
        taken = await self.jobs.take()
        if taken is None:
            return False
        reader = Localisation(read_preferences({"language": taken.language.lower()}))
        try:
            await self._slice(taken, reader)
        except LeaseLost:
            log.info("job_let_go", job=str(taken.id))
        except NoSuchList:
            await self.jobs.fail(taken, reader.text(NO_LIST))
        except Exception as error:
            log.exception("job_failed", job=str(taken.id), error=type(error).__name__)
            await self.jobs.fail(taken, reader.text(FAULT))
        return True

    async def _slice(self, taken: Taken, reader: Localisation) -> None:
        viewer = await self._people.viewer_of_user(taken.user_id)
        if viewer is None:
            await self.jobs.fail(taken, reader.text(GONE))
            return
        language: Literal["fa", "en"] = "en" if reader.language == "en" else "fa"
        person = SignedIn(replace(viewer, language=language), viewer.role.value)
        listed = list_at(taken.address, self._pages, self._documents)
        step: Callable[[Taken, Listed, SignedIn, Localisation], Awaitable[Taken | None]] = (
            self._export if taken.kind == "EXPORT" else self._bulk
        )
        until = time.monotonic() + SLICE_SECONDS
        going: Taken | None = taken
        while going is not None and not self._stopping and time.monotonic() < until:
            try:
                going = await step(going, listed, person, reader)
            except Refused as refused:
                if refused.code not in {"UNAVAILABLE", "TIMED_OUT", "TIMEOUT"}:
                    raise
                break
        if going is not None:
            await self.jobs.release(going)

    async def _export(
        self, taken: Taken, listed: Listed, person: SignedIn, reader: Localisation
    ) -> Taken | None:
        return await gather_next(self.jobs, self._door, taken, listed, person, reader)

    async def _bulk(
        self, taken: Taken, listed: Listed, person: SignedIn, reader: Localisation
    ) -> Taken | None:
        document = self._documents.get(taken.action or "")
        if document is None or document.mutation is None:
            raise NoSuchList(taken.action)
        return await send_next(self.jobs, self._door, taken, listed, person, reader, document)
