"""Indicators through the API: read off, filtered by, entered, reviewed, corrected, taken; the past stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from schema.indicators.seed import id_of
from schema.vocabulary import UserRole
from tests.api.test_templates import next_version

if TYPE_CHECKING:
    from tests.home import Home
    from tests.world import Api

JOBS = f"Indicator_{id_of('JOBS')}"
SALES = f"Indicator_{id_of('SALES')}"
READINESS = f"Indicator_{id_of('EXIT_READINESS')}"
SHOWN = (
    "id status period periodStart periodEnd value state formulaVersion evidence submittedBy reviewedBy"
    " returnReason corrected attained parts { nameEn value } permittedActions { action allowed }"
)


def colleague(home: Home) -> Api:
    """Ask as somebody else who may review."""
    return home.api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(home.province_row,))


async def entered(home: Home, **changed: object) -> dict[str, Any]:
    given = {"clusterId": home.cluster, "indicatorId": JOBS, "period": "۱۴۰۴", "value": "700", **changed}
    return await home.api.accepted("enterIndicatorValue", {"evidence": "فهرست بیمه", **given}, SHOWN)


async def approved(home: Home, **changed: object) -> dict[str, Any]:
    value = await entered(home, **changed)
    await home.api.accepted("submitIndicatorValue", {"id": value["id"]})
    return await colleague(home).accepted("approveIndicatorValue", {"id": value["id"]}, SHOWN)


async def test_a_value_is_entered_reviewed_and_approved_by_somebody_else(home: Home) -> None:
    parts = [{"nameFa": "زنان", "nameEn": "Women", "value": "600"}]
    value = await entered(home, parts=parts)
    assert (value["status"], value["period"], value["periodStart"], value["periodEnd"]) == (
        "DRAFT", "1404", "2025-03-21", "2026-03-20",
    )  # fmt: skip
    assert [(part["nameEn"], float(part["value"])) for part in value["parts"]] == [("Women", 600)]
    submitted = await home.api.accepted("submitIndicatorValue", {"id": value["id"]}, SHOWN)
    allowed = {each["action"]: each["allowed"] for each in submitted["permittedActions"]}
    assert allowed == {
        "editIndicatorValue": False,
        "submitIndicatorValue": False,
        "returnIndicatorValue": True,
        "approveIndicatorValue": True,
        "removeIndicatorValue": False,
        "enterIndicatorValue": False,
    }
    assert await home.api.refused("approveIndicatorValue", {"id": value["id"]}) == [("REVIEWS_OWN_WORK", [])]
    assert await colleague(home).refused("returnIndicatorValue", {"id": value["id"]}) == [
        ("REASON_REQUIRED", ["reason"])
    ]
    returned = await colleague(home).accepted(
        "returnIndicatorValue", {"id": value["id"], "reason": "رقم زنان"}, SHOWN
    )
    assert (returned["status"], returned["returnReason"]) == ("RETURNED", "رقم زنان")
    parts[0]["value"] = "610"
    edited = await home.api.accepted(
        "editIndicatorValue", {"id": value["id"], "value": "710", "evidence": "فهرست", "parts": parts}, SHOWN
    )
    assert (edited["status"], float(edited["value"]), float(edited["parts"][0]["value"])) == (
        "DRAFT",
        710,
        610,
    )
    await home.api.accepted("submitIndicatorValue", {"id": value["id"]})
    done = await colleague(home).accepted("approveIndicatorValue", {"id": value["id"]}, SHOWN)
    assert (done["status"], done["reviewedBy"]) == ("APPROVED", "PROVINCE_ADMINISTRATOR (test)")
    told = [kind for kind in await home.api.events() if kind.startswith("indicator.")]
    assert told == [
        "indicator.submitted", "indicator.returned", "indicator.submitted", "indicator.approved",
    ]  # fmt: skip


@pytest.mark.requirement("R55")
async def test_an_approved_value_never_changes_and_is_corrected_by_another(home: Home) -> None:
    value = await approved(home)
    for mutation, given in (
        ("editIndicatorValue", {"value": "1"}),
        ("removeIndicatorValue", {}),
        ("submitIndicatorValue", {}),
    ):
        assert await home.api.refused(mutation, {"id": value["id"], **given}) == [("WRONG_STATUS", [])]
    row = value["id"].partition("_")[2]
    for statement in (
        "update indicator_value set value = 1 where id = $1",
        "update indicator_value set deleted_at = now() where id = $1",
        "delete from indicator_value where id = $1",
    ):
        with pytest.raises(asyncpg.CheckViolationError):
            await home.api.pool.execute(statement, row)
    again = {"clusterId": home.cluster, "indicatorId": JOBS, "period": "1404", "value": "705"}
    assert await home.api.refused("enterIndicatorValue", again) == [("VALUE_OF_PERIOD_EXISTS", ["period"])]
    correction = await approved(home, value="705", correctsId=value["id"])
    shown = await home.api.data(
        "query ($id: ID!) { cluster(id: $id) { indicatorValues(filter: { corrected: { eq: false } })"
        " { nodes { id value corrects { id value corrected } } } } }",
        {"id": home.cluster},
    )
    (node,) = shown["cluster"]["indicatorValues"]["nodes"]
    assert node["id"] == correction["id"]
    assert (float(node["value"]), float(node["corrects"]["value"]), node["corrects"]["corrected"]) == (
        705,
        700,
        True,
    )
    assert await home.api.refused("enterIndicatorValue", {**again, "correctsId": value["id"]}) == [
        ("ONLY_APPROVED_CORRECTED", ["correctsId"])
    ]


async def test_impossible_values_are_refused_with_their_paths(home: Home) -> None:
    given = {"clusterId": home.cluster, "indicatorId": JOBS, "value": "1"}
    assert await home.api.refused("enterIndicatorValue", {**given, "period": "1405"}) == [
        ("PERIOD_NOT_OVER", ["period"])
    ]
    assert await home.api.refused("enterIndicatorValue", {**given, "period": "2025"}) == [
        ("UNUSABLE_PERIOD", ["period"])
    ]
    money = {**given, "indicatorId": SALES, "period": "1404"}
    assert await home.api.refused("enterIndicatorValue", money) == [("CURRENCY_ONLY_FOR_MONEY", ["currency"])]
    mixed = {**money, "currency": "EUR", "currencyUnit": "OLD_RIAL"}
    assert await home.api.refused("enterIndicatorValue", mixed) == [
        ("UNIT_OF_ANOTHER_CURRENCY", ["currencyUnit"])
    ]
    computed = {**given, "indicatorId": READINESS, "period": "1404"}
    assert await home.api.refused("enterIndicatorValue", computed) == [
        ("INDICATOR_COMPUTED", ["indicatorId"])
    ]
    assert await home.api.refused("enterIndicatorValue", {**given, "period": "1404", "value": "-1"}) == [
        ("OUT_OF_RANGE", ["value"])
    ]


async def test_each_currency_of_a_period_has_a_value_of_its_own(home: Home) -> None:
    rial = {"indicatorId": SALES, "currency": "IRR", "currencyUnit": "OLD_RIAL"}
    first = await entered(home, **rial)
    await entered(home, **{**rial, "currency": "EUR", "currencyUnit": "MAIN"})
    again = {"clusterId": home.cluster, "period": "1404", "value": "2", **rial}
    assert await home.api.refused("enterIndicatorValue", again) == [("VALUE_OF_PERIOD_EXISTS", ["period"])]
    await home.api.accepted("removeIndicatorValue", {"id": first["id"]})
    await entered(home, **rial)
    assert await home.api.refused("restoreIndicatorValue", {"id": first["id"]}) == [
        ("VALUE_OF_PERIOD_EXISTS", [])
    ]


async def test_a_partner_agency_sees_approved_values_only(home: Home) -> None:
    draft = await entered(home, period="1403", parts=[{"nameFa": "زنان", "nameEn": "Women", "value": "1"}])
    value = await approved(home, parts=[{"nameFa": "زنان", "nameEn": "Women", "value": "1"}])
    partner = home.api.as_(UserRole.PARTNER_AGENCY, provinces=(home.province_row,))
    query = (
        "query ($id: ID!) { node(id: $id) { id } indicatorValues { totalCount nodes { id parts { nameEn } } }"
        " clusters { nodes { indicatorValues { totalCount nodes { id } } } } }"
    )
    found = await partner.data(query, {"id": draft["id"]})
    assert found["node"] is None
    assert [node["id"] for node in found["indicatorValues"]["nodes"]] == [value["id"]]
    assert found["clusters"]["nodes"][0]["indicatorValues"]["totalCount"] == 1
    own = await home.api.data(query, {"id": draft["id"]})
    assert own["indicatorValues"]["totalCount"] == 2


@pytest.mark.requirement("R55")
async def test_new_thresholds_and_formulas_do_not_rewrite_what_was_taken(home: Home) -> None:
    project = await home.active()
    taken = "indicatorValues(first: 100) { nodes { value state period formulaVersion thresholds indicator { code } } }"
    shown = await home.api.accepted("takeIndicatorValues", {"projectId": project}, taken)
    kept = {node["indicator"]["code"]: node for node in shown["indicatorValues"]["nodes"]}
    assert kept["EXIT_READINESS"]["thresholds"]["weight_defining"] == 0.3
    assert kept["EXIT_READINESS"]["formulaVersion"] == 2
    assert kept["PHASE_HEALTH_WINDOWED"]["state"] == "AT_RISK"
    assert kept["PHASE_HEALTH_CONTINUOUS"]["period"] == "1405-09-02"
    version = await next_version(
        home, thresholds=[{"key": "weight_defining", "value": 0.9}, {"key": "gate_share_gap", "value": 1}]
    )
    await home.api.accepted("publishTemplate", {"id": version})
    await home.api.pool.execute("update indicator set formula_version = 3 where code = 'EXIT_READINESS'")
    later = await home.api.data(
        f"query ($id: ID!) {{ project(id: $id) {{ {taken} indicators {{ code state }} }} }}", {"id": project}
    )
    assert {node["indicator"]["code"]: node for node in later["project"]["indicatorValues"]["nodes"]} == kept
    states = {each["code"]: each["state"] for each in later["project"]["indicators"]}
    assert states["PHASE_HEALTH_WINDOWED"] == "AT_RISK", "the project keeps the thresholds it started with"
    trail = await home.api.pool.fetch(
        "select action, entity from audit_entry where entity_id = $1 order by id", version.partition("_")[2]
    )
    assert [tuple(row) for row in trail] == [
        ("createTemplateVersion", "ProgrammeTemplate"), ("publishTemplate", "ProgrammeTemplate"),
    ]  # fmt: skip
    assert await home.api.refused("takeIndicatorValues", {"projectId": project}) == [("TAKEN_TODAY", [])]


async def test_a_target_shows_how_far_a_value_has_come_and_keeps_its_trail(home: Home) -> None:
    target = {
        "clusterId": home.cluster, "indicatorId": JOBS, "baseline": "600", "target": "800", "dueOn": "2028-03-19",
    }  # fmt: skip
    first = await home.api.accepted("setIndicatorTarget", target)
    assert (await entered(home))["attained"] == 50
    second = await home.api.accepted(
        "setIndicatorTarget",
        {**target, "target": "1000"},
        "id target history { nodes { action changes { field } } }",
    )
    assert first["id"] == second["id"]
    assert float(second["target"]) == 1000
    assert len(second["history"]["nodes"]) == 2
    project = await home.active()
    social = f"Indicator_{id_of('SELF_RELIANCE_DEFINING')}"
    await home.api.accepted(
        "setIndicatorTarget", {**target, "indicatorId": social, "baseline": "0", "target": "0.5"}
    )
    shown = await home.api.data(
        "query ($id: ID!) { project(id: $id) { indicators { code value baseline target attained } } }",
        {"id": project},
    )
    reading = next(
        each for each in shown["project"]["indicators"] if each["code"] == "SELF_RELIANCE_DEFINING"
    )
    assert reading == {
        "code": "SELF_RELIANCE_DEFINING", "value": 0, "baseline": 0, "target": 0.5, "attained": 0,
    }  # fmt: skip
    await home.api.accepted("removeIndicatorTarget", {"id": first["id"]})
    assert await home.api.refused("setIndicatorTarget", {**target, "target": "600"}) == [
        ("TARGET_IS_BASELINE", ["target"])
    ]


async def test_the_catalogue_is_kept_by_the_national_office(home: Home) -> None:
    given = {
        "code": "export_markets", "nameFa": "بازارهای صادراتی", "nameEn": "Export markets",
        "definitionFa": "شمار کشورها",
        "definitionEn": "Number of countries", "unit": "COUNT", "dimension": "MARKET", "level": "OUTCOME",
    }  # fmt: skip
    shown = "id code origin subject formulaVersion retiredOn permittedActions { action allowed }"
    made = await home.api.accepted("addIndicator", given, shown)
    assert (made["code"], made["origin"], made["formulaVersion"]) == ("EXPORT_MARKETS", "ENTERED", 1)
    assert await home.api.refused("addIndicator", given) == [("NOT_UNIQUE", ["code"])]
    value = await entered(home, indicatorId=made["id"], value="3")
    sharper = {"id": made["id"], "definitionEn": "Countries with at least two deliveries"}
    assert (await home.api.accepted("editIndicator", sharper, shown))["formulaVersion"] == 2
    still = await home.api.data(
        "query ($id: ID!) { indicatorValue(id: $id) { formulaVersion indicator { formulaVersion } } }",
        {"id": value["id"]},
    )
    assert still["indicatorValue"] == {"formulaVersion": 1, "indicator": {"formulaVersion": 2}}
    assert await home.api.refused("editIndicator", {"id": made["id"], "unit": "PERCENT"}) == [
        ("INDICATOR_IN_USE", ["unit"])
    ]
    assert (await home.api.accepted("retireIndicator", {"id": made["id"]}, shown))[
        "retiredOn"
    ] == "2026-11-23"
    computed = {"id": READINESS, "nameEn": "x"}
    assert await home.api.refused("editIndicator", computed) == [("INDICATOR_COMPUTED", [])]
    assert await colleague(home).refused("addIndicator", {**given, "code": "OTHER"}) == [("NOT_ALLOWED", [])]


async def test_indicators_are_filtered_and_ordered_by_on_every_level(home: Home) -> None:
    project = await home.active()
    found = await home.api.data(
        """{
        clusters(filter: { health: { eq: AT_RISK }, planFreshness: { eq: NONE }, exitScore: { lt: 70 } },
          orderBy: [{ exitScore: DESC }, { socialCapitalIndex: ASC }, { definingShare: ASC }]) { nodes { id } }
        projects(filter: { exitScore: { lte: 0 }, exitStatus: { eq: NOT_ELIGIBLE } },
          orderBy: [{ steeringShare: DESC }]) { nodes { id } }
        phases(filter: { health: { eq: AT_RISK } }, orderBy: [{ progress: DESC }]) { nodes { code } }
        subProjects(filter: { committedShare: { lt: 50 }, leverage: { gt: 1 } },
          orderBy: [{ spentShare: ASC }, { disbursedShare: ASC }]) { totalCount }
        actionPlans(filter: { daysLeft: { lt: 0 }, leverage: { gt: 1 } }, orderBy: [{ committedShare: ASC }])
          { totalCount }
        indicatorValues(filter: { indicator: { code: { eq: "JOBS" } }, attained: { gte: 0 } },
          orderBy: [{ value: DESC }]) { totalCount } }"""
    )
    assert found["clusters"]["nodes"] == [{"id": home.cluster}]
    assert found["projects"]["nodes"] == [{"id": project}]
    assert {phase["code"] for phase in found["phases"]["nodes"]} == {"DIAGNOSTIC_STUDY", "TRUST_BUILDING"}
    for name in ("subProjects", "actionPlans", "indicatorValues"):
        assert found[name]["totalCount"] == 0


async def test_the_programme_is_read_by_phase_and_province_against_windows_and_plans(home: Home) -> None:
    await home.active()
    found = await home.api.data(
        """{ programmeStatistics { byPhaseAndProvince { code clusters province { isoCode } }
        overduePlans { inForce dueSoon overdue }
        durations { code completed medianDays windowLeastDays windowMostDays late } } }"""
    )
    statistics = found["programmeStatistics"]
    assert statistics["byPhaseAndProvince"] == [
        {"code": code, "clusters": 1, "province": {"isoCode": "IR-15"}}
        for code in ("DIAGNOSTIC_STUDY", "TRUST_BUILDING")
    ]
    assert statistics["overduePlans"] == {"inForce": 0, "dueSoon": 0, "overdue": 0}
    assert {each["windowMostDays"] for each in statistics["durations"]} == {None}
