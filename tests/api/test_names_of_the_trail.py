"""The trail says what changed in the words of the contract, whatever the tables call it, and hides what it hid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson
import pytest

from schema.history.names import called, refers
from schema.vocabulary import UserRole
from services.graphql.compiler.sql import expand
from services.graphql.contract import contract_of_the_code
from tests.trail_columns import expected, tables
from tests.world import CLUSTER, PROVINCE, STAKEHOLDER, number

if TYPE_CHECKING:
    import asyncpg

    from tests.world import Api

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


async def test_every_column_of_every_table_has_its_name_and_its_type_in_the_api(
    pool: asyncpg.Pool[asyncpg.Record],
) -> None:
    wanted = expected()
    entities, columns = zip(*wanted, strict=True)
    target = refers("entity", "key")
    pieces = expand(f"{called('entity', 'key', target)} as field, {target} as target", {})
    rows = await pool.fetch(
        f"select entity, key, {''.join(map(str, pieces))}"  # noqa: S608 - names of ours
        " from unnest($1::text[], $2::text[]) given(entity, key)",
        list(entities),
        list(columns),
    )
    told: dict[tuple[str, str], tuple[str, str | None]] = {
        (row["entity"], row["key"]): (row["field"], row["target"]) for row in rows
    }
    assert {key: told[key] for key in wanted if told[key] != wanted[key]} == {}, (
        "add it to schema/history/names.py"
    )


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
