"""The first page: every figure on it is as long as the list it leads to, and says what fits its reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from schema.text import number
from services.sample.lorestan.facts import SLUG

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import httpx2
    from starlette.applications import Starlette

    from tests.admin.office import Office

READERS = ["NATIONAL_ADMINISTRATOR", "PROVINCE_ADMINISTRATOR", "DEVELOPMENT_AGENT"]
CARD = re.compile(r'<a class="figure[^"]*" href="([^"]+)">\s*<span class="figure__value">([^<]+)<')
STAGE = re.compile(r'<a href="([^"]+)" aria-label="[^"]*: ([^":]+)">\s*<polygon')
TILE = re.compile(r'<a href="([^"]+)" class="tile[^"]*" aria-label="[^:]*: (\S+) ')


@pytest.fixture
async def visit(
    office: Office, whole_admin: Starlette, speak: Callable[..., httpx2.AsyncClient]
) -> Callable[[str], httpx2.AsyncClient]:
    """Return a client of somebody in the role, whose reach is Lorestan or its cluster."""
    row = await office.engine.pool.fetchrow("select id, province_id from cluster where slug = $1", SLUG)
    reach = {
        "NATIONAL_ADMINISTRATOR": "NATIONAL_ADMINISTRATOR::",
        "PROVINCE_ADMINISTRATOR": f"PROVINCE_ADMINISTRATOR:{row['province_id']}:",
        "DEVELOPMENT_AGENT": f"DEVELOPMENT_AGENT::{row['id']}",
        "COUNCIL_MEMBER": f"COUNCIL_MEMBER::{row['id']}",
    }
    return lambda role: speak(whole_admin, token=reach[role])


async def counted(client: httpx2.AsyncClient, address: str) -> int:
    """Return how many the list behind an address has."""
    listed = await client.get(f"{address}{'&' if '?' in address else '?'}count=true")
    assert listed.status_code == 200, address
    found = re.search(r"([۰-۹٬]+) نتیجه", listed.text)
    return int(number(found[1])) if found else 0


@pytest.mark.parametrize("role", READERS)
async def test_every_figure_leads_to_a_list_as_long_as_it_says(
    visit: Callable[[str], httpx2.AsyncClient], role: str
) -> None:
    async with visit(role) as client:
        page = (await client.get("/")).text
        figures = [*CARD.findall(page), *STAGE.findall(page), *TILE.findall(page)]
        assert len(figures) == (5 + 5 + 31 if role.startswith("NATIONAL") else 5 + 5)
        told = {address: int(number(figure)) for address, figure in figures}
        assert any(told.values())
        assert told == {address: await counted(client, address) for address in told}


async def test_who_has_one_cluster_sees_its_state_and_no_map_of_provinces(
    visit: Callable[[str], httpx2.AsyncClient],
) -> None:
    async with visit("COUNCIL_MEMBER") as client:
        page = (await client.get("/")).text
    assert "tile-map" not in page
    assert f'<a href="/clusters/{SLUG}"' in page
    assert "خوشه‌های شما" in page


async def test_a_phase_without_a_window_does_not_stand_behind_all_that_have_one(
    visit: Callable[[str], httpx2.AsyncClient],
) -> None:
    async with visit("NATIONAL_ADMINISTRATOR") as client:
        page = (await client.get("/")).text
    assert "<small>اعتمادسازی" in page[: page.index('href="/phases?health=OVERDUE&amp;health=AT_RISK"')]


@pytest.fixture
async def without_umbrella(office: Office) -> AsyncIterator[str]:
    """Take the network away that would renew the plan of a cluster whose project has ended; yield the cluster."""
    found = await office.engine.pool.fetchrow(
        "select n.id, n.designated_on, c.slug from network n join cluster c on c.id = n.cluster_id"
        " join action_plan p on p.cluster_id = c.id and p.status = 'APPROVED'"
        " where n.designated_on is not null and not exists (select 1 from cluster_project r"
        " where r.cluster_id = c.id and r.status in ('ACTIVE', 'SUSPENDED', 'EXITING')) limit 1"
    )
    change = "update network set designated_on = $2 where id = $1"
    await office.engine.pool.execute(change, found["id"], None)
    yield found["slug"]
    await office.engine.pool.execute(change, found["id"], found["designated_on"])


async def test_a_plan_that_nobody_is_there_to_renew_is_told(
    visit: Callable[[str], httpx2.AsyncClient], without_umbrella: str
) -> None:
    async with visit("NATIONAL_ADMINISTRATOR") as client:
        page = (await client.get("/")).text
        assert (
            await counted(client, "/plans?status=APPROVED&owner=UNASSIGNED") == page.count("بدون متولی") == 1
        )
    assert f'<a href="/clusters/{without_umbrella}/plans/' in page


async def test_a_phase_under_way_is_one_phase_and_not_two_halves_of_two(office: Office) -> None:
    everyone = await counted(office.client, "/clusters")
    for code in ("DIAGNOSTIC_STUDY", "TRUST_BUILDING", "ACTION_PLAN", "IMPLEMENTATION", "AGENT_EXIT"):
        under_way = await office.engine.pool.fetchval(
            "select count(distinct cluster_id) from phase where code = $1 and status = 'IN_PROGRESS'", code
        )
        assert await counted(office.client, f"/clusters?phase={code}") == under_way < everyone


async def test_what_waits_is_told_to_whom_may_settle_it_and_to_nobody_else(
    visit: Callable[[str], httpx2.AsyncClient],
) -> None:
    async with visit("NATIONAL_ADMINISTRATOR") as client:
        page = (await client.get("/")).text
        late = re.search(r'<a href="(/phases\?health=OVERDUE&amp;health=AT_RISK)">همهٔ ([۰-۹]+) مورد', page)
        assert late
        assert await counted(client, late[1].replace("&amp;", "&")) == int(number(late[2]))
        missed = re.search(r'<a href="(/sub-projects\?missed=true)">هر ([۰-۹]+) ریزپروژه', page)
        assert missed
        assert await counted(client, missed[1]) == int(number(missed[2]))
    assert "واگذاری تا" in page
    async with visit("COUNCIL_MEMBER") as client:
        assert "واگذاری تا" not in (await client.get("/")).text
