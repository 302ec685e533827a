"""One demo user per role and a demo token for each, random per installation, to try things with."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from schema.identity import new_id
from schema.vocabulary import TokenScope, UserRole
from services.database import open_pool
from services.graphql import Passwords, hash_of, new_token

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    import asyncpg

    from services.settings import Settings

SLUG: Final = "lorestan-gelim-jajim-mashteh"
_DOMAIN: Final = "khoosheh.example"
_PASSWORD_BYTES: Final = 12
_AGENCY: Final = ("نهاد همکار نمونه", "Sample partner agency")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the demo users belong: the province and the cluster of the sample, if it is loaded."""

    province_id: UUID | None
    cluster_id: UUID | None


async def prepare_demo(settings: Settings, previous: Mapping[str, Any]) -> dict[str, Any]:
    """Create what is missing and return users and tokens; those of an earlier start are kept."""
    kept_passwords = {user["email"]: user["password"] for user in previous.get("users", ())}
    kept_tokens = {token["role"]: token["token"] for token in previous.get("tokens", ())}
    pool = await open_pool(settings)
    try:
        async with pool.acquire() as connection, connection.transaction():
            # Two starts on one database take turns.
            await connection.execute("select pg_advisory_xact_lock(hashtext('khoosheh demo'))")
            demo = _Demo(connection, await _place(connection))
            roles: list[UserRole] = [role for role in UserRole if role is not UserRole.PARTNER_AGENCY]
            users: dict[UserRole, UUID] = {role: await demo.user(role) for role in roles}
            await demo.give_reach(users)
            passwords = await demo.passwords(users, kept_passwords)
            agency = await demo.agency()
            tokens = [await demo.token(UserRole.PARTNER_AGENCY, "agency_id", agency, kept_tokens)]
            tokens += [await demo.token(role, "user_id", user, kept_tokens) for role, user in users.items()]
    finally:
        await pool.close()
    return {
        "users": [{"role": role.value, "email": _email(role), "password": passwords[role]} for role in roles],
        "tokens": tokens,
    }


async def _place(connection: asyncpg.Connection[asyncpg.Record]) -> _Place:
    row = await connection.fetchrow("select id, province_id from cluster where slug = $1", SLUG)
    if row is None:
        return _Place(await connection.fetchval("select id from province where iso_code = 'IR-15'"), None)
    return _Place(row["province_id"], row["id"])


def _email(role: UserRole) -> str:
    return f"{role.value.lower().replace('_', '-')}@{_DOMAIN}"


