"""In a real browser, in Persian, by forms alone: a cluster from its identification to the exit of the agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from services.database import close_rows, open_pool, open_rows
from services.sample.progress import silent
from services.sample.reference import add_reference
from services.sample.sheets import Sheets
from services.settings import read_settings
from tests.admin.browser import Site, site
from tests.admin.office import NationalOffice
from tests.admin.steps_of_a_cluster import (
    approve_the_plan,
    bring_people_together,
    build_trust,
    carry_out_the_sub_project,
    enter_the_cluster,
    let_the_agent_go,
    seat_the_council,
    sign_in,
    words_of,
    write_the_study,
)
from tests.admin.visitor import PICTURES, Visitor
from web.app import create_app
from web.house import Appearance

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from services.graphql import Engine
    from services.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture
async def empty_site(contract_engine: Engine, settings: Settings) -> AsyncIterator[Site]:
    """Serve the admin on a database that knows the provinces and nothing else."""
    pool = await open_pool(settings)
    await open_rows(settings, pool=pool)
    async with pool.acquire() as connection:
        sheets = Sheets()
        add_reference(sheets)
        await sheets.copy(connection, silent)
    contract_engine.settings = settings
    await contract_engine.open(pool)
    asked = read_settings()
    # The font would be handed over anew on each of some two hundred pages; it is for pictures only.
    font = (asked.font_url, asked.font_integrity) if PICTURES else ("", "")
    appearance = Appearance(asked.htmx_url, asked.htmx_integrity, *font, secure=False)
    app = create_app(
        contract_engine, contract_engine.schema, NationalOffice(), contract_engine.today, appearance
    )
    async with site(app) as serving:
        yield serving
    await close_rows()
    await pool.close()


async def test_the_lorestan_cluster_is_led_from_its_entry_to_the_exit_of_its_agent(empty_site: Site) -> None:
    async with empty_site.reader(signed_in=False) as screen:
        visitor = Visitor(screen, empty_site.address)
        await sign_in(visitor)
        await enter_the_cluster(visitor)
        await write_the_study(visitor)
        await bring_people_together(visitor)
        await build_trust(visitor)
        await seat_the_council(visitor)
        await approve_the_plan(visitor)
        await carry_out_the_sub_project(visitor)
        await let_the_agent_go(visitor)
        assert await screen.get_by_text(words_of("ExitStatus", "COMPLETED")).count()
    assert empty_site.complaints == []


async def test_the_first_steps_need_no_script(empty_site: Site) -> None:
    async with empty_site.reader(signed_in=False, scripts=False) as screen:
        visitor = Visitor(screen, empty_site.address, scripts=False)
        await sign_in(visitor)
        await enter_the_cluster(visitor)
        assert await screen.get_by_text(words_of("PhaseStatus", "IN_PROGRESS")).count()
    assert empty_site.complaints == []
