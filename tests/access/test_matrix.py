"""Who sees what: every role against every type, field and mutation, here, next door and far away."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson
import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, GraphQLScalarType

from schema.access import ACTIONS
from schema.graph import ENTITIES
from schema.identity import global_id, new_id
from schema.vocabulary import UserRole
from services.database import close_rows, open_pool, open_rows
from services.graphql.compiler.catalog import Computed, Scalar, ToMany, ToOne
from services.graphql.exchange import GraphQLRequest
from services.graphql.mutations.registry import MUTATIONS
from services.graphql.viewer import Viewers
from services.local.demo import SLUG, prepare_demo
from services.sample.load import copy_sample
from services.sample.progress import silent
from services.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping
    from uuid import UUID

    import asyncpg

    from schema.viewers import Viewer
    from services.graphql.compiler.catalog import ObjectType
    from services.graphql.engine import Engine

    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]

pytestmark = pytest.mark.requirement("I18")

HERE, NEXT_DOOR, FAR, EVERYWHERE, NOBODYS = "here", "next door", "far", "everywhere", "nobody's"
PLACES: Final = (HERE, NEXT_DOOR, FAR)

# Written down by hand, so that a change of the scopes has to be said twice.
REACHED: Final[dict[UserRole, frozenset[str]]] = {
    UserRole.NATIONAL_ADMINISTRATOR: frozenset({HERE, NEXT_DOOR, FAR, NOBODYS}),
    UserRole.NATIONAL_VIEWER: frozenset({HERE, NEXT_DOOR, FAR, NOBODYS}),
    UserRole.PROVINCE_ADMINISTRATOR: frozenset({HERE, NEXT_DOOR}),
    UserRole.PROVINCE_VIEWER: frozenset({HERE, NEXT_DOOR}),
    UserRole.DEVELOPMENT_AGENT: frozenset({HERE}),
    UserRole.COUNCIL_MEMBER: frozenset({HERE}),
    UserRole.TECHNICAL_ADVISOR: frozenset({HERE}),
    UserRole.NETWORK_REPRESENTATIVE: frozenset({HERE}),
    UserRole.PARTNER_AGENCY: frozenset({HERE, NEXT_DOOR}),
}
PUBLIC_TYPES: Final = {
    "Province", "County", "ProgrammeTemplate", "PhaseTemplate", "GateTemplate", "AdditionalSubProjectType",
    "Indicator",
}  # fmt: skip
OF_THE_ACCESS_LAYER: Final = {
    "User", "PartnerAgency", "ApiToken", "UserSession", "TrustedDocument",
    "WebhookEndpoint", "NotificationDelivery", "DeliveryAttempt", "DeliveryReplay", "SetAsideEvent",
    "InboxEntry", "Job", "JobItem", "SavedView", "NotificationPreference", "NotificationSubscription", "Upload",
}  # fmt: skip
READERS_OF_MINUTES: Final = frozenset(UserRole) - {
    UserRole.NATIONAL_VIEWER,
    UserRole.PROVINCE_VIEWER,
    UserRole.PARTNER_AGENCY,
}
ONLY_FOR: Final[dict[str, frozenset[UserRole]]] = {
    "DecisionVote": READERS_OF_MINUTES,
    "AuditEntry": frozenset(UserRole) - {UserRole.PARTNER_AGENCY},
}
FIELDS_ONLY_FOR: Final[dict[str, frozenset[UserRole]]] = {
    field: frozenset(
        {UserRole.NATIONAL_ADMINISTRATOR, UserRole.PROVINCE_ADMINISTRATOR, UserRole.DEVELOPMENT_AGENT}
    )
    for field in ("Stakeholder.contactName", "Stakeholder.phone", "Stakeholder.email")
} | dict.fromkeys(
    (
        "CouncilMeeting.minutesFa",
        "CouncilMeeting.minutesEn",
        "CouncilDecision.noteFa",
        "CouncilDecision.noteEn",
    ),
    READERS_OF_MINUTES,
)
ID: Final = re.compile(r"[A-Z][A-Za-z]+_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


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


@pytest.fixture(scope="module")
def country(module_database_url: str) -> Country:
    """Fill a database once; nothing in this module ever changes it."""
    return asyncio.run(_fill(module_database_url))


async def _fill(url: str) -> Country:
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
        elif name in OF_THE_ACCESS_LAYER:
            found = {row["id"]: f"own {name}" for row in await pool.fetch(f"select id from {table}")}  # noqa: S608
        else:
            assert "cluster_id" in columns, f"{name}: say in this matrix who may see it."
            rows = await pool.fetch(f"select id, cluster_id from {table}")  # noqa: S608 - tables of ours
            found = {row["id"]: clusters.get(row["cluster_id"], NOBODYS) for row in rows}
        places |= {global_id(name, row): place for row, place in found.items()}
    return places


@dataclass(slots=True)
class Asking:
    """One role, asking through the real engine with its real token."""

    engine: Engine
    country: Country
    viewer: Viewer
    cells: int = 0

    async def ask(self, document: str, variables: Mapping[str, object] | None = None) -> dict[str, Any]:
        response = await self.engine.execute(
            GraphQLRequest(document, None, variables), self.viewer, trusted=True
        )
        found: dict[str, Any] = orjson.loads(response.body)
        return found

    def may_see(self, found: str) -> bool:
        """Say what the matrix says, by hand and not by the scopes."""
        role, type_name = self.viewer.role, found.partition("_")[0]
        place = self.country.places.get(found, NOBODYS)
        if role not in ONLY_FOR.get(type_name, frozenset(UserRole)):
            return False
        if role not in self.country.papers.get(found, frozenset(UserRole)):
            return False
        if type_name in OF_THE_ACCESS_LAYER:
            return self._is_own(found, type_name)
        return place == EVERYWHERE or place in REACHED[role]

    def _is_own(self, found: str, type_name: str) -> bool:
        role = self.viewer.role
        if type_name == "NotificationPreference":
            return found == f"NotificationPreference_{self.viewer.user_id}"
        if type_name == "Upload":
            return self.country.senders[found] == self.viewer.actor
        if role is UserRole.NATIONAL_ADMINISTRATOR:
            return True
        if type_name == "User":
            national = {self.country.owners[str(other)] for other in (
                UserRole.NATIONAL_ADMINISTRATOR, UserRole.NATIONAL_VIEWER)}  # fmt: skip
            return found == self.viewer.actor or (
                role is UserRole.PROVINCE_ADMINISTRATOR and found not in national
            )
        if type_name == "PartnerAgency":
            return role is UserRole.PARTNER_AGENCY
        return type_name == "ApiToken" and found == f"ApiToken_{self.viewer.token_id}"

    def check_ids(self, answer: object) -> None:
        """Nothing the role may not see is named anywhere in an answer."""
        for found in set(ID.findall(orjson.dumps(answer).decode())):
            self.cells += 1
            # An event names its subject; that of an event seen is always of the same cluster.
            assert self.may_see(found), (self.viewer.role, found, self.country.places.get(found))


@pytest.fixture(params=list(UserRole), ids=lambda role: role.value.lower())
async def asking(
    request: pytest.FixtureRequest, country: Country, contract_engine: Engine
) -> AsyncIterator[Asking]:
    """Ask as each role in turn."""
    settings = read_settings(database_url=country.url, database_pool_min=1)
    pool = await open_pool(settings)
    await open_rows(settings, pool=pool)
    contract_engine.settings = settings
    await contract_engine.open(pool)
    token = next(entry["token"] for entry in country.demo["tokens"] if entry["role"] == request.param.value)
    viewers = Viewers(pool)
    from tests.access.conftest import request_with  # noqa: PLC0415 - a fixture cannot take parameters

    yield Asking(
        contract_engine, country, await viewers.viewer_of(request_with(authorization=f"Bearer {token}"))
    )
    await viewers.close()
    await close_rows()
    await pool.close()


def everything_of(type_: ObjectType, engine: Engine) -> str:
    """Select every field of a type: scalars, relations in both directions, figures."""
    parts: list[str] = []
    for name, field in type_.fields.items():
        match field:
            case Scalar():
                parts.append(name)
            case ToOne():
                parts.append(f"{name} {{ id }}")
            case ToMany() if field.declaration.paged:
                parts.append(f"{name} {{ totalCount nodes {{ id }} edges {{ cursor }} }}")
            case ToMany():
                parts.append(f"{name} {{ id }}")
            case Computed():
                figures = engine.catalog.type(field.target).fields
                scalars = " ".join(part for part, kind in figures.items() if isinstance(kind, Scalar))
                parts.append(f"{name} {{ __typename {scalars} }}")
            case _:
                parts.append(f"{name} {{ action allowed reasons {{ code }} }}")
    return " ".join(parts)


def entities(engine: Engine) -> Iterator[tuple[str, str, ObjectType]]:
    for name, entity in ENTITIES.items():
        yield name, entity.plural if entity.root else "", engine.catalog.type(name)


async def test_single_objects_lists_nodes_counts_and_filters_agree_with_the_matrix(asking: Asking) -> None:
    cells = 0
    for name, plural, _ in entities(asking.engine):
        examples = [asking.country.one(name, place) for place in (*PLACES, EVERYWHERE, NOBODYS)]
        examples.append(asking.viewer.actor if name == "User" else None)
        for found in filter(None, examples):
            lists = (
                f" listed: {plural}(filter: {{ id: {{ eq: $id }} }}) {{ totalCount nodes {{ id }} edges {{ cursor }} }}"
                f" none: {plural}(filter: {{ not: {{ id: {{ ne: $id }} }} }}) {{ nodes {{ id }} }}"
            )
            answer = await asking.ask(
                "query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id }"
                f" {lists if plural and found.startswith(f'{name}_') else ''} }}",
                {"id": found},
            )
            assert "errors" not in answer, (name, answer["errors"])
            data, seen = answer["data"], asking.may_see(found)
            there = {"id": found} if seen else None
            assert data["node"] == there, (asking.viewer.role, found, asking.country.places[found])
            assert data["nodes"] == [there]
            cells += 2
            if "listed" in data:
                assert data["listed"]["totalCount"] == len(data["listed"]["edges"]) == int(seen)
                assert data["listed"]["nodes"] == data["none"]["nodes"] == ([there] if seen else [])
                cells += 4
    assert cells >= 120


async def test_no_field_of_anything_in_reach_leads_to_what_is_not(asking: Asking) -> None:
    for name, _, type_ in entities(asking.engine):
        for place in (*PLACES, EVERYWHERE):
            found = asking.country.one(name, place)
            if found is None or not asking.may_see(found):
                continue
            fields = everything_of(type_, asking.engine)
            document = f"query ($id: ID!) {{ node(id: $id) {{ ... on {name} {{ {fields} }} }} }}"
            answer = await asking.ask(document, {"id": found})
            assert "errors" not in answer, (name, answer["errors"])
            asking.check_ids(answer["data"])
            for field, kind in type_.fields.items():
                if isinstance(kind, Scalar):
                    asking.cells += 1
                    allowed = FIELDS_ONLY_FOR.get(f"{name}.{field}", frozenset(UserRole))
                    assert asking.viewer.role in allowed or answer["data"]["node"][field] is None, (
                        name,
                        field,
                    )
    assert asking.cells >= 150


async def test_lists_name_only_what_is_in_reach_and_count_only_that(asking: Asking) -> None:
    for name, plural, _ in entities(asking.engine):
        if not plural:
            continue
        answer = await asking.ask(f"{{ {plural}(first: 100) {{ totalCount nodes {{ id }} }} }}")
        assert "errors" not in answer, (name, answer["errors"])
        asking.check_ids(answer["data"])
        visible = sum(
            asking.may_see(found) for found in asking.country.places if found.startswith(f"{name}_")
        )
        assert answer["data"][plural]["totalCount"] == visible, (asking.viewer.role, name)


async def test_hidden_fields_cannot_be_guessed_by_filters_or_orders(asking: Asking) -> None:
    for name, plural, type_ in entities(asking.engine):
        for field, kind in type_.fields.items():
            if not isinstance(kind, Scalar) or kind.restricted is None:
                continue
            expected = FIELDS_ONLY_FOR[f"{name}.{field}"]
            assert kind.restricted.roles == expected, f"{name}.{field}: the matrix says otherwise."
            if plural and kind.filterable:
                answer = await asking.ask(
                    f'{{ {plural}(filter: {{ {field}: {{ startsWith: "0" }} }}) {{ totalCount }} }}'
                )
                assert ("errors" in answer) == (asking.viewer.role not in expected), (name, field, answer)
            if not plural:
                continue
            ordered = await asking.ask(f"{{ {plural}(orderBy: [{{ {field}: ASC }}]) {{ nodes {{ id }} }} }}")
            assert "errors" in ordered, f"{name}.{field} is restricted and can be ordered by."


async def test_filters_through_relations_and_orders_do_not_tell_of_hidden_rows(asking: Asking) -> None:
    visible = sum(asking.may_see(f) for f in asking.country.places if f.startswith("Cluster_"))
    answer = await asking.ask(
        '{ provinces(filter: { clusters: { nameFa: { contains: "" } } }, first: 100) { totalCount }'
        " all: provinces(first: 100, orderBy: [{ nameFa: ASC }]) { nodes { clusters { totalCount nodes { id } } } }"
        ' institutions: supportInstitutions(filter: { supportCommitments: { cluster: { slug: { ne: "x" } } } })'
        " { nodes { id } } programmeStatistics { __typename } }"
    )
    assert "errors" not in answer, answer
    asking.check_ids(answer["data"])
    provinces = {node["clusters"]["totalCount"] for node in answer["data"]["all"]["nodes"]}
    assert sum(n["clusters"]["totalCount"] for n in answer["data"]["all"]["nodes"]) == visible
    assert answer["data"]["provinces"]["totalCount"] == sum(
        1 for n in answer["data"]["all"]["nodes"] if n["clusters"]["totalCount"]
    ), provinces


def fill(kind: Any, given: Mapping[str, Any], depth: int = 0) -> Any:
    """Make the least input of a type: required fields only, each with a value that can be coerced."""
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    if isinstance(kind, GraphQLList):
        return [fill(kind.of_type, {}, depth + 1)]
    if isinstance(kind, GraphQLInputObjectType):
        made = {
            name: fill(field.type, {}, depth + 1)
            for name, field in kind.fields.items()
            if isinstance(field.type, GraphQLNonNull) and name not in given
        }
        return {**made, **{name: value for name, value in given.items() if name in kind.fields}}
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    assert isinstance(kind, GraphQLScalarType)
    return {"Int": 1, "Float": 1.0, "Boolean": True, "Date": "2026-11-01", "ID": f"Cluster_{new_id()}"}.get(
        kind.name, "1"
    )


def takes_an_id(kind: GraphQLInputObjectType) -> bool:
    """Tell whether a command names something that exists; others would be accepted here."""
    return any(
        isinstance(field.type, GraphQLNonNull) and field.type.of_type.name == "ID"
        for field in kind.fields.values()
        if not isinstance(getattr(field.type, "of_type", None), GraphQLList)
    )


def commanded(name: str, target: str, kind: GraphQLInputObjectType) -> str:
    """Return the type whose id a command takes; one that removes something shows what it left."""
    named = name.removeprefix("remove").removeprefix("withdraw")
    by_itself = f"{named[0].lower()}{named[1:]}"
    # A part that is named beside its whole, as `participantId` is, leaves `id` to the whole.
    beside = any(
        field.endswith("Id") and by_itself.lower().endswith(field[:-2].lower()) for field in kind.fields
    )
    return named if named in ENTITIES and not beside else target


async def test_every_mutation_is_open_to_its_roles_and_finds_nothing_foreign(asking: Asking) -> None:
    schema = asking.engine.schema
    before = await footprint(asking.engine.pool)
    cells = 0
    for name, mutation in MUTATIONS.items():
        kind = schema.mutation_type.fields[name].args["input"].type  # type: ignore[union-attr]  # there are some
        input_type = kind.of_type
        if asking.viewer.role in ACTIONS[name] and not takes_an_id(input_type):
            continue
        document = f"mutation ($input: {input_type.name}!) {{ {name}(input: $input) {{ problems {{ code path }} }} }}"
        for place in PLACES:
            target = commanded(name, mutation.target, input_type)
            found = asking.country.one(target, place)
            absent = global_id(target, new_id())
            answers = []
            for row in (found or absent, absent):
                given = fill(kind, {"id": row, "expectedRevision": 999_999_999})
                answer = await asking.ask(document, {"input": given})
                assert "errors" not in answer, (name, given, answer)
                answers.append({p["code"] for p in answer["data"][name]["problems"]})
                assert await footprint(asking.engine.pool) == before, (name, given)
            cells += 1
            if asking.viewer.role not in ACTIONS[name]:
                assert answers == [{"NOT_ALLOWED"}] * 2, (asking.viewer.role, name)
            elif "id" in input_type.fields and found and not name.startswith(OF_THE_REMOVED):
                expected = "STALE" if asking.may_see(found) else "NOT_FOUND"
                assert answers[0] == {expected}, (asking.viewer.role, name, place, answers)
                assert answers[1] == {"NOT_FOUND"}, (name, answers)
            else:
                assert "NOT_ALLOWED" not in answers[0], (name, answers)
    assert cells >= 200


# These find only what was removed, and nothing of the sample is.
OF_THE_REMOVED: Final = "restore"


async def footprint(pool: Pool) -> tuple[Any, ...]:
    return tuple(
        await pool.fetchrow("select (select count(*) from event), (select count(*) from audit_entry)")
    )


async def test_what_is_foreign_takes_as_long_as_what_is_absent(
    asking: Asking, timed: Callable[..., Any]
) -> None:
    foreign = next(
        (f for f in asking.country.places if f.startswith("Cluster_") and not asking.may_see(f)), None
    )
    if foreign is None:
        return
    document = (
        "query ($id: ID!) { node(id: $id) { id } cluster(id: $id) { nameFa projects { nodes { id } } } }"
    )
    absent = [f"Cluster_{new_id()}" for _ in range(200)]
    ratios = []
    for _ in range(3):
        # What is only noise does not come back every time; a difference does.
        ratios.append(
            await timed(
                200,
                lambda _turn: asking.ask(document, {"id": foreign}),
                lambda turn: asking.ask(document, {"id": absent[turn]}),
            )
        )
        if 0.8 < ratios[-1] < 1.25:
            return
    pytest.fail(f"foreign and absent can be told apart by time: {ratios}")