@dataclass(frozen=True, slots=True)
class _Demo:
    """The making of the demo identities within one transaction."""

    connection: asyncpg.Connection[asyncpg.Record]
    place: _Place

    async def user(self, role: UserRole) -> UUID:
        """Return the demo user of a role."""
        found: UUID | None = await self.connection.fetchval(
            "select id from app_user where email = $1", _email(role)
        )
        if found is not None:
            return found
        made = new_id()
        await self.connection.execute(
            "insert into app_user (id, revision, created_at, email, name, role, language, calendar, digits,"
            " is_sample) values ($1, 1, now(), $2, $3, $4, 'FA', 'JALALI', 'PERSIAN', true)",
            made, _email(role), role.label_fa, role.value,
        )  # fmt: skip
        return made

    async def give_reach(self, users: Mapping[UserRole, UUID]) -> None:
        """Give each user the reach of the role, in the province and the cluster of the sample."""
        place = self.place
        for role, user in users.items():
            if place.province_id and role not in {UserRole.NATIONAL_ADMINISTRATOR, UserRole.NATIONAL_VIEWER}:
                await self._link("user_province", "user_id", user, "province_id", place.province_id)
        if place.cluster_id is None:
            return
        for role in (UserRole.TECHNICAL_ADVISOR, UserRole.NETWORK_REPRESENTATIVE):
            await self._link("user_cluster", "user_id", users[role], "cluster_id", place.cluster_id)
        await self.connection.execute(
            "update agent_assignment set user_id = $1 where cluster_id = $2 and user_id is null"
            " and role = 'CLUSTER_DEVELOPMENT_AGENT' and valid_to is null and deleted_at is null",
            users[UserRole.DEVELOPMENT_AGENT], place.cluster_id,
        )  # fmt: skip
        await self.connection.execute(
            "update council_seat set user_id = $1 where user_id is null and id ="
            " (select id from council_seat where cluster_id = $2 and role = 'MEMBER' and valid_to is null"
            " and deleted_at is null order by (user_id = $1) desc nulls last, id limit 1)",
            users[UserRole.COUNCIL_MEMBER], place.cluster_id,
        )  # fmt: skip

    async def passwords(self, users: Mapping[UserRole, UUID], kept: Mapping[str, str]) -> dict[UserRole, str]:
        """Return the password of each user; one that nobody remembers is replaced."""
        known = {row[0] for row in await self.connection.fetch("select user_id from user_password")}
        hasher = Passwords()
        found: dict[UserRole, str] = {}
        missing: list[UserRole] = []
        for role, user in users.items():
            password = kept.get(_email(role)) if user in known else None
            found[role] = password or secrets.token_urlsafe(_PASSWORD_BYTES)
            if password is None:
                missing.append(role)
        hashes = await asyncio.gather(*(hasher.hash(found[role]) for role in missing))
        for role, hashed in zip(missing, hashes, strict=True):
            await self.connection.execute(
                "insert into user_password (user_id, hash, changed_at) values ($1, $2, now())"
                " on conflict (user_id) do update set hash = excluded.hash, changed_at = excluded.changed_at",
                users[role], hashed,
            )  # fmt: skip
        return found

    async def agency(self) -> UUID:
        """Return the demo partner agency, which reaches the province of the sample."""
        found: UUID | None = await self.connection.fetchval(
            "select id from partner_agency where name_en = $1 and is_sample", _AGENCY[1]
        )
        if found is None:
            found = new_id()
            await self.connection.execute(
                "insert into partner_agency (id, revision, created_at, name_fa, name_en, is_sample)"
                " values ($1, 1, now(), $2, $3, true)",
                found, *_AGENCY,
            )  # fmt: skip
        if self.place.province_id:
            await self._link("agency_province", "agency_id", found, "province_id", self.place.province_id)
        return found

    async def token(
        self, role: UserRole, owner_column: str, owner: UUID, kept: Mapping[str, str]
    ) -> dict[str, str]:
        """Return a working token of the owner; the one of an earlier start if it still works."""
        known = kept.get(role.value)
        if known and await self.connection.fetchval(
            "select 1 from api_token where hash = $1 and revoked_at is null", hash_of(known)
        ):
            return {"role": role.value, "token": known}
        await self.connection.execute(
            f"update api_token set revoked_at = now() where {owner_column} = $1 and is_sample"  # noqa: S608 - one of two names of ours
            " and revoked_at is null",
            owner,
        )
        made = new_token()
        scopes = json.dumps([scope.value for scope in TokenScope])
        await self.connection.execute(
            f"insert into api_token (id, revision, created_at, name, is_sample, {owner_column}, prefix,"  # noqa: S608 - one of two names of ours
            " hash, scopes) values ($1, 1, now(), 'demo', true, $2, $3, $4, $5)",
            new_id(), owner, made.prefix, made.hash, scopes,
        )  # fmt: skip
        return {"role": role.value, "token": made.token}

    async def _link(self, table: str, near: str, owner: UUID, far: str, target: UUID) -> None:
        await self.connection.execute(
            f"insert into {table} (id, revision, created_at, is_sample, {near}, {far})"  # noqa: S608 - names of ours
            " values ($1, 1, now(), true, $2, $3)"
            f" on conflict ({near}, {far}) where deleted_at is null do nothing",
            new_id(), owner, target,
        )  # fmt: skip
