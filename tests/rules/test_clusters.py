"""The rules of clusters, without a database: particulars, the arrows of E1, levels, deletion."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from itertools import count, product
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from schema.clusters import assessments, rules
from schema.clusters.assessments import AssessedItem
from schema.clusters.particulars import CountyFacts, CountyLink, ProductLine, slug_of
from schema.clusters.rules import ARROWS, ClusterFacts, ProvinceFacts
from schema.decision import Accepted, Create, Decision, Refused, Remove, Update
from schema.problems import ProblemCode
from schema.vocabulary import ClusterStatus, DevelopmentLevel

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = datetime.date(2026, 11, 23)
KUHDASHT, DELFAN, ELSEWHERE = UUID(int=11), UUID(int=12), UUID(int=99)
COUNTIES = (CountyFacts(KUHDASHT, "کوهدشت"), CountyFacts(DELFAN, "دلفان"))
PROVINCE = ProvinceFacts(UUID(int=1), COUNTIES)
CLUSTER = ClusterFacts(
    id=UUID(int=2),
    status=ClusterStatus.IDENTIFIED,
    deleted_at=None,
    development_level=None,
    development_level_on=None,
    developed_rank=5,
    exit_rank=4,
    running_projects=0,
    has_history=False,
    counties=COUNTIES,
    links=(CountyLink(UUID(int=21), KUHDASHT),),
    products=(ProductLine(UUID(int=31), 1, "گلیم"), ProductLine(UUID(int=32), 2, "جاجیم")),
)
NAMES: dict[str, object] = {"name_fa": "خوشه گلیم", "name_en": "Kilim Cluster"}


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    numbers = count(1000)
    return lambda: UUID(int=next(numbers))


def codes(decision: Decision) -> list[tuple[ProblemCode, tuple[str, ...]]]:
    """Return the reasons of a refusal with their paths."""
    assert isinstance(decision, Refused), decision
    return [(problem.code, problem.path) for problem in decision.problems]


@pytest.mark.requirement("R1")
def test_an_identified_cluster_has_its_province_its_counties_and_its_products(
    new_id: Callable[[], UUID],
) -> None:
    decision = rules.create(
        PROVINCE,
        within_reach=True,
        profile=NAMES,
        counties=[KUHDASHT, DELFAN, KUHDASHT],
        products=[{"name_fa": "گلیم", "name_en": "Kilim"}, {"name_fa": "ماشته", "name_en": "Mashteh"}],
        today=TODAY,
        new_id=new_id,
    )
    assert isinstance(decision, Accepted)
    made = [change for change in decision.changes if isinstance(change, Create)]
    cluster, *parts = made
    assert cluster.values["province_id"] == PROVINCE.id
    assert cluster.values["slug"] == "kilim-cluster"
    assert cluster.values["status"] is ClusterStatus.IDENTIFIED
    assert cluster.values["identified_on"] == TODAY
    assert [part.entity for part in parts] == ["ClusterCounty", "ClusterCounty", "Product", "Product"]
    assert {part.values["cluster_id"] for part in parts} == {cluster.id}
    assert [part.values.get("ordinal") for part in parts] == [None, None, 1, 2]


@pytest.mark.requirement("R1")
def test_everything_wrong_with_a_cluster_is_told_at_once_with_its_path(new_id: Callable[[], UUID]) -> None:
    decision = rules.create(
        PROVINCE,
        within_reach=True,
        profile={
            "name_fa": "",
            "name_en": "Kilim",
            "slug": "گلیم",
            "sector_code": "3214",
            "identified_on": TODAY + datetime.timedelta(days=1),
            "workshops_count": -1,
            "latitude": 90.5,
            "website": "javascript:alert(1)",
        },
        counties=[ELSEWHERE],
        products=[{"name_fa": "گلیم", "name_en": ""}, {"name_fa": "گليم", "name_en": "Kilim"}],
        today=TODAY,
        new_id=new_id,
    )
    assert codes(decision) == [
        (ProblemCode.REQUIRED, ("nameFa",)),
        (ProblemCode.UNUSABLE_SLUG, ("slug",)),
        (ProblemCode.UNUSABLE_CODE, ("sectorCode",)),
        (ProblemCode.UNUSABLE_CODE, ("website",)),
        (ProblemCode.IN_FUTURE, ("identifiedOn",)),
        (ProblemCode.OUT_OF_RANGE, ("workshopsCount",)),
        (ProblemCode.OUT_OF_RANGE, ("latitude",)),
        (ProblemCode.PROVINCE_MISMATCH, ("countyIds", "0")),
        (ProblemCode.REQUIRED, ("products", "0", "nameEn")),
        (ProblemCode.NOT_UNIQUE, ("products", "1", "nameFa")),
    ]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Lorestan Kilim, Jajim & Mashteh", "lorestan-kilim-jajim-mashteh"),
        ("  Yazd—Termeh ۲ ", "yazd-termeh-2"),
        ("گلیم", ""),
    ],
)
def test_the_name_in_addresses_is_made_of_the_english_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_codes_typed_in_persian_digits_are_kept_in_ascii(new_id: Callable[[], UUID]) -> None:
    decision = rules.edit(
        CLUSTER, profile={"sector_code": "۳۲۱۴۰", "slug": "Kilim-۲"}, today=TODAY, new_id=new_id
    )
    assert isinstance(decision, Accepted)
    assert decision.changes[0] == Update("Cluster", CLUSTER.id, {"sector_code": "32140", "slug": "kilim-2"})


def test_a_given_list_of_products_replaces_the_recorded_one_and_keeps_what_stays(
    new_id: Callable[[], UUID],
) -> None:
    decision = rules.edit(
        CLUSTER,
        profile={},
        counties=[DELFAN],
        products=[{"name_fa": "ماشته", "name_en": "Mashteh"}, {"name_fa": "گليم", "name_en": "Gelim"}],
        today=TODAY,
        new_id=new_id,
    )
    assert isinstance(decision, Accepted)
    assert [(type(change).__name__, change.entity) for change in decision.changes] == [
        ("Update", "Cluster"),
        ("Remove", "ClusterCounty"),
        ("Create", "ClusterCounty"),
        ("Remove", "Product"),
        ("Create", "Product"),
        ("Update", "Product"),
    ]
    assert Remove("Product", UUID(int=32)) in decision.changes
    assert decision.events[0].payload["changed"] == ["counties", "products"]


def test_absent_lists_leave_counties_and_products_as_they_are(new_id: Callable[[], UUID]) -> None:
    decision = rules.edit(CLUSTER, profile={"name_en": "Other"}, today=TODAY, new_id=new_id)
    assert isinstance(decision, Accepted)
    assert [change.entity for change in decision.changes] == ["Cluster"]


@pytest.mark.requirement("E1")
@pytest.mark.parametrize(("start", "to"), list(product(ClusterStatus, ClusterStatus)))
def test_a_cluster_moves_along_the_arrows_of_the_programme_and_no_others(
    start: ClusterStatus, to: ClusterStatus
) -> None:
    allowed = {
        (ClusterStatus.IDENTIFIED, ClusterStatus.PRIORITISED),
        (ClusterStatus.PRIORITISED, ClusterStatus.FEASIBILITY),
        (ClusterStatus.FEASIBILITY, ClusterStatus.UNDER_DEVELOPMENT),
        (ClusterStatus.UNDER_DEVELOPMENT, ClusterStatus.COMPLETED),
        (ClusterStatus.COMPLETED, ClusterStatus.DEVELOPED),
        (ClusterStatus.DORMANT, ClusterStatus.UNDER_DEVELOPMENT),
    } | {(status, ClusterStatus.DORMANT) for status in ClusterStatus if status is not ClusterStatus.DORMANT}
    assert (to in ARROWS[start]) == ((start, to) in allowed)
    cluster = replace(CLUSTER, status=start, development_level=DevelopmentLevel.DEVELOPED)
    decision = rules.move(cluster, to=to, on=TODAY, reason="decided", today=TODAY)
    if (start, to) in allowed:
        assert isinstance(decision, Accepted)
        assert decision.events[0].payload["before"] is start
        assert decision.events[0].payload["after"] is to
    else:
        there = ProblemCode.THERE_ALREADY if to is start else ProblemCode.TRANSITION_NOT_OPEN
        assert codes(decision) == [(there, ())]


def test_a_cluster_does_not_rest_while_its_project_runs() -> None:
    busy = replace(CLUSTER, status=ClusterStatus.UNDER_DEVELOPMENT, running_projects=1)
    for to in (ClusterStatus.DORMANT, ClusterStatus.COMPLETED):
        decision = rules.move(busy, to=to, on=TODAY, reason="x", today=TODAY)
        assert codes(decision) == [(ProblemCode.PROJECT_STILL_RUNNING, ())]


def test_dormancy_needs_its_reason_and_no_step_lies_in_the_future() -> None:
    tomorrow = TODAY + datetime.timedelta(days=1)
    decision = rules.move(CLUSTER, to=ClusterStatus.DORMANT, on=tomorrow, reason=None, today=TODAY)
    assert codes(decision) == [(ProblemCode.IN_FUTURE, ("on",)), (ProblemCode.REASON_REQUIRED, ("reason",))]


@pytest.mark.requirement("R34")
@pytest.mark.parametrize("level", [None, *DevelopmentLevel])
def test_a_cluster_is_declared_developed_only_at_the_level_in_force(level: DevelopmentLevel | None) -> None:
    cluster = replace(CLUSTER, status=ClusterStatus.COMPLETED, development_level=level, developed_rank=4)
    decision = rules.move(cluster, to=ClusterStatus.DEVELOPED, on=TODAY, reason=None, today=TODAY)
    if level in {DevelopmentLevel.MATURING, DevelopmentLevel.DEVELOPED}:
        assert isinstance(decision, Accepted)
    else:
        assert codes(decision) == [(ProblemCode.LEVEL_TOO_LOW, ())]


def assessed(cluster: ClusterFacts, new_id: Callable[[], UUID], **more: Any) -> Decision:
    given: dict[str, Any] = {
        "level": DevelopmentLevel.GROWING, "on": TODAY, "evidence": "ارزیابی", "decided_by": "شورای راهبری",
    }  # fmt: skip
    return assessments.assess(cluster, **{**given, **more}, today=TODAY, new_id=new_id)


@pytest.mark.requirement("R34", "R55")
def test_a_level_is_recorded_with_day_evidence_decider_and_the_level_the_exit_asked_for(
    new_id: Callable[[], UUID],
) -> None:
    items = (AssessedItem("بازار", "Market", 2), AssessedItem("شبکه‌ها", "Networks", 5))
    decision = assessed(CLUSTER, new_id, items=items)
    assert isinstance(decision, Accepted)
    current, kept, *rated = decision.changes
    assert current == Update(
        "Cluster",
        CLUSTER.id,
        {
            "development_level": DevelopmentLevel.GROWING,
            "development_level_on": TODAY,
            "development_level_evidence": "ارزیابی",
            "development_level_by": "شورای راهبری",
        },
    )
    assert isinstance(kept, Create)
    assert kept.values["required_level"] is DevelopmentLevel.MATURING
    assert kept.values["score"] == Decimal("62.5")
    assert [part.values["rating"] for part in rated if isinstance(part, Create)] == [2, 5]


def test_an_assessment_without_day_evidence_or_decider_is_refused_with_everything_it_lacks(
    new_id: Callable[[], UUID],
) -> None:
    tomorrow = TODAY + datetime.timedelta(days=1)
    items = (AssessedItem("", "Market", 6),)
    assert codes(assessed(CLUSTER, new_id, on=tomorrow, evidence="", decided_by="", items=items)) == [
        (ProblemCode.REQUIRED, ("items", "0", "nameFa")),
        (ProblemCode.OUT_OF_RANGE, ("items", "0", "rating")),
        (ProblemCode.IN_FUTURE, ("on",)),
        (ProblemCode.REQUIRED, ("evidence",)),
        (ProblemCode.REQUIRED, ("decidedBy",)),
    ]


@pytest.mark.requirement("R34")
def test_an_assessment_of_an_earlier_day_does_not_take_the_later_level_back(
    new_id: Callable[[], UUID],
) -> None:
    later = replace(CLUSTER, development_level=DevelopmentLevel.MATURING, development_level_on=TODAY)
    decision = assessed(later, new_id, on=TODAY - datetime.timedelta(days=1))
    assert isinstance(decision, Accepted)
    (kept,) = decision.changes
    assert isinstance(kept, Create)
    assert (kept.entity, kept.values["score"]) == ("DevelopmentAssessment", None)


def test_what_has_a_history_is_not_deleted() -> None:
    assert codes(rules.delete(replace(CLUSTER, has_history=True))) == [(ProblemCode.HAS_HISTORY, ())]
    assert rules.delete(CLUSTER) == Accepted(("Cluster", CLUSTER.id), (Remove("Cluster", CLUSTER.id),))


def test_only_what_is_deleted_is_restored() -> None:
    assert codes(rules.restore(CLUSTER)) == [(ProblemCode.WRONG_STATUS, ())]
    deleted = replace(CLUSTER, deleted_at=datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC))
    assert rules.restore(deleted) == Accepted(
        ("Cluster", CLUSTER.id), (Update("Cluster", CLUSTER.id, {"deleted_at": None}),)
    )


@pytest.mark.parametrize("status", ClusterStatus)
def test_what_is_permitted_is_what_the_rules_would_decide(status: ClusterStatus) -> None:
    cluster = replace(CLUSTER, status=status)
    answers = {each.action: each.allowed for each in rules.permitted(cluster, today=TODAY)}
    assert answers["makeClusterDormant"] is (status is not ClusterStatus.DORMANT)
    assert answers["prioritiseCluster"] is (status is ClusterStatus.IDENTIFIED)
    assert answers["declareClusterDeveloped"] is False
    assert answers["deleteCluster"] is True
