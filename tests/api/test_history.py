"""The audit trail in the API: who, when, which field, before and after; for staff only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schema.vocabulary import UserRole
from tests.world import CLUSTER, PROVINCE, STAKEHOLDER, number

if TYPE_CHECKING:
    from tests.world import Api

pytestmark = pytest.mark.usefixtures("world")

TRAIL = """query ($id: ID!) { node(id: $id) { ... on Cluster { history { nodes {
  action actor entity subject changes { field before after } cluster { slug } } } } } }"""


@pytest.mark.requirement("I17")
async def test_every_change_is_in_the_trail_of_what_it_changed(api: Api) -> None:
    cluster = f"Cluster_{number(CLUSTER, 1)}"
    await api.accepted("editCluster", {"id": cluster, "nameEn": "Weavers of Lorestan"})
    trail = (await api.data(TRAIL, {"id": cluster}))["node"]["history"]["nodes"]
    assert [(entry["action"], entry["subject"], entry["actor"]) for entry in trail] == [
        ("editCluster", cluster, api.viewer.actor)
    ]
    assert {"field": "nameEn", "before": "Cluster 1", "after": "Weavers of Lorestan"} in trail[0]["changes"]
    assert trail[0]["cluster"] == {"slug": "cluster-1"}


@pytest.mark.requirement("I18")
async def test_a_partner_reads_no_trail_and_nobody_reads_contact_data_in_it(api: Api) -> None:
    stakeholder = f"Stakeholder_{number(STAKEHOLDER, 11)}"
    await api.accepted("editStakeholder", {"id": stakeholder, "phone": "06632222222"})
    document = "{ auditEntries { nodes { changes { field before after } } } }"
    entries = (await api.data(document))["auditEntries"]["nodes"]
    assert entries == [{"changes": [{"field": "phone", "before": None, "after": None}]}]
    partner = api.as_(UserRole.PARTNER_AGENCY, provinces=(number(PROVINCE, 1),))
    assert (await partner.data(document))["auditEntries"]["nodes"] == []
    viewer = api.as_(UserRole.PROVINCE_VIEWER, provinces=(number(PROVINCE, 2),))
    assert (await viewer.data(document))["auditEntries"]["nodes"] == []


async def test_the_trail_is_filtered_by_actor_field_and_time(api: Api) -> None:
    cluster = f"Cluster_{number(CLUSTER, 1)}"
    await api.accepted("editCluster", {"id": cluster, "nameEn": "Weavers"})
    await api.accepted("editCluster", {"id": cluster, "workshopsCount": 130})
    count = (
        "query ($filter: AuditEntryFilter) { auditEntries(filter: $filter) { totalCount nodes { fields } } }"
    )
    for given, found in (
        ({"fields": {"contains": "nameEn"}}, 1),
        ({"fields": {"contains": "workshopsCount"}}, 1),
        ({"fields": {"contains": "name_en"}}, 0),
        ({"fields": {"contains": "altitude"}}, 0),
        ({"actor": {"eq": api.viewer.actor}}, 2),
        ({"actor": {"eq": "somebody else"}}, 0),
        ({"at": {"gte": "2020-01-01T00:00:00Z"}, "subject": {"eq": cluster}}, 2),
        ({"at": {"lt": "2020-01-01T00:00:00Z"}}, 0),
    ):
        data = await api.data(count, {"filter": given})
        assert data["auditEntries"]["totalCount"] == found, given
