"""Bad input is refused with a problem at the right path, in both languages, and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest
from graphql import GraphQLInputObjectType, GraphQLList, GraphQLNonNull, get_named_type

from schema.rows import TEXT_LENGTH
from schema.text import squash
from services.graphql.mutations.command import VERBATIM
from services.graphql.mutations.registry import MUTATIONS
from tests.access.least_input import fill
from tests.api.test_templates import next_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.council_room import CouncilRoom
    from tests.home import Home
    from tests.world import Api

ARABIC: Final = "كتاب يك ٤۵6 می‌شود"
CODED: Final = {"url", "address", "eventType", "0"}
"""Addresses and names of events: what is no address is refused whatever its letters are."""
LEAST_TEXT_FIELDS: Final = 250


def texts(kind: GraphQLInputObjectType, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every text field of an input, through lists and inner inputs; lists by their first place."""
    for name, field in kind.fields.items():
        if name == "idempotencyKey" or name in VERBATIM:
            continue
        inner = get_named_type(field.type)
        bare = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        step = (name, "0") if isinstance(bare, GraphQLList) else (name,)
        if isinstance(inner, GraphQLInputObjectType):
            yield from texts(inner, (*path, *step))
        elif inner.name == "String":
            yield (*path, *step)


def holding(kind: GraphQLInputObjectType, path: tuple[str, ...], text: str) -> dict[str, Any]:
    """Make the least input that has a text at a path."""
    name, *rest = path
    made: dict[str, Any] = fill(kind, {})
    inner = get_named_type(kind.fields[name].type)
    listed = bool(rest) and rest[0] == "0"
    deeper = tuple(rest[1:] if listed else rest)
    value: Any = text
    if deeper:
        assert isinstance(inner, GraphQLInputObjectType)
        value = holding(inner, deeper, text)
    made[name] = [value] if listed else value
    return made


async def each_text(
    api: Api, text: str
) -> list[tuple[str, tuple[str, ...], list[tuple[str, list[str], str]]]]:
    """Put a text into every text field of every mutation in turn and return what is said about it."""
    answers = []
    for name in MUTATIONS:
        kind = api.engine.schema.mutation_type.fields[name].args["input"].type.of_type  # type: ignore[union-attr]  # there are some
        for path in texts(kind):
            asked = f"{name}(input: $input) {{ problems {{ code path message }} }}"
            document = f"mutation ($input: {kind.name}!) {{ {asked} }}"
            answer = await api.ask(document, {"input": holding(kind, path, text)})
            assert "errors" not in answer, (name, path, answer)
            said = [
                (each["code"], each["path"], each["message"]) for each in answer["data"][name]["problems"]
            ]
            answers.append((name, path, said))
    assert len(answers) > LEAST_TEXT_FIELDS
    return answers


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * (TEXT_LENGTH + 1), "TOO_LONG"),
        ("a\u0007b", "INVALID"),
        ("a\u202eb\u0001", "INVALID"),
    ],
    ids=["too long", "a control character", "a control behind a direction"],
)
async def test_a_text_nobody_can_keep_is_refused_in_every_field_at_its_path(
    api: Api, text: str, code: str
) -> None:
    before = await api.footprint()
    persian = replace(api, viewer=replace(api.viewer, language="fa"))
    for asking, word in ((api, ""), (persian, "؛")):
        for name, path, said in await each_text(asking, text):
            assert [(each[0], tuple(each[1])) for each in said] == [(code, path)], name
            assert word in said[0][2]
    assert await api.footprint() == before


async def test_arabic_letters_and_digits_of_any_kind_are_taken_in_every_text_field(api: Api) -> None:
    """No field refuses the letters themselves; codes refuse what is no code, with their own example."""
    for name, path, said in await each_text(api, ARABIC):
        about = {code for code, where, _ in said if tuple(where) == path}
        assert not about & {"TOO_LONG", "INVALID"} or path[-1] in CODED, (name, path, said)


