"""The trail says what changed in the words of the contract, whatever the tables call it, and hides what it hid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import orjson
import pytest
from strawberry.utils.str_converters import to_camel_case
from tortoise import Model, fields

from schema import declaration as said
from schema.graph import ENTITIES, declarations
from schema.guards import Reference
from schema.history.names import CALLED, called, refers
from schema.vocabulary import UserRole
from services.graphql.compiler.sql import expand
from services.graphql.contract import contract_of_the_code
from services.migration_file import collect_guards
from tests.world import CLUSTER, PROVINCE, STAKEHOLDER, number

if TYPE_CHECKING:
    import asyncpg

    from tests.world import Api

_PLAIN: Final = re.compile(r"\{t\}\.(\w+)")
_NO_REFERENCE: Final = {"entity_id", "lane", "lease", "subject_id"}
"""Ids whose type stands beside them, and marks of a worker."""
_UNGUARDED: Final = {
    "cluster_id": "Cluster",
    "clusters": "Cluster",
    "deliveries": "NotificationDelivery",
    "provinces": "Province",
}
"""What no foreign key says: lists of ids, and what is written before its cluster is looked up."""
_OF_ANY: Final = {"cluster", "createdAt", "deletedAt", "isSample", "province", "revision"}
_UNREAD: Final = {
    "ApiToken": {"hash"},
    "AuditEntry": {"after", "before", "entityId"},
    "CouncilSeat": {"user"},
    "DeliveryAttempt": {"agency", "delivery", "endpoint", "user"},
    "DeliveryReplay": {"agency", "deliveries"},
    "Document": {"upload"},
    "Event": {"occasion", "sequence", "subjectId", "subjectType", "trace"},
    "InboxEntry": {"delivery", "user"},
    "Job": {"advancedAt", "cursor", "gathered", "given", "language", "lease", "leasedUntil", "user"},
    "JobItem": {"job", "user"},
    "NotificationDelivery": {"address", "agency", "content", "lane", "lease", "leasedUntil", "position"},
    "NotificationPreference": {"messengerAddress", "phoneNumber", "user"},
    "NotificationSubscription": {"user"},
    "StudySolution": {"study"},
    "Upload": {"user"},
    "UserSession": {"hash", "identity", "idleUntil"},
    "WebhookEndpoint": {"formerSecret"},
}
"""What a type does not show: whom its row belongs to, secrets, and what only the services keep for themselves."""


def tables() -> dict[str, type[Model]]:
    """Return every table a change can be of, by the name that the trail has for it."""
    contract_of_the_code()
    public: dict[type, str] = {entity.row: name for name, entity in ENTITIES.items()}
    rows = {row for row in _below(Model) if row.__module__.startswith("schema.") and not row._meta.abstract}
    return {public.get(row, row.__name__): row for row in sorted(rows, key=lambda row: row.__name__)}


def _below(kind: type[Model]) -> set[type[Model]]:
    return {row for below in kind.__subclasses__() for row in (below, *_below(below))}


def declared(entity: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the public type calls its columns, and which types they refer to."""
    names: dict[str, str] = {}
    targets: dict[str, str] = {}
    if entity not in ENTITIES:
        return names, targets
    for key, (field, declaration) in declarations(ENTITIES[entity].graph).items():
        name = field.graphql_name or to_camel_case(key)
        if isinstance(declaration, said.Column):
            column = key if declaration.sql is None else _PLAIN.fullmatch(declaration.sql)
            if column:
                names[column if isinstance(column, str) else column[1]] = name
        elif isinstance(declaration, said.One):
            names.setdefault(declaration.near, name)
            targets[declaration.near] = declaration.target
    return names, targets


def expected() -> dict[tuple[str, str], tuple[str, str | None]]:
    """Return for every column of every table its name in the API and the type it refers to."""
    found: dict[tuple[str, str], tuple[str, str | None]] = {}
    public = {entity.row._meta.db_table: name for name, entity in ENTITIES.items()}
    by_table = {row._meta.db_table: name for name, row in tables().items()} | public
    guarded = {
        (guard.table, guard.column): by_table[guard.target]
        for guard in collect_guards()
        if isinstance(guard, Reference)
    }
    for entity, row in tables().items():
        names, targets = declared(entity)
        for column, kind in row._meta.fields_map.items():
            target = (
                targets.get(column) or guarded.get((row._meta.db_table, column)) or _UNGUARDED.get(column)
            )
            if isinstance(kind, fields.UUIDField) and column != "id" and not target:
                assert column in _NO_REFERENCE, f"{entity}.{column} refers to nothing"
            bare = column.removesuffix("_id") if target else column
            name = names.get(column) or CALLED.get(f"{entity}.{column}") or to_camel_case(bare)
            found[entity, column] = (name, target)
    return found


async def test_every_column_of_every_table_has_its_name_and_its_type_in_the_api(
    pool: asyncpg.Pool[asyncpg.Record],
) -> None:
    wanted = expected()
    entities, columns = zip(*wanted, strict=True)
    pieces = expand(f"{called('entity', 'key')} as field, {refers('entity', 'key')} as target", {})
    rows = await pool.fetch(
        f"select entity, key, {''.join(map(str, pieces))} from unnest($1::text[], $2::text[]) given(entity, key)",
        list(entities),
        list(columns),
    )
    told: dict[tuple[str, str], tuple[str, str | None]] = {
        (row["entity"], row["key"]): (row["field"], row["target"]) for row in rows
    }
    assert {key: told[key] for key in wanted if told[key] != wanted[key]} == {}, "add it to schema/history/names.py"


