"""The remembered world as identities see it: users of every role, a partner agency, sessions and tokens."""

from __future__ import annotations

import datetime
import os
import socket
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson
import pytest
from argon2 import PasswordHasher
from starlette.requests import Request

from schema.identity import new_id
from schema.vocabulary import TokenScope, UserRole
from services.graphql.identities import passwords
from services.graphql.identities.credentials import hash_of, new_secret, new_token
from services.graphql.viewer import Viewers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from uuid import UUID

    import asyncpg

    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
    WithToken: TypeAlias = Callable[[str], Request]
    WithCookie: TypeAlias = Callable[..., Request]

# The same function at a thousandth of its price, for tests in which what a hash costs is not the subject.
_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NOON = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
TODAY = NOON.date()
NOBODYS_HASH = _QUICK.hash("nobody has this password")

# Absolute times say little without how busy the machine was.
_FIGURES: Final[list[str]] = []


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what was measured, so that it can be copied into docs/benchmarks.md."""
    if _FIGURES:
        terminalreporter.section("figures of access")
        for line in _FIGURES:
            terminalreporter.write_line(line)


@pytest.fixture
def figure() -> Callable[[str], None]:
    """Return a function that keeps a line with a figure and the load it was taken under."""
    return lambda line: _FIGURES.append(f"{line} (load {os.getloadavg()[0]:.1f})")


@dataclass(slots=True)
class Clock:
    """A clock that stands until it is set."""

    now: datetime.datetime = NOON

    def __call__(self) -> datetime.datetime:
        return self.now

    def forward(self, **duration: int) -> None:
        self.now += datetime.timedelta(**duration)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def _quick_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords quickly, except where a test asks for `full_price`."""
    if "full_price" not in request.fixturenames:
        monkeypatch.setattr(passwords, "_HASHER", _QUICK)
        monkeypatch.setattr(passwords, "_nobodys", lambda: NOBODYS_HASH)


@pytest.fixture
def full_price() -> None:
    """Let hashes cost what they cost in an installation."""


