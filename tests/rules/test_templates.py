"""The rules of the programme's versions, without a database: complete, checked, published once."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Decision, Refused
from schema.problems import ProblemCode
from schema.projects import reference, templates
from schema.projects.thresholds import DEFAULTS, THRESHOLDS
from schema.vocabulary import PhaseCode, PhaseKind

if TYPE_CHECKING:
    from collections.abc import Callable

START = datetime.date(2026, 6, 6)
TODAY = datetime.date(2026, 11, 23)


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    numbers = count(1000)
    return lambda: UUID(int=next(numbers))


def codes(decision: Decision) -> list[ProblemCode]:
    """Return the reasons of a refusal."""
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


def accepted(decision: Decision) -> Accepted:
    """Insist on acceptance."""
    assert isinstance(decision, Accepted), decision
    return decision


EDITION = templates.EditionFacts(UUID(int=2), 1, START, 1, START, {"plan_grace_days": 20}, reference.PHASES)
NEXT = templates.Wishes("نسخهٔ دوم", "Second version")


@pytest.mark.requirement("R55")
def test_a_new_version_keeps_what_it_does_not_change_and_is_complete(new_id: Callable[[], UUID]) -> None:
    wishes = replace(
        NEXT,
        windows=(templates.Window(PhaseCode.DIAGNOSTIC_STUDY, 2, 3),),
        thresholds=(("exit_score", 75.0),),
    )
    decision = accepted(templates.draft(EDITION, wishes=wishes, new_id=new_id))
    made = [change for change in decision.changes if isinstance(change, Create)]
    edition = made[0].values
    assert edition["version"] == 2
    assert edition["thresholds"] == {**DEFAULTS, "plan_grace_days": 20, "exit_score": 75.0}
    assert "published_on" not in edition
    phases = {change.values["code"]: change.values for change in made if change.entity == "PhaseTemplate"}
    assert len(phases) == 5
    assert (
        phases[PhaseCode.DIAGNOSTIC_STUDY]["min_months"],
        phases[PhaseCode.DIAGNOSTIC_STUDY]["max_months"],
    ) == (2, 3)
    assert phases[PhaseCode.AGENT_EXIT]["max_months"] == 6
    assert sum(change.entity == "GateTemplate" for change in made) == 7


@pytest.mark.requirement("R55")
def test_impossible_windows_and_unknown_thresholds_are_refused(new_id: Callable[[], UUID]) -> None:
    wishes = templates.Wishes(
        "",
        "Second version",
        (
            templates.Window(PhaseCode.DIAGNOSTIC_STUDY, 4, 3),
            templates.Window(PhaseCode.TRUST_BUILDING, 1, 2),
        ),
        (("no_such_thing", 1.0), ("gate_share_gap", 1.5)),
    )
    assert codes(templates.draft(EDITION, wishes=wishes, new_id=new_id)) == [
        ProblemCode.REQUIRED,
        ProblemCode.OUT_OF_RANGE,
        ProblemCode.NOT_WINDOWED,
        ProblemCode.UNKNOWN_THRESHOLD,
        ProblemCode.OUT_OF_RANGE,
    ]


@pytest.mark.requirement("R55")
def test_a_version_is_published_once_and_not_before_the_one_in_force() -> None:
    assert codes(templates.publish(EDITION, on=TODAY)) == [ProblemCode.PUBLISHED]
    drafted = replace(EDITION, published_on=None)
    accepted(templates.publish(drafted, on=TODAY))
    too_early = START - datetime.timedelta(days=1)
    assert codes(templates.publish(drafted, on=too_early)) == [ProblemCode.DATES_OUT_OF_ORDER]


@pytest.mark.requirement("R55")
def test_every_threshold_has_a_default_within_its_bounds_and_both_labels() -> None:
    assert len({threshold.key for threshold in THRESHOLDS}) == len(THRESHOLDS)
    for threshold in THRESHOLDS:
        assert threshold.least <= threshold.default <= threshold.most, threshold.key
        assert threshold.label_fa
        assert threshold.label_en
    assert DEFAULTS["weight_member_trust"] + DEFAULTS["weight_institution_trust"] + DEFAULTS[
        "weight_structure"
    ] == pytest.approx(1)


@pytest.mark.requirement("R3", "R12", "R50")
def test_the_first_version_has_the_windows_and_kinds_of_the_source() -> None:
    assert [(phase.kind, phase.min_months, phase.max_months) for phase in reference.PHASES] == [
        (PhaseKind.WINDOWED, 3, 4),
        (PhaseKind.CONTINUOUS, None, None),
        (PhaseKind.RECURRING, None, None),
        (PhaseKind.OPEN_ENDED, None, None),
        (PhaseKind.WINDOWED, 4, 6),
    ]


def test_the_gates_of_a_phase_are_replaced_and_those_of_the_others_kept(new_id: Callable[[], UUID]) -> None:
    gate = templates.WishedGate(
        PhaseCode.IMPLEMENTATION, "sub_projects_closed", "بسته", "Closed", mandatory=True
    )
    decision = accepted(templates.draft(EDITION, wishes=replace(NEXT, gates=(gate,)), new_id=new_id))
    made = [
        change.values["key"]
        for change in decision.changes
        if isinstance(change, Create) and change.entity == "GateTemplate"
    ]
    assert len(made) == 8
    assert "sub_projects_closed" in made
    exit_gate = replace(gate, code=PhaseCode.AGENT_EXIT)
    decision = accepted(templates.draft(EDITION, wishes=replace(NEXT, gates=(exit_gate,)), new_id=new_id))
    made = [
        change.values["key"]
        for change in decision.changes
        if isinstance(change, Create) and change.entity == "GateTemplate"
    ]
    assert len(made) == 6


def test_gates_without_a_usable_key_or_label_are_refused(new_id: Callable[[], UUID]) -> None:
    gate = templates.WishedGate(PhaseCode.AGENT_EXIT, "گام", "", "Step", mandatory=False)
    twice = replace(gate, key="step", label_fa="گام")
    wishes = replace(NEXT, gates=(gate, twice, twice))
    assert codes(templates.draft(EDITION, wishes=wishes, new_id=new_id)) == [
        ProblemCode.UNUSABLE_CODE,
        ProblemCode.REQUIRED,
        ProblemCode.NOT_UNIQUE,
    ]