async def test_what_is_typed_is_kept_for_display_and_found_however_it_is_encoded(home: Home) -> None:
    typed = "كارگاه گليم‌بافي ۱٢3"
    stakeholder = {"clusterId": home.cluster, "kind": "WORKSHOP", "role": "WEAVER", "nameEn": "Workshop"}
    made = await home.api.accepted("enterStakeholder", {**stakeholder, "nameFa": typed}, "id nameFa")
    assert made["nameFa"] == typed
    for asked in ("کارگاه گلیم بافی 123", "کارگاه گلیم‌بافی ۱۲۳", "كارگاه گليمبافي ١٢٣"):
        assert squash(asked) == squash(typed)
        found = await home.api.data(
            "query ($name: String!) { stakeholders(filter: { nameFa: { eq: $name } }) { nodes { id } } }",
            {"name": asked},
        )
        assert [node["id"] for node in found["stakeholders"]["nodes"]] == [made["id"]], asked
    again = {**stakeholder, "nameFa": "کارگاه گلیم بافی ۱۲۳"}
    assert await home.api.refused("enterStakeholder", again) == [("NOT_UNIQUE", ["nameFa"])]
    codes = {"id": home.cluster, "sectorCode": "۳۲١٤0", "slug": "GELIM-۱۴٠۵"}
    shown = await home.api.accepted("editCluster", codes, "sectorCode slug")
    assert shown == {"sectorCode": "32140", "slug": "gelim-1405"}


async def test_days_out_of_order_and_impossible_windows_are_refused(home: Home) -> None:
    project = {"clusterId": home.cluster, "plannedStart": "2027-01-01", "plannedEnd": "2026-01-01"}
    assert await home.api.refused("createProject", project) == [("DATES_OUT_OF_ORDER", ["plannedEnd"])]
    version = await next_version(home)
    for window, path in (
        ({"code": "DIAGNOSTIC_STUDY", "minMonths": 5, "maxMonths": 4}, "maxMonths"),
        ({"code": "DIAGNOSTIC_STUDY", "minMonths": 0, "maxMonths": 4}, "minMonths"),
        ({"code": "AGENT_EXIT", "minMonths": 4, "maxMonths": 100_000}, "maxMonths"),
    ):
        wanted = {"basedOn": version, "nameFa": "x", "nameEn": "x", "windows": [window]}
        assert await home.api.refused("createTemplateVersion", wanted) == [
            ("OUT_OF_RANGE", ["windows", "0", path])
        ]
    continuous = {"code": "TRUST_BUILDING", "minMonths": 1, "maxMonths": 2}
    wanted = {"basedOn": version, "nameFa": "x", "nameEn": "x", "windows": [continuous]}
    assert await home.api.refused("createTemplateVersion", wanted) == [
        ("NOT_WINDOWED", ["windows", "0", "code"])
    ]


async def test_a_plan_lacking_its_parts_and_money_before_its_approval_are_refused(
    council_room: CouncilRoom,
) -> None:
    api = council_room.api
    bare = (await api.accepted("draftActionPlan", {"clusterId": council_room.home.cluster}))["id"]
    assert await api.refused("submitActionPlan", {"id": bare}) == [
        ("VISION_MISSING", ["visionFa"]), ("STRATEGY_MISSING", ["strategies"]), ("PROGRAMME_MISSING", ["programmes"]),
    ]  # fmt: skip
    part = await council_room.proposed(bare)
    bank = {"nameFa": "بانک", "nameEn": "Bank", "kind": "BANK", "sector": "GOVERNMENTAL"}
    institution = (await api.accepted("enterSupportInstitution", bank))["id"]
    promise = {
        "institutionId": institution,
        "subProjectId": part,
        "kind": "CASH",
        "amount": "10",
        "currency": "IRR",
    }
    refused = await api.refused("makeSupportCommitment", {**promise, "unit": "OLD_RIAL"})
    assert [code for code, _ in refused] == ["PLAN_NOT_APPROVED"]
    line = {"subProjectId": part, "source": "ISIPO", "currency": "EUR"}
    assert await api.refused("addBudgetLine", {**line, "unit": "OLD_RIAL", "planned": "1"}) == [
        ("UNIT_OF_ANOTHER_CURRENCY", ["unit"])
    ]
    for amount, code in (
        ("-1", "AMOUNT_NEGATIVE"),
        ("0.001", "AMOUNT_TOO_PRECISE"),
        ("1e30", "AMOUNT_TOO_PRECISE"),
    ):
        assert await api.refused("addBudgetLine", {**line, "unit": "MAIN", "planned": amount}) == [
            (code, ["planned"])
        ]
    budget = (await api.accepted("addBudgetLine", {**line, "unit": "MAIN", "planned": "1"}))["id"]
    assert await api.refused("recordBudget", {"id": budget, "committed": "1"}) == [("PLAN_NOT_APPROVED", [])]