@dataclass(slots=True)
class People:
    """Makes users, agencies and their credentials, straight into the tables."""

    pool: Pool

    async def row(self, table: str, **values: Any) -> UUID:
        made = values.pop("id", None) or new_id()
        values = {"id": made, "revision": 1, "created_at": NOON, **values}
        places = ", ".join(f"${index}" for index in range(1, len(values) + 1))
        await self.pool.execute(
            f"insert into {table} ({', '.join(values)}) values ({places})",  # noqa: S608 - names of ours
            *values.values(),
        )
        return made

    async def user(
        self, role: UserRole, *, email: str | None = None, provinces: tuple[UUID, ...] = ()
    ) -> UUID:
        user = await self.row(
            "app_user", email=email or f"{new_id()}@khoosheh.example", name=role.label_fa, role=role.value,
            language="EN", calendar="JALALI", digits="PERSIAN", is_sample=False,
        )  # fmt: skip
        for province in provinces:
            await self.row("user_province", is_sample=False, user_id=user, province_id=province)
        return user

    async def agency(
        self,
        *,
        provinces: tuple[UUID, ...] = (),
        clusters: tuple[UUID, ...] = (),
        institutions: tuple[UUID, ...] = (),
    ) -> UUID:
        name = f"agency {new_id()}"
        agency = await self.row("partner_agency", name_fa=name, name_en=name, is_sample=False)
        for table, column, found in (
            ("agency_province", "province_id", provinces),
            ("agency_cluster", "cluster_id", clusters),
            ("agency_institution", "institution_id", institutions),
        ):
            for target in found:
                await self.row(table, is_sample=False, agency_id=agency, **{column: target})
        return agency

    async def token(
        self,
        *,
        user: UUID | None = None,
        agency: UUID | None = None,
        scopes: tuple[TokenScope, ...] = tuple(TokenScope),
        expires_at: datetime.datetime | None = None,
    ) -> str:
        made = new_token()
        await self.row(
            "api_token", user_id=user, agency_id=agency, name="test", prefix=made.prefix, hash=made.hash,
            scopes=orjson.dumps([scope.value for scope in scopes]).decode(), expires_at=expires_at,
            is_sample=False,
        )  # fmt: skip
        return made.token

    async def session(self, user: UUID, *, idle: int = 8, whole: int = 24) -> str:
        secret = new_secret()
        await self.row(
            "user_session", user_id=user, hash=hash_of(secret), last_seen_at=NOON,
            idle_until=NOON + datetime.timedelta(hours=idle), ends_at=NOON + datetime.timedelta(hours=whole),
        )  # fmt: skip
        return secret

    async def place(self, number: int) -> Place:
        """Make a province, a cluster in it and its running project."""
        start = datetime.date(2026, 1, 1)
        province = await self.row(
            "province", iso_code=f"IR-{number:02}", legacy_iso_code=f"IR-{50 + number}", name_fa=f"استان {number}",
            name_en=f"Province {number}", capital_fa="مرکز", capital_en="Capital", latitude=33.0, longitude=48.0,
            tile_column=number, tile_row=1,
        )  # fmt: skip
        cluster = await self.row(
            "cluster", slug=f"place-{number}", name_fa=f"خوشه {number}", name_en=f"Cluster {number}",
            province_id=province, status="UNDER_DEVELOPMENT", is_sample=False,
        )  # fmt: skip
        template = await self.pool.fetchval("select id from programme_template limit 1") or await self.row(
            "programme_template",
            version=1,
            name_fa="برنامه",
            name_en="Programme",
            thresholds="{}",
            renewal_anchor="APPROVAL",
        )
        project = await self.row(
            "cluster_project", cluster_id=cluster, template_id=template, status="ACTIVE", name_fa="پروژه",
            name_en="Project", planned_start=start, planned_end=datetime.date(2029, 1, 1), actual_start=start,
            currency="IRR", is_sample=False,
        )  # fmt: skip
        institution = await self.row(
            "support_institution", name_fa=f"نهاد {number}", name_en=f"Institution {number}", kind="BANK",
            sector="GOVERNMENTAL", province_id=province, is_sample=False,
        )  # fmt: skip
        return Place(province, cluster, project, institution)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something can be in reach."""

    province: UUID
    cluster: UUID
    project: UUID
    institution: UUID


@pytest.fixture
def people(pool: Pool) -> People:
    return People(pool)


@pytest.fixture
async def here(people: People) -> Place:
    return await people.place(1)


@pytest.fixture
async def there(people: People) -> Place:
    return await people.place(2)


@pytest.fixture
async def viewers(pool: Pool, clock: Clock) -> AsyncIterator[Viewers]:
    """Open the finder of viewers on the test's database."""
    viewers = Viewers(pool, now=clock)
    await viewers.open()
    yield viewers
    await viewers.close()


def request_with(host: str = "khoosheh.test", **headers: str) -> Request:
    """Make a request that carries these headers."""
    pairs = [(b"host", host.encode()), *((name.encode(), value.encode()) for name, value in headers.items())]
    return Request(
        {
            "type": "http",
            "method": "POST",
            "path": "/graphql",
            "headers": pairs,
            "scheme": "http",
            "server": (host, 80),
            "query_string": b"",
        }
    )


@pytest.fixture
def with_token() -> Callable[[str], Request]:
    return lambda token: request_with(authorization=f"Bearer {token}")


@pytest.fixture
def with_cookie() -> Callable[..., Request]:
    return lambda name, secret, host="khoosheh.test": request_with(host, cookie=f"{name}={secret}")


@dataclass(frozen=True, slots=True)
class Compared:
    """Two ways of asking by their times: the medians' ratio, and how often the first of a pair took longer."""

    ratio: float
    guess: float


@pytest.fixture
def timed() -> Callable[..., Any]:
    """Compare two ways of asking, in turn and in changing order."""

    async def compare(tries: int, first: Callable[[int], Any], second: Callable[[int], Any]) -> Compared:
        times: tuple[list[float], list[float]] = ([], [])
        for turn in range(tries):
            for which in (0, 1) if turn % 2 else (1, 0):
                began = time.perf_counter()
                await (first, second)[which](turn)
                times[which].append(time.perf_counter() - began)
        longer = sum(one > other for one, other in zip(*times, strict=True))
        return Compared(statistics.median(times[0]) / statistics.median(times[1]), longer / tries)

    return compare


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Return a function that finds a port nobody listens on."""

    def find() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    return find
