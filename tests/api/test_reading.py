"""Reading through the engine: objects, pages, filters, orders, nodes, statistics, scope."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from tests.world import Api

CLUSTER = "Cluster_01900000-0000-7000-8000-00020000000{}"
NAMES = ["خوشه پته", "خوشه ترمه", "خوشه چادرشب", "خوشه گلیم"]


async def test_an_empty_programme_answers(api: Api) -> None:
    data = await api.data("{ clusters { nodes { id } totalCount pageInfo { hasNextPage endCursor } } }")
    assert data == {
        "clusters": {"nodes": [], "totalCount": 0, "pageInfo": {"hasNextPage": False, "endCursor": None}}
    }


@pytest.mark.usefixtures("world")
class TestReading:
    async def test_one_cluster_with_its_province_by_id_and_by_slug(self, api: Api) -> None:
        document = """query ($id: ID!) {
          cluster(id: $id) { id slug nameFa workshopsCount isSample createdAt province { isoCode nameEn } }
          same: clusterBySlug(slug: "cluster-1") { __typename id } none: clusterBySlug(slug: "x") { id } }"""
        data = await api.data(document, {"id": CLUSTER.format(1)})
        assert data == {
            "cluster": {
                "id": CLUSTER.format(1),
                "slug": "cluster-1",
                "nameFa": "خوشه گلیم",
                "workshopsCount": 10,
                "isSample": False,
                "createdAt": "2026-01-01T00:00:00.000000Z",
                "province": {"isoCode": "IR-15", "nameEn": "Lorestan"},
            },
            "same": {"__typename": "Cluster", "id": CLUSTER.format(1)},
            "none": None,
        }

    async def test_clusters_come_in_persian_order(self, api: Api) -> None:
        data = await api.data("{ clusters { nodes { nameFa } } }")
        assert [node["nameFa"] for node in data["clusters"]["nodes"]] == NAMES

    @pytest.mark.parametrize("order", ["", "orderBy: [{nameFa: ASC}]", "orderBy: [{workshopsCount: ASC}]",
        "orderBy: [{workshopsCount: DESC}]", "orderBy: [{province: {nameFa: DESC}}, {nameEn: ASC}]"])  # fmt: skip
    async def test_paging_forward_and_backward_visits_every_node_once(self, api: Api, order: str) -> None:
        whole = await api.data(f"{{ clusters(first: 100, {order}) {{ nodes {{ id }} }} }}")
        expected = [node["id"] for node in whole["clusters"]["nodes"]]
        assert len(expected) == 4
        for size in (1, 2, 3):
            assert await self._forward(api, order, size) == expected
            assert await self._backward(api, order, size) == expected

    async def _forward(self, api: Api, order: str, size: int) -> list[str]:
        document = f"""query ($after: String) {{ clusters(first: {size}, after: $after, {order}) {{
          edges {{ cursor node {{ id }} }} pageInfo {{ hasNextPage hasPreviousPage endCursor }} totalCount }} }}"""
        found: list[str] = []
        after = None
        while True:
            page = (await api.data(document, {"after": after}))["clusters"]
            assert page["totalCount"] == 4
            assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
            found += [edge["node"]["id"] for edge in page["edges"]]
            assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]
            if not page["pageInfo"]["hasNextPage"]:
                return found
            after = page["pageInfo"]["endCursor"]

    async def _backward(self, api: Api, order: str, size: int) -> list[str]:
        document = f"""query ($before: String) {{ clusters(last: {size}, before: $before, {order}) {{
          nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage startCursor }} }} }}"""
        found: list[str] = []
        before = None
        while True:
            page = (await api.data(document, {"before": before}))["clusters"]
            found = [node["id"] for node in page["nodes"]] + found
            if not page["pageInfo"]["hasPreviousPage"]:
                return found
            before = page["pageInfo"]["startCursor"]

    async def test_a_cursor_of_another_order_is_refused(self, api: Api) -> None:
        page = await api.data("{ clusters(first: 1) { pageInfo { endCursor } } }")
        cursor = page["clusters"]["pageInfo"]["endCursor"]
        document = "query ($c: String) { clusters(after: $c, orderBy: [{nameEn: DESC}]) { nodes { id } } }"
        found = await api.ask(document, {"c": cursor})
        assert found["errors"][0]["extensions"]["code"] == "INVALID_CURSOR"
        assert found["errors"][0]["locations"]

    @pytest.mark.parametrize("arguments", ["first: -1", "first: 0", "first: 101", "first: 1000000000", "last: 0",
        "first: 1, last: 1", 'after: "nonsense"', 'after: "W10="', 'filter: {id: {eq: "Phase_1"}}',
        'after: "x", before: "y"', "filter: {nameFa: null}", "filter: {nameFa: {eq: null}}"])  # fmt: skip
    async def test_impossible_arguments_are_refused_with_their_place(self, api: Api, arguments: str) -> None:
        found = await api.ask(f"{{ clusters({arguments}) {{ nodes {{ id }} }} }}")
        assert "data" not in found
        assert found["errors"][0]["extensions"]["code"] in {"BAD_USER_INPUT", "INVALID_CURSOR", "INVALID_ID"}
        assert found["errors"][0]["locations"]

    @pytest.mark.parametrize(("condition", "expected"), [
        ('{slug: {eq: "cluster-1"}}', [1]),
        ('{slug: {ne: "cluster-1"}}', [2, 3, 4]),
        ('{slug: {in: ["cluster-1", "cluster-4"]}}', [1, 4]),
        ('{slug: {notIn: ["cluster-1"]}}', [2, 3, 4]),
        ('{nameFa: {contains: "گليم"}}', [1]),
        ('{nameFa: {startsWith: "خوشه چادر‌شب"}}', [4]),
        ('{nameFa: {eq: "خوشه  گلیم"}}', [1]),
        ("{workshopsCount: {isNull: true}}", [2]),
        ("{workshopsCount: {isNull: false}}", [1, 3, 4]),
        ("{workshopsCount: {ne: 10}}", [2, 3, 4]),
        ("{workshopsCount: {gt: 10, lte: 30}}", [3]),
        ("{not: {workshopsCount: {gt: 10}}}", [1, 2]),
        ('{or: [{slug: {eq: "cluster-1"}}, {slug: {eq: "cluster-2"}}]}', [1, 2]),
        ("{or: []}", []),
        ("{and: []}", [1, 2, 3, 4]),
        ("{}", [1, 2, 3, 4]),
        ('{province: {isoCode: {eq: "IR-08"}}}', [4]),
        ("{phases: {health: {eq: OVERDUE}}}", [1, 3, 4]),
        ("{phases: {daysLeft: {gte: 0}, code: {eq: DIAGNOSTIC_STUDY}}}", [2]),
        ('{networks: {subProjects: {nameEn: {eq: "Sub-project 1"}}}}', [1, 2, 3, 4]),
        ('{id: {eq: "Cluster_01900000-0000-7000-8000-000200000002"}}', [2]),
        ("{status: {in: [UNDER_DEVELOPMENT]}}", [1, 2, 3, 4]),
        ('{createdAt: {gte: "2026-01-01T00:00:00Z"}, nameEn: {gt: "Cluster 3"}}', [4]),
    ])  # fmt: skip
    async def test_filters_mean_what_they_say(self, api: Api, condition: str, expected: list[int]) -> None:
        data = await api.data(
            f"{{ clusters(filter: {condition}, orderBy: [{{slug: ASC}}]) {{ nodes {{ slug }} totalCount }} }}"
        )
        assert [node["slug"] for node in data["clusters"]["nodes"]] == [
            f"cluster-{index}" for index in expected
        ]
        assert data["clusters"]["totalCount"] == len(expected)

    async def test_a_filter_given_as_a_variable_is_the_same_filter(self, api: Api) -> None:
        document = """query ($f: ClusterFilter, $o: [ClusterOrder!]) {
          clusters(filter: $f, orderBy: $o) { nodes { slug } } }"""
        for slug in ("cluster-1", "cluster-3"):
            data = await api.data(document, {"f": {"slug": {"eq": slug}}, "o": [{"slug": "DESC"}]})
            assert data["clusters"]["nodes"] == [{"slug": slug}]
        data = await api.data(
            document, {"f": {"slug": {"in": ["cluster-1", "cluster-3"]}}, "o": [{"slug": "DESC"}]}
        )
        assert data["clusters"]["nodes"] == [{"slug": "cluster-3"}, {"slug": "cluster-1"}]
        assert len((await api.data(document))["clusters"]["nodes"]) == 4

    async def test_relations_in_both_directions_fragments_aliases_and_directives(self, api: Api) -> None:
        document = """query ($yes: Boolean!, $id: ID!) {
          cluster(id: $id) {
            ...Names other: nameEn @skip(if: $yes) slug @include(if: $yes)
            phases(first: 2) { totalCount
              nodes { ordinal code health daysLeft project { name: nameEn cluster { ...Names } } } }
            currentPhases { code }
            networks { nodes { members { totalCount } subProjects { nodes { nameEn networks { nodes { nameEn } } } } } }
            supportInstitutions { nodes { nameEn clusters { totalCount } } }
            subProjectCounts { type status count }
          } }
          fragment Names on Cluster { __typename nameEn ... on Node { id } }"""
        data = await api.data(document, {"yes": True, "id": CLUSTER.format(1)})
        cluster = data["cluster"]
        assert list(cluster) == ["__typename", "nameEn", "id", "slug", "phases", "currentPhases", "networks",
            "supportInstitutions", "subProjectCounts"]  # fmt: skip
        assert cluster["phases"]["totalCount"] == 5
        assert cluster["phases"]["nodes"][0] == {
            "ordinal": 1,
            "code": "DIAGNOSTIC_STUDY",
            "health": "OVERDUE",
            "daysLeft": -22,
            "project": {
                "name": "Project",
                "cluster": {"__typename": "Cluster", "nameEn": "Cluster 1", "id": CLUSTER.format(1)},
            },
        }
        assert cluster["currentPhases"] == [{"code": "DIAGNOSTIC_STUDY"}, {"code": "TRUST_BUILDING"}]
        assert cluster["networks"]["nodes"][0]["subProjects"]["nodes"] == [
            {"nameEn": "Sub-project 1", "networks": {"nodes": [{"nameEn": "Network"}]}}
        ]
        assert cluster["supportInstitutions"]["nodes"] == [{"nameEn": "Bank", "clusters": {"totalCount": 4}}]
        assert cluster["subProjectCounts"] == [
            {"type": kind, "status": "APPROVED", "count": 1}
            for kind in ("MARKET_DEVELOPMENT", "NETWORKING", "QUALITY_IMPROVEMENT")
        ]

    async def test_node_and_nodes_find_any_type(self, api: Api) -> None:
        phase = "Phase_01900000-0000-7000-8000-00040000000b"
        document = """query ($id: ID!, $ids: [ID!]!) { node(id: $id) { __typename id ... on Phase { ordinal } }
          nodes(ids: $ids) { __typename ... on Cluster { slug } ... on Phase { ordinal } } }"""
        missing = "Cluster_01900000-0000-7000-8000-0002000000ff"
        data = await api.data(document, {"id": phase, "ids": [CLUSTER.format(1), phase, missing]})
        assert data["node"] == {"__typename": "Phase", "id": phase, "ordinal": 1}
        assert data["nodes"] == [
            {"__typename": "Cluster", "slug": "cluster-1"},
            {"__typename": "Phase", "ordinal": 1},
            None,
        ]
        data = await api.data(document, {"id": CLUSTER.format(2), "ids": []})
        assert data == {"node": {"__typename": "Cluster", "id": CLUSTER.format(2)}, "nodes": []}

    @pytest.mark.parametrize(
        "wrong", ["", "x", "Cluster_", "Cluster_1", "Nothing_01900000-0000-7000-8000-000200000001", "۱"]
    )
    async def test_an_invalid_id_is_a_clean_error(self, api: Api, wrong: str) -> None:
        found = await api.ask("query ($id: ID!) { node(id: $id) { id } }", {"id": wrong})
        assert found["errors"][0]["extensions"]["code"] == "INVALID_ID"

    async def test_the_id_of_another_type_is_refused(self, api: Api) -> None:
        found = await api.ask("query ($id: ID!) { phase(id: $id) { id } }", {"id": CLUSTER.format(1)})
        assert found["errors"][0]["extensions"]["code"] == "INVALID_ID"

    async def test_introspection_and_reading_in_one_document(self, api: Api) -> None:
        data = await api.data(
            '{ __typename __type(name: "Phase") { name kind } clusters(first: 1) { __typename totalCount } }'
        )
        assert data == {
            "__typename": "Query",
            "__type": {"name": "Phase", "kind": "OBJECT"},
            "clusters": {"__typename": "ClusterConnection", "totalCount": 4},
        }
        assert (await api.data("{ __schema { queryType { name } } }")) == {
            "__schema": {"queryType": {"name": "Query"}}
        }

    async def test_statistics_count_what_is_there(self, api: Api) -> None:
        data = await api.data("""{ programmeStatistics {
          byProvince { province { isoCode } clusters runningProjects overduePhases openSubProjects overduePlans }
          byPhase { code status count } byHealth { health count } byType { type count open completed } } }""")
        found = data["programmeStatistics"]
        assert sorted(
            (row["province"]["isoCode"], row["clusters"], row["overduePhases"]) for row in found["byProvince"]
        ) == [
            ("IR-08", 1, 1),
            ("IR-15", 3, 2),
        ]
        assert {"code": "AGENT_EXIT", "status": "NOT_STARTED", "count": 4} in found["byPhase"]
        assert {"health": "OVERDUE", "count": 3} in found["byHealth"]
        assert {"type": "NETWORKING", "count": 4, "open": 4, "completed": 0} in found["byType"]

    async def test_the_programme_tells_durations_and_what_survives_the_exit(self, api: Api) -> None:
        await api.pool.execute(
            "update phase set status = 'COMPLETED', actual_end = actual_start + 100"
            " where code = 'DIAGNOSTIC_STUDY' and actual_start is not null"
        )
        data = await api.data("""{ programmeStatistics {
          durations { code completed medianDays late } sustainability { exited withFreshPlan share } } }""")
        found = data["programmeStatistics"]
        study = next(row for row in found["durations"] if row["code"] == "DIAGNOSTIC_STUDY")
        assert (study["completed"], study["medianDays"]) == (4, 100)
        assert found["sustainability"] == {"exited": 0, "withFreshPlan": 0, "share": None}

    async def test_a_province_viewer_sees_its_province_and_foreign_looks_like_absent(self, api: Api) -> None:
        lorestan = (await api.pool.fetchval("select id from province where iso_code = 'IR-15'"),)
        viewer = api.as_(UserRole.PROVINCE_VIEWER, provinces=lorestan)
        document = """query ($id: ID!) {
          clusters { totalCount nodes { slug } } cluster(id: $id) { id } node(id: $id) { id }
          foreign: phases(filter: {cluster: {slug: {eq: "cluster-4"}}}) { totalCount }
          supportInstitutions { nodes { clusters { totalCount } } }
          programmeStatistics { byProvince { clusters } }
          provinces { totalCount nodes { clusters { totalCount } } } }"""
        data = await viewer.data(document, {"id": CLUSTER.format(4)})
        assert data["clusters"]["totalCount"] == 3
        assert data["cluster"] is None
        assert data["node"] is None
        assert data["foreign"]["totalCount"] == 0
        assert data["supportInstitutions"]["nodes"] == [{"clusters": {"totalCount": 3}}]
        assert data["programmeStatistics"]["byProvince"] == [{"clusters": 3}]
        assert sorted(node["clusters"]["totalCount"] for node in data["provinces"]["nodes"]) == [0, 3]

    async def test_contact_data_is_empty_and_not_filterable_for_a_partner(self, api: Api) -> None:
        document = "{ stakeholders(first: 1) { nodes { phone } } }"
        assert (await api.data(document))["stakeholders"]["nodes"] == [{"phone": "0661234"}]
        partner = api.as_(
            UserRole.PARTNER_AGENCY, provinces=(await api.pool.fetchval("select id from province limit 1"),)
        )
        assert (await partner.data(document))["stakeholders"]["nodes"] == [{"phone": None}]
        found = await partner.ask('{ stakeholders(filter: {phone: {contains: "1"}}) { totalCount } }')
        assert found["errors"][0]["extensions"]["code"] == "FORBIDDEN"

    async def test_one_operation_is_one_statement(self, api: Api) -> None:
        await api.data(
            "{ clusters { nodes { phases { nodes { id } } province { nameFa } } } provinces { totalCount } }"
        )
        log: list[str] = []
        for holder in api.pool._holders:  # noqa: SLF001 - every connection, those that wait at hand for a read too
            if holder._con is not None:  # noqa: SLF001 - as above
                holder._con.add_query_logger(lambda record: log.append(record.query))  # noqa: SLF001 - as above
        await api.data(
            "{ clusters { nodes { phases { nodes { id } } province { nameFa } } } provinces { totalCount } }"
        )
        await asyncio.sleep(0)  # the loggers are called in the next turn of the loop
        assert len(log) == 1
