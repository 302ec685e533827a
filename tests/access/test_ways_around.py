"""Cursors, aliases and fragments lead nobody past the scope: each way around it is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from schema.vocabulary import UserRole
from tests.world import number

if TYPE_CHECKING:
    from tests.world import Api

pytestmark = [pytest.mark.usefixtures("world"), pytest.mark.requirement("I18")]

CLUSTER, STAKEHOLDER, FOREIGN = 2, 5, 4


@pytest.fixture
def neighbour(api: Api) -> Api:
    """Ask as the viewer of the first province, which the fourth cluster does not belong to."""
    return api.as_(UserRole.PROVINCE_VIEWER, provinces=(number(1, 1),))


async def cursors(api: Api, order: str) -> list[str]:
    """Return the cursors the national office gets, the foreign cluster's among them."""
    shown = await api.data(f"{{ clusters(orderBy: [{order}]) {{ edges {{ cursor }} }} }}")
    return [edge["cursor"] for edge in shown["clusters"]["edges"]]


@pytest.mark.parametrize(
    "order", ["{ slug: ASC }", "{ slug: DESC }", "{ nameFa: ASC }", "{ createdAt: DESC }"]
)
async def test_a_cursor_of_somebody_who_sees_more_shows_nothing_more(
    api: Api, neighbour: Api, order: str
) -> None:
    for cursor in await cursors(api, order):
        for page in (f'first: 10, after: "{cursor}"', f'last: 10, before: "{cursor}"'):
            shown = await neighbour.data(
                f"{{ clusters({page}, orderBy: [{order}]) {{ totalCount nodes {{ slug }} }} }}"
            )
            assert {node["slug"] for node in shown["clusters"]["nodes"]} <= {
                f"cluster-{n}" for n in (1, 2, 3)
            }
            assert shown["clusters"]["totalCount"] == 3


async def test_a_cursor_of_another_list_or_order_is_refused(api: Api, neighbour: Api) -> None:
    cursor = (await cursors(api, "{ slug: ASC }"))[-1]
    for query in (
        f'{{ clusters(after: "{cursor}", orderBy: [{{ nameFa: ASC }}]) {{ nodes {{ id }} }} }}',
        f'{{ stakeholders(after: "{cursor}") {{ nodes {{ id }} }} }}',
    ):
        answer = await neighbour.ask(query)
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["INVALID_CURSOR"]


async def test_every_way_to_a_foreign_thing_ends_at_nothing(neighbour: Api) -> None:
    foreign = f"Cluster_{number(CLUSTER, FOREIGN)}"
    shown: dict[str, Any] = await neighbour.data(
        """query ($id: ID!, $person: ID!) {
          direct: cluster(id: $id) { id } node(id: $id) { id } nodes(ids: [$id, $person]) { id }
          bySlug: clusterBySlug(slug: "cluster-4") { id }
          filtered: clusters(filter: { slug: { eq: "cluster-4" } }) { totalCount nodes { id } }
          negated: clusters(filter: { not: { slug: { ne: "cluster-4" } } }) { totalCount nodes { id } }
          through: stakeholders(filter: { cluster: { slug: { eq: "cluster-4" } } }) { totalCount nodes { id } }
          around: provinces(filter: { clusters: { slug: { eq: "cluster-4" } } }) { totalCount nodes { id } }
          ...Same
        }
        fragment Same on Query { again: node(id: $id) { ... on Cluster { id province { clusters { totalCount } } } } }
        """,
        {"id": foreign, "person": f"Stakeholder_{number(STAKEHOLDER, FOREIGN * 10 + 1)}"},
    )
    assert shown["direct"] is shown["node"] is shown["bySlug"] is shown["again"] is None
    assert shown["nodes"] == [None, None]
    for name in ("filtered", "negated", "through", "around"):
        assert shown[name] == {"totalCount": 0, "nodes": []}, name


async def test_going_out_and_coming_back_does_not_widen_the_view(neighbour: Api) -> None:
    shown = await neighbour.data(
        "{ supportInstitutions { nodes { supportCommitments { totalCount nodes { cluster { slug"
        " province { clusters { nodes { slug } } } } } } } } }"
    )
    seen = {
        cluster["slug"]
        for institution in shown["supportInstitutions"]["nodes"]
        for commitment in institution["supportCommitments"]["nodes"]
        for cluster in commitment["cluster"]["province"]["clusters"]["nodes"]
    }
    assert seen == {"cluster-1", "cluster-2", "cluster-3"}
    assert shown["supportInstitutions"]["nodes"][0]["supportCommitments"]["totalCount"] == 3
