"""Every installation gets its own demo users and tokens, one per role, that work and are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from schema.vocabulary import UserRole
from services.graphql.exchange import Refusal
from services.graphql.identities.passwords import Passwords
from services.local.demo import SLUG, prepare_demo
from services.sample.load import copy_sample
from services.sample.progress import silent

if TYPE_CHECKING:
    from collections.abc import Callable

    import asyncpg

    from services.graphql.viewer import Viewers
    from services.settings import Settings

    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]


async def test_demo_users_reach_the_lorestan_cluster_and_are_kept_by_the_next_start(
    settings: Settings, pool: Pool, viewers: Viewers, with_token: Callable[[str], Any]
) -> None:
    async with pool.acquire() as connection:
        await copy_sample(connection, silent)
    first = await prepare_demo(settings, {})
    again = await prepare_demo(settings, first)
    assert again == first
    assert {user["role"] for user in first["users"]} == set(UserRole) - {UserRole.PARTNER_AGENCY}
    assert first["tokens"][0]["role"] == UserRole.PARTNER_AGENCY
    cluster, province = await pool.fetchrow("select id, province_id from cluster where slug = $1", SLUG)
    for entry in first["tokens"]:
        viewer = await viewers.viewer_of(with_token(entry["token"]))
        assert viewer.role == entry["role"]
        assert viewer.is_national or viewer.provinces == (province,) or viewer.clusters == (cluster,), viewer
    user = first["users"][0]
    kept = await pool.fetchval(
        "select hash from user_password where user_id = (select id from app_user where email = $1)",
        user["email"],
    )
    assert await Passwords().matches(kept, user["password"])


async def test_a_forgotten_secret_is_replaced_and_the_old_one_works_no_more(
    settings: Settings, viewers: Viewers, with_token: Callable[[str], Any]
) -> None:
    first = await prepare_demo(settings, {})
    second = await prepare_demo(settings, {})
    for kind, secret in (("users", "password"), ("tokens", "token")):
        assert not {entry[secret] for entry in first[kind]} & {entry[secret] for entry in second[kind]}
    with pytest.raises(Refusal):
        await viewers.viewer_of(with_token(first["tokens"][0]["token"]))
    assert (await viewers.viewer_of(with_token(second["tokens"][0]["token"]))).role is UserRole.PARTNER_AGENCY
