"""Clusters through the API: identified, edited, moved through their states, deleted and restored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from schema.provinces.rows import County, Province
from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from tests.home import Home

SHOWN = """query ($id: ID!) { cluster(id: $id) { slug nameFa status identifiedOn sectorCode revision
  province { isoCode } counties(orderBy: [{nameEn: ASC}]) { nodes { nameEn } }
  products { nodes { ordinal nameFa nameEn } } } }"""


async def shown(home: Home, cluster: str | None = None) -> dict[str, Any]:
    found = await home.api.data(SHOWN, {"id": cluster or home.cluster})
    result: dict[str, Any] = found["cluster"]
    return result


@pytest.mark.requirement("R1")
async def test_a_cluster_is_identified_with_its_province_and_products(home: Home) -> None:
    cluster = await home.api.accepted(
        "createCluster",
        {
            "provinceId": home.province,
            "nameFa": "خوشه كسب‌وکار ماشته",
            "nameEn": "Mashteh Cluster",
            "slug": "Mashteh-۱",
            "sectorCode": "۳۲۱۴۰",
            "identifiedOn": "2015-04-25",
            "countyIds": list(home.counties.values()),
            "products": [
                {"nameFa": "گلیم", "nameEn": "Gelim"},
                {"nameFa": "جاجیم", "nameEn": "Jajim"},
                {"nameFa": "ماشته", "nameEn": "Mashteh"},
            ],
        },
    )
    found = await shown(home, cluster["id"])
    assert found == {
        "slug": "mashteh-1",
        "nameFa": "خوشه كسب‌وکار ماشته",
        "status": "IDENTIFIED",
        "identifiedOn": "2015-04-25",
        "sectorCode": "32140",
        "revision": 1,
        "province": {"isoCode": "IR-15"},
        "counties": {"nodes": [{"nameEn": "Delfan"}, {"nameEn": "Kuhdasht"}]},
        "products": {
            "nodes": [
                {"ordinal": 1, "nameFa": "گلیم", "nameEn": "Gelim"},
                {"ordinal": 2, "nameFa": "جاجیم", "nameEn": "Jajim"},
                {"ordinal": 3, "nameFa": "ماشته", "nameEn": "Mashteh"},
            ]
        },
    }
    row = await home.api.pool.fetchrow("select * from event order by sequence desc limit 1")
    assert row["type"] == "cluster.identified"
    assert f"Cluster_{row['cluster_id']}" == cluster["id"]
    assert row["province_id"] == home.province_row


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"nameFa": "خوشهٔ  گليم لرستان", "nameEn": "Another"}, "nameFa"),
        ({"nameFa": "دیگر", "nameEn": "Another", "slug": "LORESTAN-kilim-cluster"}, "slug"),
    ],
)
async def test_names_and_slugs_are_unique_however_they_are_spelt(
    home: Home, given: dict[str, str], path: str
) -> None:
    refused = await home.api.refused("createCluster", {"provinceId": home.province, **given})
    assert refused == [("NOT_UNIQUE", [path])]


async def test_a_county_of_another_province_is_refused(home: Home) -> None:
    kerman = await Province.create(
        iso_code="IR-08", legacy_iso_code="IR-15", name_fa="کرمان", name_en="Kerman", capital_fa="کرمان",
        capital_en="Kerman", latitude=30.3, longitude=57.1, tile_column=2, tile_row=2,
    )  # fmt: skip
    county = (await County.create(province_id=kerman.id, name_fa="بم", name_en="Bam")).id
    refused = await home.api.refused("editCluster", {"id": home.cluster, "countyIds": [f"County_{county}"]})
    assert refused == [("PROVINCE_MISMATCH", ["countyIds", "0"])]


async def test_an_edit_changes_what_is_given_and_leaves_the_rest(home: Home) -> None:
    before = await shown(home)
    await home.api.accepted("editCluster", {"id": home.cluster, "sectorCode": "32140", "expectedRevision": 1})
    after = await shown(home)
    assert after == {**before, "sectorCode": "32140", "revision": 2}
    await home.api.accepted(
        "editCluster",
        {
            "id": home.cluster,
            "sectorCode": None,
            "products": [{"nameFa": "جاجیم", "nameEn": "Jajim"}],
            "countyIds": [home.counties["Delfan"]],
        },
    )
    await home.api.accepted(
        "editCluster",
        {
            "id": home.cluster,
            "products": [{"nameFa": "گلیم", "nameEn": "Gelim"}, {"nameFa": "جاجيم", "nameEn": "Jajim"}],
            "countyIds": [],
        },
    )
    after = await shown(home)
    assert after["sectorCode"] is None
    assert after["counties"]["nodes"] == []
    assert [(line["ordinal"], line["nameEn"]) for line in after["products"]["nodes"]] == [
        (1, "Gelim"),
        (2, "Jajim"),
    ]


async def test_a_stale_edit_is_refused_and_shows_the_present_value(home: Home) -> None:
    await home.api.accepted("editCluster", {"id": home.cluster, "nameEn": "First"})
    payload = await home.api.run(
        "editCluster", {"id": home.cluster, "nameEn": "Second", "expectedRevision": 1}, "nameEn revision"
    )
    assert [problem["code"] for problem in payload["problems"]] == ["STALE"]
    assert payload["cluster"] == {"nameEn": "First", "revision": 2}


async def test_names_are_never_emptied_and_never_endless(home: Home) -> None:
    refused = await home.api.refused("editCluster", {"id": home.cluster, "nameFa": " ", "nameEn": None})
    assert refused == [("REQUIRED", ["nameFa"]), ("REQUIRED", ["nameEn"])]
    refused = await home.api.refused("editCluster", {"id": home.cluster, "nameFa": "گ" * 10_000})
    assert refused == [("TOO_LONG", ["nameFa"])]


@pytest.mark.requirement("R34")
async def test_a_cluster_goes_its_whole_way_step_by_step(home: Home) -> None:
    assert await home.api.refused("startClusterDevelopment", {"id": home.cluster}) == [
        ("TRANSITION_NOT_OPEN", [])
    ]
    for mutation, status in (
        ("prioritiseCluster", "PRIORITISED"),
        ("startFeasibilityStudy", "FEASIBILITY"),
        ("startClusterDevelopment", "UNDER_DEVELOPMENT"),
        ("concludeClusterDevelopment", "COMPLETED"),
    ):
        moved = await home.api.accepted(mutation, {"id": home.cluster}, "status")
        assert moved == {"status": status}
    assert await home.api.refused("declareClusterDeveloped", {"id": home.cluster}) == [("LEVEL_TOO_LOW", [])]
    assert await home.api.refused(
        "recordDevelopmentLevel",
        {"id": home.cluster, "level": "DEVELOPED", "evidence": "", "decidedBy": " "},
    ) == [("REQUIRED", ["evidence"]), ("REQUIRED", ["decidedBy"])]
    await home.api.accepted(
        "recordDevelopmentLevel",
        {
            "id": home.cluster,
            "level": "DEVELOPED",
            "evidence": "ارزیابی ۱۴۰۵",
            "decidedBy": "کمیته استانی",
            "on": "2026-11-01",
            "items": [{"nameFa": "بازار", "nameEn": "Market", "rating": 4}],
        },
    )
    earlier = {
        "id": home.cluster,
        "level": "GROWING",
        "evidence": "۱۴۰۴",
        "decidedBy": "شورا",
        "on": "2025-11-01",
    }
    shown = "developmentLevel developmentAssessments { nodes { level requiredLevel score items { rating } } }"
    kept = await home.api.accepted("recordDevelopmentLevel", earlier, shown)
    assert kept == {
        "developmentLevel": "DEVELOPED",
        "developmentAssessments": {
            "nodes": [
                {"level": "GROWING", "requiredLevel": "MATURING", "score": None, "items": []},
                {
                    "level": "DEVELOPED",
                    "requiredLevel": "MATURING",
                    "score": "75.0",
                    "items": [{"rating": 4}],
                },
            ]
        },
    }
    developed = await home.api.accepted(
        "declareClusterDeveloped",
        {"id": home.cluster},
        "status developmentLevel developmentLevelOn developmentLevelBy developmentLevelEvidence",
    )
    assert developed == {
        "status": "DEVELOPED",
        "developmentLevel": "DEVELOPED",
        "developmentLevelOn": "2026-11-01",
        "developmentLevelBy": "کمیته استانی",
        "developmentLevelEvidence": "ارزیابی ۱۴۰۵",
    }
    assert (await home.api.events()).count("cluster.status_changed") == 5


async def test_a_dormant_cluster_takes_no_project_until_it_is_developed_again(home: Home) -> None:
    assert await home.api.refused("makeClusterDormant", {"id": home.cluster}) == [
        ("REASON_REQUIRED", ["reason"])
    ]
    await home.api.accepted("makeClusterDormant", {"id": home.cluster, "reason": "no weavers left"})
    plan = {"clusterId": home.cluster, "plannedStart": "2026-06-06", "plannedEnd": "2029-06-05"}
    assert await home.api.refused("createProject", plan) == [("CLUSTER_DORMANT", ["clusterId"])]
    await home.api.accepted("startClusterDevelopment", {"id": home.cluster})
    await home.api.accepted("createProject", plan)


async def test_a_cluster_entered_by_mistake_is_deleted_and_one_with_a_history_is_not(home: Home) -> None:
    await home.api.accepted("deleteCluster", {"id": home.cluster})
    assert (await home.api.data(SHOWN, {"id": home.cluster}))["cluster"] is None
    assert await home.api.refused("editCluster", {"id": home.cluster, "nameEn": "x"}) == [
        ("NOT_FOUND", ["id"])
    ]
    await home.api.accepted("restoreCluster", {"id": home.cluster})
    assert (await shown(home))["slug"] == "lorestan-kilim-cluster"
    assert await home.api.refused("restoreCluster", {"id": home.cluster}) == [("NOT_FOUND", ["id"])]
    again = await home.api.accepted(
        "createCluster",
        {"provinceId": home.province, "nameFa": "خوشه جاجیم", "nameEn": "Jajim Cluster"},
    )
    home.cluster = again["id"]
    await home.active()
    assert await home.api.refused("deleteCluster", {"id": home.cluster}) == [("HAS_HISTORY", [])]
    permitted = await home.permitted("cluster", home.cluster)
    assert permitted["deleteCluster"] == (False, ["HAS_HISTORY"])
    assert permitted["makeClusterDormant"] == (False, ["PROJECT_STILL_RUNNING"])
    assert permitted["concludeClusterDevelopment"] == (False, ["PROJECT_STILL_RUNNING"])


async def test_another_province_neither_sees_nor_edits_the_cluster(home: Home) -> None:
    foreign = home.api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(UUID(int=5),))
    assert await foreign.refused("editCluster", {"id": home.cluster, "nameEn": "Mine"}) == [
        ("NOT_FOUND", ["id"])
    ]
    viewer = home.api.as_(UserRole.PROVINCE_VIEWER, provinces=(home.province_row,))
    assert await viewer.refused("editCluster", {"id": home.cluster, "nameEn": "Mine"}) == [
        ("NOT_ALLOWED", [])
    ]


async def test_an_administrator_identifies_clusters_in_the_own_province_only(home: Home) -> None:
    wanted = {"provinceId": home.province, "nameFa": "خوشه جاجیم", "nameEn": "Jajim Cluster"}
    foreign = home.api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(UUID(int=5),))
    assert await foreign.refused("createCluster", wanted) == [("NOT_ALLOWED", ["provinceId"])]
    own = home.api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(home.province_row,))
    await own.accepted("createCluster", wanted)


async def test_a_cluster_shows_who_its_members_are_and_which_part_of_the_triple_helix_is_missing(
    home: Home,
) -> None:
    asked = """query ($id: ID!) { cluster(id: $id) { managementFte strategyEn membersByRole { role count }
        composition { business research publicSector } products { nodes { kind motifsEn } } } }"""
    await home.api.accepted(
        "editCluster",
        {
            "id": home.cluster,
            "managementFte": 0.5,
            "strategyEn": "Export",
            "products": [
                {"nameFa": "گلیم", "nameEn": "Kilim", "kind": "HANDWOVEN_TEXTILE", "motifsEn": "Stripes"}
            ],
        },
    )
    assert await home.api.refused("editCluster", {"id": home.cluster, "managementFte": -1.0}) == [
        ("OUT_OF_RANGE", ["managementFte"])
    ]
    entry = {"clusterId": home.cluster, "kind": "WORKSHOP", "role": "WEAVER", "nameFa": "ک", "nameEn": "W"}
    weaver = await home.api.accepted("enterStakeholder", entry)
    await home.api.accepted("admitMember", {"stakeholderId": weaver["id"], "validFrom": "2026-01-01"})
    university = await home.api.accepted(
        "enterSupportInstitution",
        {"nameFa": "دانشگاه", "nameEn": "University", "kind": "UNIVERSITY", "sector": "GOVERNMENTAL"},
    )
    taking_part = {"role": "SUPPORT_INSTITUTION", "kind": "ORGANISATION", "institutionId": university["id"]}
    await home.api.accepted("enterStakeholder", {**entry, **taking_part, "nameFa": "د", "nameEn": "U"})
    assert (await home.api.data(asked, {"id": home.cluster}))["cluster"] == {
        "managementFte": 0.5,
        "strategyEn": "Export",
        "membersByRole": [{"role": "WEAVER", "count": 1}],
        "composition": {"business": True, "research": True, "publicSector": False},
        "products": {"nodes": [{"kind": "HANDWOVEN_TEXTILE", "motifsEn": "Stripes"}]},
    }
