"""Says who asks: the viewer behind a request's token or session cookie."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import asyncpg

from schema.calendar import tehran_date
from services.graphql.exchange import Refusal
from services.graphql.identities.credentials import LONGEST_SECRET, hash_of
from services.graphql.identities.lookup import CALENDAR, SESSION, TOKEN, USER, Known, look_up
from services.graphql.identities.usage import note_use
from services.graphql.identities.watch import AccessWatch
from services.graphql.journal import note_viewer

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from starlette.requests import Request

    from schema.viewers import Viewer
    from services.listening import Ear

COOKIE: Final = "__Host-khoosheh"
LOOPBACK_COOKIE: Final = "khoosheh"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_REMEMBERED: Final = 10_000
_REMEMBERED_SECONDS: Final = 5.0


class Viewers:
    """Finds viewers and remembers them for seconds, as long as changes of access are heard at once."""

    def __init__(
        self,
        pool: asyncpg.Pool[asyncpg.Record],
        *,
        ear: Ear | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._pool = pool
        self._now = now or (lambda: datetime.now(UTC))
        self._known: OrderedDict[str, tuple[float, Known]] = OrderedDict()
        self._generation = 0
        self._watch = AccessWatch(pool, self.forget, ear)
        self._notes: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Begin to hear of changes; until then every request is looked up."""
        await self._watch.open()

    async def close(self) -> None:
        """Stop hearing of changes."""
        await self._watch.close()
        if self._notes:
            await asyncio.wait(self._notes)

    def forget(self) -> None:
        """Look everybody up again."""
        self._known.clear()
        self._generation += 1

    async def viewer_of(self, request: Request) -> Viewer:
        """Return who asks, and note it for the line of the request.

        Raises:
            Refusal: nobody we know does; nothing is visible to strangers.
        """
        viewer = await self._behind(request)
        note_viewer(request.scope, viewer)
        return viewer

    async def _behind(self, request: Request) -> Viewer:
        # The header as it came: most requests bring a token, and nothing else of them is looked at here.
        for name, value in request.scope["headers"]:
            if name == b"authorization":
                scheme, _, secret = value.decode("latin-1").partition(" ")
                return await self._required(secret.strip() if scheme.lower() == "bearer" else "", TOKEN)
        secret = request.cookies.get(COOKIE) or ""
        if not secret and (request.url.hostname or "") in _LOOPBACK:
            secret = request.cookies.get(LOOPBACK_COOKIE) or ""
        return await self._required(secret, SESSION)

    async def viewer_of_session(self, secret: str) -> Viewer | None:
        """Return who holds a session, for pages that know the cookie already."""
        return await self._known_by(secret, SESSION)

    async def viewer_of_user(self, user_id: UUID) -> Viewer | None:
        """Return somebody whose work goes on without them, as their role and reach are now."""
        now = self._now()
        found = await look_up(self._pool, USER, str(user_id), tehran_date(now), now)
        return found.viewer if found else None

    async def viewer_of_calendar(self, secret: str) -> Viewer | None:
        """Return whose calendar has this secret address, as their role and reach are now."""
        if not secret or len(secret) > LONGEST_SECRET:
            return None
        now = self._now()
        found = await look_up(self._pool, CALENDAR, hash_of(secret), tehran_date(now), now)
        return found.viewer if found else None

    async def again(self, viewer: Viewer) -> Viewer | None:
        """Look a viewer up again, e.g. while a stream is open; None if the credential holds no more."""
        if viewer.token_id is not None:
            hashed = await self._pool.fetchval("select hash from api_token where id = $1", viewer.token_id)
            statement = TOKEN
        else:
            hashed = await self._pool.fetchval(
                "select hash from user_session where id = $1", viewer.session_id
            )
            statement = SESSION
        if hashed is None:
            return None
        now = self._now()
        found = await look_up(self._pool, statement, hashed, tehran_date(now), now)
        return found.viewer if found else None

    async def _required(self, secret: str, statement: str) -> Viewer:
        try:
            viewer = await self._known_by(secret, statement)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            raise Refusal("UNAVAILABLE", "The database is not available: try again in a moment.") from None
        if viewer is None:
            raise Refusal("UNAUTHENTICATED", "Sign in, or send a valid token: `Authorization: Bearer …`.")
        return viewer

    async def _known_by(self, secret: str, statement: str) -> Viewer | None:
        if not secret or len(secret) > LONGEST_SECRET:
            return None
        hashed = hash_of(secret)
        found = self._known.get(hashed)
        now = self._now()
        if found is not None and self._watch.hearing and found[0] > time.monotonic():
            known = found[1]
            if known.fresh_until is None or known.fresh_until > now:
                return known.viewer
        generation = self._generation
        looked_up = await look_up(self._pool, statement, hashed, tehran_date(now), now)
        if looked_up is None:
            self._known.pop(hashed, None)
            return None
        if generation == self._generation:
            self._remember(hashed, looked_up)
        self._note(looked_up, now)
        return looked_up.viewer

    def _remember(self, hashed: str, known: Known) -> None:
        self._known[hashed] = (time.monotonic() + _REMEMBERED_SECONDS, known)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def _note(self, known: Known, now: datetime) -> None:
        """Write down the use of a credential beside the request, not within it."""
        writing = note_use(self._pool, known, now)
        if writing is not None:
            task = asyncio.create_task(writing)
            self._notes.add(task)
            task.add_done_callback(self._notes.discard)
