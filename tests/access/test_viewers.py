"""Whoever asks is found by token or session, at once and no longer than the credential holds."""

from __future__ import annotations

import asyncio
import datetime
import time
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

import pytest

from schema.vocabulary import TokenScope, UserRole
from services.graphql.exchange import Refusal
from services.graphql.viewer import COOKIE, LOOPBACK_COOKIE

if TYPE_CHECKING:
    import asyncpg
    from starlette.requests import Request

    from services.graphql.viewer import Viewers
    from tests.access.conftest import Clock, People, Place, WithCookie, WithToken

    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]


async def refused(viewers: Viewers, request: Request) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await viewers.viewer_of(request)
    return caught.value


async def settle() -> None:
    """Let PostgreSQL's word of a change arrive."""
    await asyncio.sleep(0.1)


async def test_a_stranger_is_refused_and_told_what_to_do(viewers: Viewers, with_token: WithToken) -> None:
    for request in (with_token(""), with_token("khoosheh_00_nonsense"), with_token("x" * 10_000)):
        refusal = await refused(viewers, request)
        assert (refusal.status, refusal.code) == (401, "UNAUTHENTICATED")
        assert "Bearer" in refusal.message


async def test_a_partner_reaches_what_its_agency_reaches(
    viewers: Viewers, people: People, with_token: WithToken, here: Place, there: Place
) -> None:
    agency = await people.agency(
        provinces=(here.province,), clusters=(there.cluster,), institutions=(there.institution,)
    )
    viewer = await viewers.viewer_of(with_token(await people.token(agency=agency, scopes=(TokenScope.READ,))))
    assert viewer.role is UserRole.PARTNER_AGENCY
    assert (viewer.agency_id, viewer.provinces, viewer.clusters, viewer.institutions) == (
        agency, (here.province,), (there.cluster,), (there.institution,),
    )  # fmt: skip
    assert viewer.scopes == {TokenScope.READ}
    assert viewer.actor == f"PartnerAgency_{agency}"


@pytest.mark.requirement("R52")
async def test_an_agent_reaches_the_clusters_of_todays_assignments_only(
    viewers: Viewers, people: People, with_token: WithToken, here: Place, there: Place, pool: Pool
) -> None:
    agent = await people.user(UserRole.DEVELOPMENT_AGENT)
    token = await people.token(user=agent)
    day = datetime.date.fromisoformat
    for place, since, until in (
        (here, "2026-01-01", None),
        (there, "2026-01-01", "2026-11-22"),
        (there, "2026-11-24", None),
    ):
        await people.row(
            "agent_assignment", cluster_id=place.cluster, project_id=place.project, role="ASSISTANT_AGENT",
            title_fa="عامل", title_en="Agent", user_id=agent, valid_from=day(since),
            valid_to=until and day(until), is_sample=False,
        )  # fmt: skip
    assert (await viewers.viewer_of(with_token(token))).clusters == (here.cluster,)
    await pool.execute(
        "update agent_assignment set valid_to = '2026-11-22' where cluster_id = $1", here.cluster
    )
    await settle()
    assert (await viewers.viewer_of(with_token(token))).clusters == ()


async def test_a_council_member_reaches_the_clusters_of_the_seats_held_today(
    viewers: Viewers, people: People, with_token: WithToken, here: Place, pool: Pool
) -> None:
    member = await people.user(UserRole.COUNCIL_MEMBER)
    token = await people.token(user=member)
    formed = datetime.date(2026, 1, 1)
    council = await people.row("steering_council", cluster_id=here.cluster, formed_on=formed, is_sample=False)
    seat = await people.row(
        "council_seat", cluster_id=here.cluster, council_id=council, role="MEMBER", title_fa="عضو",
        title_en="Member", user_id=member, valid_from=formed, is_sample=False,
    )  # fmt: skip
    assert (await viewers.viewer_of(with_token(token))).clusters == (here.cluster,)
    await pool.execute("update council_seat set valid_to = '2026-11-22' where id = $1", seat)
    await settle()
    assert (await viewers.viewer_of(with_token(token))).clusters == ()


async def test_provinces_given_to_a_role_that_does_not_reach_by_province_open_nothing(
    viewers: Viewers, people: People, with_token: WithToken, here: Place
) -> None:
    agent = await people.user(UserRole.DEVELOPMENT_AGENT, provinces=(here.province,))
    assert (await viewers.viewer_of(with_token(await people.token(user=agent)))).provinces == ()
    administrator = await people.user(UserRole.PROVINCE_ADMINISTRATOR, provinces=(here.province,))
    token = await people.token(user=administrator)
    assert (await viewers.viewer_of(with_token(token))).provinces == (here.province,)


