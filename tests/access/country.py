"""The sample with a neighbour in Lorestan, papers and happenings everywhere, and where each of its things lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from schema.graph import ENTITIES
from schema.identity import global_id, new_id
from schema.vocabulary import UserRole
from services.database import open_pool
from services.local.demo import SLUG, prepare_demo
from services.sample.load import copy_sample
from services.sample.progress import silent
from services.settings import read_settings
from tests.access.declared import (
    EVERYWHERE,
    FAR,
    HERE,
    NEXT_DOOR,
    NOBODYS,
    OF_THE_ACCESS_LAYER,
    PUBLIC_TYPES,
    READERS_OF_MINUTES,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    import asyncpg

    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]


@dataclass(frozen=True, slots=True)
class Country:
    """The sample with a second cluster in Lorestan, and where each of its things lies."""

    url: str
    demo: dict[str, Any]
    places: dict[str, str]
    owners: dict[str, str]
    papers: dict[str, frozenset[UserRole]]
    senders: dict[str, str]

    def one(self, type_name: str, place: str) -> str | None:
        """Something of this type in this place."""
        return next(
            (
                found
                for found, where in self.places.items()
                if where == place and found.startswith(f"{type_name}_")
            ),
            None,
        )


async def fill_country(url: str) -> Country:
    """Fill a migrated database and say where everything lies."""
    settings = read_settings(database_url=url, database_pool_min=1)
    pool = await open_pool(settings)
    try:
        async with pool.acquire() as connection:
            await copy_sample(connection, silent)
        home = await pool.fetchrow("select id, province_id from cluster where slug = $1", SLUG)
        next_door = await pool.fetchval(
            "select c.id from cluster c where c.slug <> $1 and exists (select 1 from council_meeting m"
            " where m.cluster_id = c.id) order by id limit 1",
            SLUG,
        )
        await pool.execute(
            "update cluster set province_id = $1 where id = $2", home["province_id"], next_door
        )
        await pool.execute(
            "update stakeholder set phone = '0661234', contact_name = 'x', email = 'a@b.example'"
        )
        await pool.execute("update council_meeting set minutes_fa = 'صورت‌جلسه', minutes_en = 'Minutes'")
        await _happen(pool)
        await _settle(pool)
        demo = await prepare_demo(settings, {})
        await _attach(pool)
        clusters = {row[0]: FAR for row in await pool.fetch("select id from cluster")}
        clusters |= {home["id"]: HERE, next_door: NEXT_DOOR}
        places = await _places(pool, clusters, home["province_id"])
        owners = {
            UserRole(row["role"]): global_id("User", row["id"])
            for row in await pool.fetch("select id, role from app_user")
        }
        return Country(
            url,
            demo,
            places,
            {str(role): user for role, user in owners.items()},
            await _papers(pool),
            {
                global_id("Upload", row["id"]): global_id("User", row["user_id"])
                for row in await pool.fetch("select id, user_id from upload")
            },
        )
    finally:
        await pool.close()


async def _happen(pool: Pool) -> None:
    """Let something happen in every cluster, and something that concerns the whole country."""
    await pool.execute(
        "insert into event (id, type, version, at, cluster_id, province_id, subject_type, subject_id, actor,"
        " correlation_id, payload) select gen_random_uuid(), 'cluster.edited', 1, now(), c.id, c.province_id,"
        " 'Cluster', c.id, 'test', 'test', '{}'::jsonb from cluster c union all"
        " select gen_random_uuid(), 'cluster.edited', 1, now(), null, null, 'Cluster', gen_random_uuid(), 'test',"
        " 'test', '{}'::jsonb"
    )


async def _settle(pool: Pool) -> None:
    """Let half of the workshops of Lorestan be in a village, and let another province have a committee."""
    await pool.execute("update committee_session set minutes_fa = 'صورت‌جلسه', minutes_en = 'Minutes'")
    await pool.execute(
        "with village as (insert into place (id, county_id, kind, name_fa, name_en, revision, created_at)"
        " select gen_random_uuid(), y.id, 'VILLAGE', 'ده', 'Village', 1, now() from county y returning id, county_id)"
        " update stakeholder s set place_id = village.id from village where s.county_id = village.county_id"
        " and s.place_id is null"
    )
    await pool.execute(
        "insert into provincial_committee (id, province_id, formed_on, is_sample, revision, created_at)"
        " select gen_random_uuid(), id, '2020-01-01', true, 1, now() from province where iso_code = 'IR-08'"
    )


async def _attach(pool: Pool) -> None:
    """Attach papers of three sorts to every cluster, and let every user have a file that waits."""
    insert = (
        "with file as (insert into upload (id, user_id, file_name, media_type, size, sha256, revision, created_at)"
        " select gen_random_uuid(), u.id, 'a.pdf', 'application/pdf', 9, repeat('a', 64), 1, now()"
        " from app_user u returning id, user_id) select 1"
    )
    await pool.execute(insert)
    sender = await pool.fetchval("select id from app_user order by id limit 1")
    for kind, table, column in (
        ("ACTION_PLAN", "cluster", None),
        ("APPOINTMENT_LETTER", "cluster", None),
        ("COUNCIL_MINUTES", "council_meeting", "meeting_id"),
    ):
        for owner in await pool.fetch(f"select * from {table}"):  # noqa: S608 - a table of ours
            upload = new_id()
            await pool.execute(
                "insert into upload (id, user_id, file_name, media_type, size, sha256, revision, created_at,"
                " attached_at) values ($1, $2, 'a.pdf', 'application/pdf', 9, repeat('a', 64), 1, now(), now())",
                upload, sender,
            )  # fmt: skip
            await pool.execute(
                "insert into document (id, cluster_id, meeting_id, upload_id, kind, title_fa, file_name, media_type,"
                " size, sha256, uploaded_by, revision, created_at, is_sample) values ($1, $2, $3, $4, $5, 'سند',"
                " 'a.pdf', 'application/pdf', 9, repeat('a', 64), 'test', 1, now(), true)",
                new_id(), owner["cluster_id"] if column else owner["id"], owner["id"] if column else None, upload,
                kind,
            )  # fmt: skip


async def _papers(pool: Pool) -> dict[str, frozenset[UserRole]]:
    """Say by hand who reads which paper: minutes the council, papers that name people nobody outside."""
    found: dict[str, frozenset[UserRole]] = {}
    for row in await pool.fetch("select id, kind, meeting_id from document"):
        if row["meeting_id"] is not None:
            readers = READERS_OF_MINUTES
        elif row["kind"] in {"APPOINTMENT_LETTER", "ATTENDANCE_LIST", "OTHER"}:
            readers = frozenset(UserRole) - {UserRole.PARTNER_AGENCY}
        else:
            readers = frozenset(UserRole)
        found[global_id("Document", row["id"])] = readers
    # In which village a workshop is, is nobody's business outside either.
    for row in await pool.fetch("select id from place where kind = 'VILLAGE'"):
        found[global_id("Place", row["id"])] = frozenset(UserRole) - {UserRole.PARTNER_AGENCY}
    # What is not approved yet is nobody's business outside.
    for row in await pool.fetch("select id from indicator_value where status <> 'APPROVED'"):
        found[global_id("IndicatorValue", row["id"])] = frozenset(UserRole) - {UserRole.PARTNER_AGENCY}
    return found


async def _places(pool: Pool, clusters: Mapping[UUID, str], province: UUID) -> dict[str, str]:
    places: dict[str, str] = {}
    for name, entity in ENTITIES.items():
        columns, table = entity.row._meta.fields_map, entity.row._meta.db_table
        if name == "Cluster":
            found = dict(clusters)
        elif name in PUBLIC_TYPES:
            found = {row["id"]: EVERYWHERE for row in await pool.fetch(f"select id from {table}")}  # noqa: S608
        elif name == "SupportInstitution":
            rows = await pool.fetch("select id, province_id from support_institution")
            found = {row["id"]: EVERYWHERE if row["province_id"] in {None, province} else FAR for row in rows}
        elif name == "InstitutionName":
            rows = await pool.fetch(
                "select n.id, i.province_id from institution_name n"
                " join support_institution i on i.id = n.institution_id"
            )
            found = {row["id"]: EVERYWHERE if row["province_id"] in {None, province} else FAR for row in rows}
        elif name == "Place":
            found = {row["id"]: EVERYWHERE for row in await pool.fetch("select id from place")}
        elif "province_id" in columns and "cluster_id" not in columns and name not in OF_THE_ACCESS_LAYER:
            rows = await pool.fetch(f"select id, province_id from {table}")  # noqa: S608 - tables of ours
            found = {row["id"]: EVERYWHERE if row["province_id"] == province else FAR for row in rows}
        elif name in OF_THE_ACCESS_LAYER:
            found = {row["id"]: f"own {name}" for row in await pool.fetch(f"select id from {table}")}  # noqa: S608
        else:
            assert "cluster_id" in columns, f"{name}: say in this matrix who may see it."
            rows = await pool.fetch(f"select id, cluster_id from {table}")  # noqa: S608 - tables of ours
            found = {row["id"]: clusters.get(row["cluster_id"], NOBODYS) for row in rows}
        places |= {global_id(name, row): place for row, place in found.items()}
    return places