def test_no_two_columns_of_a_table_are_called_alike() -> None:
    found = expected()
    for entity in tables():
        names = [name for (of, _), (name, _) in found.items() if of == entity]
        assert len(names) == len(set(names)), entity


def test_the_trail_calls_a_thing_as_its_type_does() -> None:
    schema = contract_of_the_code().schema
    unread: dict[str, set[str]] = {}
    for (entity, _), (name, _) in expected().items():
        kind: Any = schema.type_map.get(entity)
        if kind is not None and name not in kind.fields and name not in _OF_ANY:
            unread.setdefault(entity, set()).add(name)
    assert unread == _UNREAD


TRAIL: Final = """query ($entity: String!) { auditEntries(filter: {entity: {eq: $entity}}) { nodes {
  fields changes { field before after aboutBefore { nameEn } aboutAfter { nameEn } } } } }"""


async def told(api: Api, entity: str) -> dict[str, dict[str, Any]]:
    """Return the last change of a type of thing, by field."""
    entries = (await api.data(TRAIL, {"entity": entity}))["auditEntries"]["nodes"]
    assert entries[-1]["fields"] == ",".join(sorted(change["field"] for change in entries[-1]["changes"]))
    return {change["field"]: change for change in entries[-1]["changes"]}


@pytest.mark.requirement("I17", "I18")
@pytest.mark.usefixtures("world")
async def test_a_reader_gets_field_names_global_ids_and_the_names_that_they_may_see(api: Api) -> None:
    province = f"Province_{number(PROVINCE, 1)}"
    county = await api.accepted("addCounty", {"provinceId": province, "nameFa": "دورود", "nameEn": "Dorud"})
    weaver = f"Stakeholder_{number(STAKEHOLDER, 11)}"
    await api.accepted("editStakeholder", {"id": weaver, "countyId": county["id"], "contactName": "Somebody"})
    moved = await told(api, "Stakeholder")
    nothing, dorud = {"nameEn": None}, {"nameEn": "Dorud"}
    assert moved["county"] == {
        "field": "county", "before": None, "after": county["id"], "aboutBefore": nothing, "aboutAfter": dorud,
    }  # fmt: skip
    assert moved["contactName"] == {
        "field": "contactName", "before": None, "after": None, "aboutBefore": nothing, "aboutAfter": nothing,
    }  # fmt: skip
    committee = await api.accepted("formProvincialCommittee", {"provinceId": province})
    office = {"kind": "NGO", "sector": "NON_GOVERNMENTAL", "nameFa": "نهاد", "nameEn": "Office"}
    institution = await api.accepted("enterSupportInstitution", office)
    seat = {"committeeId": committee["id"], "role": "CHAIR", "titleFa": "معاون", "titleEn": "Deputy"}
    await api.accepted("appointCommitteeSeat", {**seat, "institutionId": institution["id"]})
    appointed = await told(api, "CommitteeSeat")
    assert appointed["committee"]["after"] == committee["id"]
    assert (appointed["role"]["before"], appointed["role"]["after"]) == (None, "CHAIR")
    assert appointed["institution"]["after"] == institution["id"]
    assert appointed["institution"]["aboutAfter"] == {"nameEn": "Office"}
    elsewhere = api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(number(PROVINCE, 2),))
    assert (await elsewhere.data(TRAIL, {"entity": "CommitteeSeat"}))["auditEntries"]["nodes"] == []


@pytest.mark.requirement("I18")
@pytest.mark.usefixtures("world")
async def test_lists_of_ids_are_read_and_answers_of_surveys_are_not(api: Api) -> None:
    province, cluster, other = number(PROVINCE, 1), number(CLUSTER, 1), number(CLUSTER, 4)
    kept: dict[str, dict[str, object]] = {
        "NotificationSubscription": {"provinces": [str(province)], "clusters": [str(cluster), str(other)]},
        "TrustRating": {"rater_id": str(number(STAKEHOLDER, 11)), "axis": "MEMBER", "score": 4},
        "SubProject": {"cluster_id": str(cluster), "carried_from_id": str(other)},
    }
    for entity, after in kept.items():
        await api.pool.execute(
            "insert into audit_entry (id, at, actor, action, entity, entity_id, request_id, after)"
            " values (gen_random_uuid(), now(), 'test', 'test', $1, gen_random_uuid(), 'test', $2)",
            entity,
            orjson.dumps(after).decode(),
        )
    wish = await told(api, "NotificationSubscription")
    assert wish["provinceIds"]["after"] == f'["Province_{province}"]'
    assert wish["clusterIds"]["after"] == f'["Cluster_{cluster}", "Cluster_{other}"]'
    answer = await told(api, "TrustRating")
    assert set(answer) == {"axis", "rater", "score"}
    assert {change["after"] for change in answer.values()} == {None}
    assert {change["aboutAfter"]["nameEn"] for change in answer.values()} == {None}
    carried = await told(api, "SubProject")
    assert carried["cluster"]["aboutAfter"] == {"nameEn": "Cluster 1"}
    assert carried["carriedFrom"]["after"] == f"SubProject_{other}"
    assert carried["carriedFrom"]["aboutAfter"] == {"nameEn": None}, "there is no such sub-project to be seen"
