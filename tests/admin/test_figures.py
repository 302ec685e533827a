"""What the admin measures of its pages, by name, and whom it tells."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from services.graphql import Lifecycle
from tests.admin.workshop import EDIT_PAGE
from web import operations
from web.app import create_app
from web.metrics import PageMetrics

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx2
    from starlette.applications import Starlette

    from tests.admin.weaver import OneWeaver
    from tests.admin.workshop import Workshop

REQUESTS, SECONDS = "khoosheh_admin_requests_total", "khoosheh_admin_seconds_count"


async def answers() -> None:
    """Answer like a database that is there."""


@pytest.fixture
def figures() -> PageMetrics:
    return PageMetrics()


@pytest.fixture
def measured(
    workshop: Workshop, pages_folder: Path, weaver_sessions: OneWeaver, figures: PageMetrics
) -> Starlette:
    """Build the small admin with what operators ask of it."""
    return create_app(
        workshop,
        workshop.schema,
        weaver_sessions,
        lambda: dt.date(2026, 11, 23),
        pages=(EDIT_PAGE,),
        folder=pages_folder,
        extra_routes=operations.routes(answers, Lifecycle(), figures.registry),
        metrics=figures,
    )


def counted(figures: PageMetrics, page: str, status: int) -> float | None:
    return figures.registry.get_sample_value(REQUESTS, {"page": page, "status": str(status)})


async def test_a_page_is_counted_under_its_name_whatever_record_it_shows(
    measured: Starlette, figures: PageMetrics, speak: Callable[..., httpx2.AsyncClient]
) -> None:
    async with speak(measured) as client:
        assert (await client.get("/looms/Loom_1/edit")).status_code == 200
        assert (await client.get("/looms/Loom_1/edit")).status_code == 200
        assert (await client.get("/looms/Loom_2/edit")).status_code == 404
        await client.get("/sign-in")
    assert counted(figures, "looms/edit", 200) == 2
    assert counted(figures, "looms/edit", 404) == 1
    assert figures.registry.get_sample_value(SECONDS, {"page": "looms/edit"}) == 3
    assert figures.registry.get_sample_value(SECONDS, {"page": "/sign-in"}) == 1


async def test_a_page_that_fails_by_our_fault_is_counted_as_that(
    measured: Starlette,
    figures: PageMetrics,
    workshop: Workshop,
    speak: Callable[..., httpx2.AsyncClient],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(workshop, "execute", broken)
    async with speak(measured) as client:
        with pytest.raises(ZeroDivisionError):
            await client.get("/looms/Loom_1/edit")
    assert counted(figures, "looms/edit", 500) == 1


async def test_nobody_adds_figures_by_asking_for_addresses(
    measured: Starlette, figures: PageMetrics, speak: Callable[..., httpx2.AsyncClient]
) -> None:
    async with speak(measured) as client:
        for address in ("/made-up-1", "/made-up-2", "/static/none.js", "/ready"):
            await client.get(address)
        told = (await client.get("/metrics")).text
    assert counted(figures, "unknown", 404) == 2
    assert "made-up" not in told
    assert "static" not in told
    assert "/ready" not in told


@pytest.mark.parametrize("header", ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto"])
async def test_the_figures_are_for_who_asks_the_pod_itself_and_not_for_the_public(
    measured: Starlette, speak: Callable[..., httpx2.AsyncClient], header: str
) -> None:
    async with speak(measured) as client:
        await client.get("/sign-in")
        public = await client.get("/metrics", headers={header: "203.0.113.7"})
        assert public.status_code == 404
        assert "khoosheh_admin" not in public.text
        assert REQUESTS in (await client.get("/metrics")).text
