"""A small schema of a weaving workshop behind the real admin framework, and a client that speaks to it."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import pytest_asyncio
from graphql import build_schema

from services.jobs import Jobs
from tests.admin.behind import Behind, EveryoneIsTheOffice
from tests.admin.office import Listening, NationalOffice, Office, Sample, fill, open_office
from tests.admin.weaver import OneWeaver
from tests.admin.workshop import EDIT, EDIT_PAGE, OPTIONS, WORKSHOP, Workshop
from web.app import Work, create_app
from web.house import Appearance

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from starlette.applications import Starlette

    from services.graphql import Engine


@pytest.fixture
def weaver_sessions() -> OneWeaver:
    """Return sessions that know one token."""
    return OneWeaver()


@pytest.fixture
def loom() -> dict[str, Any]:
    """Return the loom that the small schema knows."""
    dyer = {"id": "Dyer_1", "nameFa": "رنگرز", "nameEn": "Dyer"}
    return {
        "id": "Loom_1", "revision": 4, "nameFa": "دار جاجیم", "nameEn": "Jajim loom", "status": "IDENTIFIED",
        "builtOn": "2015-04-25", "knots": 1250, "natural": True, "price": "1000", "dyer": dyer,
    }  # fmt: skip


@pytest.fixture
def workshop(loom: dict[str, Any]) -> Workshop:
    """Return the small schema with one loom; the test may change the answers."""

    def looms(_info: object, **_arguments: object) -> dict[str, Any]:
        return {
            "nodes": [loom],
            "totalCount": 1,
            "pageInfo": {"hasNextPage": False, "hasPreviousPage": False},
        }

    def dyers(_info: object, **arguments: object) -> dict[str, Any]:
        others = [{"id": f"Dyer_{number}", "nameFa": f"رنگرز {number}", "nameEn": "D"} for number in (2, 3)]
        return {"nodes": others[: 1 if arguments.get("filter") else 2]}

    return Workshop(
        build_schema(WORKSHOP),
        {
            "loom": lambda _info, id: loom if id == "Loom_1" else None,  # noqa: A006 - the argument's own name
            "looms": looms,
            "dyers": dyers,
            "editLoom": lambda _info, input: {"loom": loom, "problems": []},  # noqa: A006, ARG005 - as above
        },
    )


@pytest.fixture
def pages_folder(tmp_path: Path) -> Path:
    """Write a folder of documents for the small schema."""
    for name, text in {"looms/edit": EDIT, "dyers/options": OPTIONS}.items():
        path = tmp_path / f"{name}.graphql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def admin(workshop: Workshop, pages_folder: Path, weaver_sessions: OneWeaver) -> Starlette:
    """Build the real application with one page of the small schema."""
    return create_app(
        workshop,
        workshop.schema,
        weaver_sessions,
        lambda: dt.date(2026, 11, 23),
        Appearance(script="https://cdn.example/htmx.js", stylesheet="https://cdn.example/font/v.css"),
        pages=(EDIT_PAGE,),
        folder=pages_folder,
    )


@pytest.fixture(scope="session")
def speak() -> Callable[..., httpx2.AsyncClient]:
    """Make a client for an application, signed in and reading Persian unless told otherwise."""

    def client(
        app: Starlette,
        *,
        token: str = "thread",  # noqa: S107 - a token of tests
        **cookies: str,
    ) -> httpx2.AsyncClient:
        kept = {"__Host-khoosheh": token, **cookies} if token else cookies
        return httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app), base_url="https://admin.example", cookies=kept
        )

    return client


@pytest.fixture
async def weaver(
    admin: Starlette, speak: Callable[..., httpx2.AsyncClient]
) -> AsyncIterator[httpx2.AsyncClient]:
    """Yield a signed-in Persian reader of the small admin."""
    async with speak(admin) as client:
        yield client


@pytest.fixture(scope="module")
def sample(module_database_url: str) -> Sample:
    """Fill a database with the sample, once for a module that only reads."""
    return Sample(module_database_url, asyncio.run(fill(module_database_url)))


@pytest.fixture(scope="session")
def listening(contract_engine: Engine) -> Listening:
    """Listen to the engine of all tests."""
    return Listening(contract_engine, [])


@pytest.fixture(scope="session")
def whole_admin(listening: Listening) -> Starlette:
    """Build the admin once: proving its documents takes longer than many a test."""
    engine = listening.engine
    return create_app(listening, engine.schema, NationalOffice(), engine.today)


@pytest.fixture
async def office(
    sample: Sample,
    whole_admin: Starlette,
    listening: Listening,
    speak: Callable[..., httpx2.AsyncClient],
) -> AsyncIterator[Office]:
    """Open the whole admin on the sample, with one connection whose statements are listened to."""
    async with open_office(sample, whole_admin, listening, speak) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_all_day(
    sample: Sample,
    whole_admin: Starlette,
    listening: Listening,
    speak: Callable[..., httpx2.AsyncClient],
) -> AsyncIterator[Office]:
    """Open the office once for a module of many small tests that only look, all in the loop of the module."""
    async with open_office(sample, whole_admin, listening, speak) as opened:
        yield opened


@pytest.fixture
def own_sample(sample: Sample, copy_database: Callable[[str], Any]) -> Iterator[Sample]:
    """Copy the database of the sample for a test that changes it."""
    with copy_database(sample.url) as url:
        yield replace(sample, url=url)


@pytest.fixture
async def own_office(
    own_sample: Sample,
    whole_admin: Starlette,
    listening: Listening,
    speak: Callable[..., httpx2.AsyncClient],
) -> AsyncIterator[Office]:
    """Open the whole admin on a copy of the sample that the test may change."""
    async with open_office(own_sample, whole_admin, listening, speak, most=4) as opened:
        yield opened


@pytest.fixture
async def behind(
    own_office: Office, listening: Listening, speak: Callable[..., httpx2.AsyncClient]
) -> AsyncIterator[Behind]:
    """Open the office with its work behind the pages."""
    pool = own_office.engine.pool
    await pool.execute("update job set status = 'STOPPED', finished_at = now()")
    viewer = await own_office.sessions.signed_in(object(), "thread")
    assert viewer
    jobs, people = Jobs(pool), EveryoneIsTheOffice(viewer.viewer)
    app = create_app(
        listening,
        own_office.engine.schema,
        own_office.sessions,
        own_office.engine.today,
        work=Work(jobs, people),
    )
    async with speak(app) as client:
        yield Behind(own_office, client, jobs, people)