@pytest.mark.parametrize(
    "statement",
    [
        "update api_token set revoked_at = now()",
        "update api_token set expires_at = '2026-01-01'",
        "delete from api_token",
        "update app_user set disabled_at = now()",
    ],
)
async def test_a_credential_that_is_withdrawn_is_refused_at_once_though_it_was_known(
    viewers: Viewers, people: People, with_token: WithToken, pool: Pool, statement: str
) -> None:
    token = await people.token(user=await people.user(UserRole.NATIONAL_VIEWER))
    await viewers.viewer_of(with_token(token))
    await pool.execute(statement)
    deadline = time.monotonic() + 0.5
    while time.monotonic() < deadline:
        await asyncio.sleep(0.005)
        with suppress(Refusal):
            await viewers.viewer_of(with_token(token))
            continue
        return
    pytest.fail("a withdrawn token was still welcome after half a second")


async def test_without_the_ear_on_the_database_every_request_is_looked_up(
    people: People, with_token: WithToken, pool: Pool, clock: Clock
) -> None:
    from services.graphql.viewer import Viewers as Deaf  # noqa: PLC0415 - never opened, so it never hears

    deaf = Deaf(pool, now=clock)
    token = await people.token(user=await people.user(UserRole.NATIONAL_VIEWER))
    await deaf.viewer_of(with_token(token))
    await pool.execute("update api_token set revoked_at = now()")
    assert (await refused(deaf, with_token(token))).status == 401


async def test_the_ear_comes_back_after_the_database_cut_it_off(
    viewers: Viewers, people: People, with_token: WithToken, pool: Pool
) -> None:
    token = await people.token(user=await people.user(UserRole.NATIONAL_VIEWER))
    await viewers.viewer_of(with_token(token))
    await pool.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen%'"
    )
    await settle()
    await pool.execute("update api_token set revoked_at = now()")
    assert (await refused(viewers, with_token(token))).status == 401


async def test_a_session_ends_when_idle_and_after_its_whole_time(
    viewers: Viewers, people: People, with_cookie: WithCookie, clock: Clock
) -> None:
    user = await people.user(UserRole.NATIONAL_VIEWER)
    secret = await people.session(user)
    request = with_cookie(COOKIE, secret)
    assert (await viewers.viewer_of(request)).user_id == user
    for _ in range(3):
        clock.forward(hours=7)
        viewers.forget()
        assert (await viewers.viewer_of(request)).user_id == user
        await settle()
    clock.forward(hours=4)
    viewers.forget()
    assert (await refused(viewers, request)).status == 401
    idle = with_cookie(COOKIE, await people.session(user, whole=2000))
    clock.now = datetime.datetime(2026, 11, 23, 17, 1, tzinfo=datetime.UTC)
    assert (await refused(viewers, idle)).status == 401


async def test_the_plain_cookie_counts_on_this_machine_only(
    viewers: Viewers, people: People, with_cookie: WithCookie
) -> None:
    secret = await people.session(await people.user(UserRole.NATIONAL_VIEWER))
    assert (await refused(viewers, with_cookie(LOOPBACK_COOKIE, secret))).status == 401
    local = await viewers.viewer_of(with_cookie(LOOPBACK_COOKIE, secret, "127.0.0.1"))
    assert local.role is UserRole.NATIONAL_VIEWER


async def test_a_token_is_no_session_and_a_session_no_token(
    viewers: Viewers, people: People, with_token: WithToken, with_cookie: WithCookie
) -> None:
    user = await people.user(UserRole.NATIONAL_VIEWER)
    assert (await refused(viewers, with_cookie(COOKIE, await people.token(user=user)))).status == 401
    assert (await refused(viewers, with_token(await people.session(user)))).status == 401


async def test_the_use_of_a_token_is_noted(
    viewers: Viewers, people: People, with_token: WithToken, pool: Pool
) -> None:
    await viewers.viewer_of(with_token(await people.token(user=await people.user(UserRole.NATIONAL_VIEWER))))
    await settle()
    assert await pool.fetchval("select last_used_at = $1 from api_token", datetime.datetime(
        2026, 11, 23, 9, tzinfo=datetime.UTC
    ))  # fmt: skip


async def test_a_viewer_who_is_known_costs_microseconds(
    viewers: Viewers, people: People, with_token: WithToken
) -> None:
    token = await people.token(user=await people.user(UserRole.NATIONAL_VIEWER))
    request = with_token(token)
    await viewers.viewer_of(request)
    began = time.perf_counter()
    for _ in range(1000):
        await viewers.viewer_of(request)
    assert (time.perf_counter() - began) / 1000 < 0.0003