async def test_another_clusters_council_and_a_second_comprehensive_network_are_refused(
    council_room: CouncilRoom,
) -> None:
    api, home = council_room.api, council_room.home
    named = {"nameFa": "خوشه دوم", "nameEn": "Second", "provinceId": home.province}
    second = replace(home, cluster=(await api.accepted("createCluster", named))["id"])
    council = await api.accepted(
        "formSteeringCouncil", {"clusterId": second.cluster, "formedOn": "2025-01-01"}
    )
    seat = {
        "councilId": council["id"],
        "role": "CHAIR",
        "titleFa": "x",
        "titleEn": "x",
        "validFrom": "2025-01-01",
    }
    chair = (await api.accepted("appointCouncilSeat", seat))["id"]
    foreign = replace(council_room, home=second, council=council["id"], seats=[chair])
    meeting = await foreign.meeting(present=1)
    plan = await council_room.submitted()
    decided = {"id": plan, "meetingId": meeting, "votes": foreign.votes(), "documentNumber": "1"}
    assert await api.refused("approveActionPlan", decided) == [("COUNCIL_OF_ANOTHER_CLUSTER", ["meetingId"])]
    networks = []
    for name in ("یک", "دو"):
        wanted = {"clusterId": home.cluster, "kind": "HORIZONTAL", "nameFa": name, "nameEn": name}
        networks.append((await api.accepted("formNetwork", wanted))["id"])
    await api.accepted("designateComprehensiveNetwork", {"id": networks[0]})
    refused = await api.refused("designateComprehensiveNetwork", {"id": networks[1]})
    assert [code for code, _ in refused] == ["COMPREHENSIVE_NETWORK_EXISTS"]


@pytest.mark.parametrize("score", [0, 6, -1, 1000])
async def test_ratings_outside_one_to_five_are_refused(home: Home, score: int) -> None:
    project = await home.active()
    people = []
    for place in range(2):
        person = {
            "clusterId": home.cluster,
            "kind": "WORKSHOP",
            "role": "WEAVER",
            "nameFa": f"ک{place}",
            "nameEn": "x",
        }
        people.append((await home.api.accepted("enterStakeholder", {**person, "nameEn": f"W{place}"}))["id"])
        await home.api.accepted("admitMember", {"stakeholderId": people[-1], "validFrom": "2026-01-01"})
    survey = (await home.api.accepted("openTrustSurvey", {"projectId": project}))["id"]
    rating = {"id": survey, "raterId": people[0], "rateeId": people[1], "score": score}
    assert await home.api.refused("recordTrustRating", rating) == [("SCORE_OUT_OF_RANGE", ["score"])]


async def test_a_name_of_ten_thousand_characters_is_refused_at_its_path(home: Home) -> None:
    long = "گ" * 10_000
    for mutation, given, path in (
        ("editCluster", {"id": home.cluster, "nameFa": long}, "nameFa"),
        ("enterStakeholder", {"clusterId": home.cluster, "kind": "WORKSHOP", "role": "WEAVER", "nameFa": "x",
                              "nameEn": long}, "nameEn"),
        ("formNetwork", {"clusterId": home.cluster, "kind": "HORIZONTAL", "nameFa": long, "nameEn": "x"}, "nameFa"),
    ):  # fmt: skip
        assert await home.api.refused(mutation, given) == [("TOO_LONG", [path])]
