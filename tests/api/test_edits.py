"""An edit that says what is so already changes nothing: no row, no trail, no event (I17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from graphql import GraphQLInputObjectType, GraphQLNonNull, is_leaf_type

from schema.access import ACTIONS
from schema.graph import ENTITIES
from schema.identity import global_id
from services.graphql.mutations.registry import MUTATIONS
from tests.access.least_input import commanded
from tests.api.test_indicators import JOBS, colleague
from tests.home import STUDY

if TYPE_CHECKING:
    from tests.council_room import CouncilRoom
    from tests.home import Home
    from tests.world import Api

pytestmark = pytest.mark.requirement("I17")
EDITS: Final = sorted(name for name in ACTIONS if name.startswith("edit"))
# The sample has none of these, or they are one's own; the commands on them have tests of their own.
NOT_IN_THE_SAMPLE: Final = {
    "editWebhookEndpoint", "editNotificationSubscription", "editNotificationPreferences", "editAgency",
    "editUser", "editDocument", "editPlace", "editSubProjectType", "editNotificationText",
}  # fmt: skip
OF_A_DRAFT: Final = {
    "editActionPlan", "editStrategy", "editOperationalProgramme", "editSubProject", "editSubProjectOutput",
    "editBudgetLine", "editStudy", "editIndicatorValue",
}  # fmt: skip
REPLACING: Final = {"editIndicatorValue"}
"""What is left out of these is emptied."""
OF_A_COMMAND: Final = {"id", "expectedRevision", "idempotencyKey"}
EXAMPLES: Final = 60


def _input(api: Api, name: str) -> GraphQLInputObjectType:
    kind = api.engine.schema.mutation_type.fields[name].args["input"].type.of_type  # type: ignore[union-attr]  # there are some
    assert isinstance(kind, GraphQLInputObjectType)
    return kind


async def _examples(api: Api, name: str) -> list[str]:
    target = commanded(name, MUTATIONS[name].target, _input(api, name))
    row = ENTITIES[target].row
    alive = "where deleted_at is null" if "deleted_at" in row._meta.fields_map else ""
    found = await api.pool.fetch(
        f"select id from {row._meta.db_table} {alive} order by id desc limit {EXAMPLES}"  # noqa: S608 - ours
    )
    return [global_id(target, each["id"]) for each in found]


async def _as_it_is(api: Api, name: str, found: str) -> dict[str, Any]:
    """Read what an edit may say of a thing, in the words of its input."""
    kind, type_name = _input(api, name), found.partition("_")[0]
    shown = api.engine.schema.type_map[type_name].fields  # type: ignore[attr-defined]  # an object type
    same = [
        field
        for field in kind.fields
        if field not in OF_A_COMMAND
        and field in shown
        and is_leaf_type(getattr(shown[field].type, "of_type", shown[field].type))
    ]
    asked = f"query ($id: ID!) {{ node(id: $id) {{ ... on {type_name} {{ id {' '.join(same)} }} }} }}"
    return dict((await api.data(asked, {"id": found}))["node"])


async def _leaves_no_trace(api: Api, name: str, examples: list[str]) -> None:
    """Edit something by saying nothing, then by saying what is so."""
    kind = _input(api, name)
    for least in (True, False):
        for found in examples:
            given = await _as_it_is(api, name, found)
            if least:
                given = {
                    part: value
                    for part, value in given.items()
                    if isinstance(kind.fields[part].type, GraphQLNonNull) or name in REPLACING
                }
            before = await api.footprint()
            payload = await api.run(name, given, "id revision")
            assert await api.footprint() == before, (name, given)
            if payload["problems"]:
                continue
            expected = {**given, "expectedRevision": payload[api.payload_field(name)]["revision"]}
            again = await api.run(name, expected, "id revision")
            assert again["problems"] == [], "the revision rose"
            break
        else:
            pytest.fail(f"{name}: no example may be edited.")


@pytest.mark.parametrize("name", sorted(set(EDITS) - NOT_IN_THE_SAMPLE - OF_A_DRAFT))
async def test_an_edit_of_nothing_and_one_of_equal_values_leave_no_trace(sampled: Api, name: str) -> None:
    await _leaves_no_trace(sampled, name, await _examples(sampled, name))


async def test_edits_of_drafts_that_change_nothing_leave_no_trace(council_room: CouncilRoom) -> None:
    api = council_room.api
    titles = {"titleFa": "فروش", "titleEn": "Sales"}
    plan = (await api.accepted("draftActionPlan", {"clusterId": council_room.home.cluster}))["id"]
    strategy = (await api.accepted("addStrategy", {"planId": plan, **titles}))["id"]
    programme = (await api.accepted("addOperationalProgramme", {"strategyId": strategy, **titles}))["id"]
    sub_project = await council_room.proposed(plan)
    line = {"subProjectId": sub_project, "source": "ISIPO", "currency": "EUR", "unit": "MAIN", "planned": "7"}
    budget = (await api.accepted("addBudgetLine", line))["id"]
    output = {"countedInFa": "تن", "countedInEn": "t", "planned": "7", "nameFa": "پشم", "nameEn": "Wool"}
    wool = (await api.accepted("addSubProjectOutput", {"subProjectId": sub_project, **output}))["id"]
    counted = {"indicatorId": JOBS, "period": "1404", "value": "700", "evidence": "x"}
    value = (await api.accepted("enterIndicatorValue", {"clusterId": council_room.home.cluster, **counted}))[
        "id"
    ]
    study = (await api.accepted("draftStudy", {"projectId": council_room.project}))["id"]
    await api.pool.execute("update action_plan set status = 'RETURNED'")
    for name, found in (
        ("editActionPlan", plan),
        ("editStrategy", strategy),
        ("editOperationalProgramme", programme),
        ("editSubProject", sub_project),
        ("editBudgetLine", budget),
        ("editSubProjectOutput", wool),
        ("editStudy", study),
        ("editIndicatorValue", value),
    ):
        await _leaves_no_trace(api, name, [found])
    assert await api.pool.fetchval("select status from action_plan") == "RETURNED"


async def test_what_an_edit_tells_is_what_it_changed(home: Home) -> None:
    await home.api.accepted("editCluster", {"id": home.cluster, "nameEn": "Kilim", "workshopsCount": 12})
    given = {"id": home.cluster, "nameEn": "Kilim", "workshopsCount": 13, "countyIds": []}
    await home.api.accepted("editCluster", given)
    told = await home.api.pool.fetchval("select payload from event order by sequence desc limit 1")
    assert '"changed": ["workshopsCount"]' in told
    entry = await home.api.pool.fetchrow(
        'select "before", "after" from audit_entry order by at desc, id desc limit 1'
    )
    assert (entry["before"], entry["after"]) == ('{"workshops_count": 12}', '{"workshops_count": 13}')


async def test_lists_that_are_given_as_they_are_leave_no_trace(home: Home) -> None:
    api, study = home.api, await home.written(await home.active())
    before = await api.footprint()
    again = await api.accepted("editStudy", {"id": study, **STUDY}, "revision")
    assert (await api.footprint(), again["revision"]) == (before, 2)
    parts = [
        {"nameFa": "زنان", "nameEn": "Women", "value": "5"},
        {"nameFa": "مردان", "nameEn": "Men", "value": "2"},
    ]
    counted = {"period": "1404", "value": "7", "evidence": "x", "parts": parts}
    jobs = {"clusterId": home.cluster, "indicatorId": JOBS, **counted}
    value = {"id": (await api.accepted("enterIndicatorValue", jobs))["id"]}
    await api.accepted("submitIndicatorValue", value)
    await colleague(home).accepted("returnIndicatorValue", {**value, "reason": "x"})
    before = await api.footprint()
    same = {**value, "value": "7", "evidence": "x", "parts": parts}
    kept = await api.accepted("editIndicatorValue", same, "status")
    assert (await api.footprint(), kept["status"]) == (before, "RETURNED")
    changed = await api.accepted(
        "editIndicatorValue", {**same, "parts": parts[:1]}, "status parts { nameEn }"
    )
    assert changed == {"status": "DRAFT", "parts": [{"nameEn": "Women"}]}


async def test_of_a_list_only_the_lines_that_changed_are_on_record(home: Home) -> None:
    api, study = home.api, await home.written(await home.active())
    (problem,) = STUDY["problems"]
    bank = {"target": "PROBLEM_REMOVAL", "textFa": "بانک پشم"}
    more = {**problem, "solutions": [*problem["solutions"], bank]}
    shown = "sources { titleFa } problems { id textFa solutions { textFa } }"
    before = (await api.accepted("editStudy", {"id": study}, shown))["problems"][0]["id"]
    entries = (await api.footprint())[1]
    desk, field = STUDY["sources"]
    given = {"id": study, "sources": [desk, {**field, "titleFa": "بازدید"}], "problems": [more]}
    edited = await api.accepted("editStudy", given, shown)
    assert [source["titleFa"] for source in edited["sources"]] == ["آمار استان", "بازدید"]
    assert edited["problems"] == [
        {
            "id": before,
            "textFa": "تأمین مواد اولیه",
            "solutions": [{"textFa": "خرید مشترک پشم"}, {"textFa": "بانک پشم"}],
        }
    ]
    written = await api.pool.fetch(
        "select entity, after is null as gone from audit_entry order by at desc, id desc limit $1",
        (await api.footprint())[1] - entries,
    )
    assert sorted((row["entity"], row["gone"]) for row in written) == [
        ("StudySolution", False),
        ("StudySource", False),
        ("StudySource", True),
    ]
