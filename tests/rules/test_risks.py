"""The rules of risks and issues: every arrow, and every arrow that must not exist."""

from __future__ import annotations

import datetime
from dataclasses import replace
from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Decision, Refused, Remove, Update
from schema.problems import ProblemCode
from schema.risks import rules
from schema.vocabulary import RiskKind, RiskStatus, SubProjectStatus

TODAY = datetime.date(2026, 11, 23)
HOME = rules.RiskHome(UUID(int=1), UUID(int=2), SubProjectStatus.IN_PROGRESS)
RISK = rules.RiskFacts(UUID(int=3), RiskStatus.OPEN, RiskKind.RISK, datetime.date(2026, 11, 1), None, HOME)
VALUES = {"kind": RiskKind.RISK, "title_fa": "پشم", "title_en": "Wool", "likelihood": 4, "impact": 5}


def told(decision: Decision) -> list[tuple[ProblemCode, tuple[str, ...]]]:
    assert isinstance(decision, Refused), decision
    return [(problem.code, problem.path) for problem in decision.problems]


def raised(home: rules.RiskHome, values: dict[str, object], on: datetime.date = TODAY) -> Decision:
    return rules.raise_(home, values, on=on, today=TODAY, new_id=lambda: UUID(int=9))


def test_a_risk_is_raised_open_on_scales_of_one_to_five() -> None:
    decision = raised(HOME, dict(VALUES))
    assert isinstance(decision, Accepted)
    (made,) = decision.changes
    assert isinstance(made, Create)
    assert (made.values["status"], made.values["raised_on"]) == (RiskStatus.OPEN, TODAY)
    tomorrow = TODAY + datetime.timedelta(days=1)
    assert told(raised(HOME, {**VALUES, "title_fa": "", "likelihood": 0, "impact": 6}, tomorrow)) == [
        (ProblemCode.REQUIRED, ("titleFa",)),
        (ProblemCode.OUT_OF_RANGE, ("likelihood",)),
        (ProblemCode.OUT_OF_RANGE, ("impact",)),
        (ProblemCode.IN_FUTURE, ("on",)),
    ]


@pytest.mark.parametrize("status", sorted(rules.OVER))
def test_nothing_is_raised_or_reopened_on_a_sub_project_that_is_over(status: SubProjectStatus) -> None:
    over = replace(HOME, status=status)
    assert told(raised(over, dict(VALUES))) == [(ProblemCode.WRONG_STATUS, ())]
    assert told(rules.reopen(replace(RISK, status=RiskStatus.CLOSED, home=over))) == [
        (ProblemCode.WRONG_STATUS, ())
    ]


ARROWS = {
    "edit": lambda risk: rules.edit(risk, {"impact": 2}),
    "mitigate": lambda risk: rules.mitigate(risk, response="خرید مشترک"),
    "close": lambda risk: rules.close(risk, on=TODAY, reason="گذشت", today=TODAY),
    "reopen": rules.reopen,
    "remove": rules.remove,
}
OPEN = {
    ("edit", RiskStatus.OPEN), ("edit", RiskStatus.MITIGATED), ("mitigate", RiskStatus.OPEN),
    ("close", RiskStatus.OPEN), ("close", RiskStatus.MITIGATED), ("reopen", RiskStatus.MITIGATED),
    ("reopen", RiskStatus.CLOSED), ("remove", RiskStatus.OPEN),
}  # fmt: skip
LEADS_TO = {"mitigate": RiskStatus.MITIGATED, "close": RiskStatus.CLOSED, "reopen": RiskStatus.OPEN}


@pytest.mark.parametrize("status", list(RiskStatus))
@pytest.mark.parametrize("arrow", list(ARROWS))
def test_every_arrow_of_a_risk_and_every_arrow_that_must_not_exist(arrow: str, status: RiskStatus) -> None:
    decision = ARROWS[arrow](replace(RISK, status=status))
    if (arrow, status) not in OPEN:
        assert told(decision) == [(ProblemCode.WRONG_STATUS, ())]
        return
    assert isinstance(decision, Accepted)
    (change,) = decision.changes
    if arrow == "remove":
        assert isinstance(change, Remove)
    elif arrow in LEADS_TO:
        assert isinstance(change, Update)
        assert change.values["status"] is LEADS_TO[arrow]


def test_holding_it_down_needs_a_response_and_closing_it_a_reason_and_a_day_after_it_was_raised() -> None:
    assert told(rules.mitigate(RISK, response=None)) == [(ProblemCode.REQUIRED, ("responseFa",))]
    assert isinstance(rules.mitigate(replace(RISK, response_fa="خرید"), response=None), Accepted)
    early = datetime.date(2026, 10, 1)
    assert told(rules.close(RISK, on=early, reason=None, today=TODAY)) == [
        (ProblemCode.DATES_OUT_OF_ORDER, ("on",)),
        (ProblemCode.REASON_REQUIRED, ("reason",)),
    ]


def test_a_risk_taken_back_comes_back_with_its_sub_project_only() -> None:
    back = Update("Risk", RISK.id, {"deleted_at": None})
    assert rules.restore(RISK) == Accepted(("Risk", RISK.id), (back,))
    gone = replace(RISK, home=replace(HOME, removed=True))
    assert told(rules.restore(gone)) == [(ProblemCode.PART_OF_REMOVED, ())]
