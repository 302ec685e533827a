"""A day that comes before something on record is refused with that thing's name and its day, in both languages."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import pytest

from schema.agencies import tokens
from schema.agencies.tokens import Issued
from schema.committees import rules as committees
from schema.councils import rules as councils
from schema.decision import Refused
from schema.events import EventType
from schema.exits import steps
from schema.feasibility import rules as feasibility
from schema.indicators import targets
from schema.networks import members
from schema.networks import rules as networks
from schema.phases import rules as phases
from schema.problems import ProblemCode, message
from schema.problems.occasions import Occasion
from schema.projects import templates
from schema.risks import rules as risks
from schema.stakeholders import rules as stakeholders
from schema.studies import rules as studies
from schema.sub_projects import outputs, progress
from schema.sub_projects import rules as sub_projects
from schema.support import rules as support
from schema.support.rules import Reach
from schema.trust import surveys
from schema.vocabulary import (
    ExitStatus,
    FeasibilityRecommendation,
    PhaseCode,
    PhaseStatus,
    RiskStatus,
    SeatRole,
    StudyStatus,
    SubProjectStatus,
    SurveyStatus,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schema.decision import Decision

TODAY: Final = date(2026, 11, 24)
ON_RECORD: Final = date(2026, 6, 10)
EARLY: Final = ON_RECORD - timedelta(days=1)
SCHEMA: Final = Path(__file__).resolve().parents[2] / "schema"
NATIONAL: Final = Reach(national=True)
REASON: Final = "دلیل"


class Known(SimpleNamespace):
    """Facts of which only what a case needs is known; nothing else is on record."""

    def __getattr__(self, name: str) -> Any:
        return None


def known(**values: object) -> Any:
    """Return facts for any rule."""
    return Known(**values)


def new_id() -> UUID:
    """Make an id nobody looks at."""
    return UUID(int=1)


SUB_PROJECT: Final = known(status=SubProjectStatus.IN_PROGRESS, actual_start=ON_RECORD, milestones=())
COMMITTEE: Final = known(formed_on=ON_RECORD, seats=())
COUNCIL: Final = known(formed_on=ON_RECORD, seats=(), actors=0, least_actors=0)
SEAT: Final = known(valid_from=ON_RECORD)
SINCE_THEN: Final = known(formed_on=date(2020, 1, 1), seats=(SEAT,))
NETWORK: Final = known(formed_on=ON_RECORD, current=())
STEP: Final = known(announced_on=ON_RECORD, exit_status=ExitStatus.ANNOUNCED)
PHASE: Final = known(
    code=PhaseCode.IMPLEMENTATION, status=PhaseStatus.IN_PROGRESS, actual_start=ON_RECORD, project_start=EARLY
)
STUDY: Final = known(
    code=PhaseCode.DIAGNOSTIC_STUDY,
    status=PhaseStatus.IN_PROGRESS,
    study_needs_presentation=True,
    study_presented_on=ON_RECORD,
    project_start=EARLY,
)
SUBMITTED: Final = known(status=StudyStatus.SUBMITTED, submitted_on=ON_RECORD)
TITLE: Final = {"title_fa": "نماینده", "title_en": "Delegate"}
NOON: Final = datetime(2026, 6, 10, 9, tzinfo=UTC)


def _cases() -> Iterator[tuple[Term, Any]]:
    yield EventType.SUB_PROJECT_STARTED, lambda: sub_projects.complete(SUB_PROJECT, on=EARLY, today=TODAY)
    yield (
        EventType.SUB_PROJECT_STARTED,
        lambda: outputs.record(known(sub_project=SUB_PROJECT), Decimal(1), on=EARLY, today=TODAY),
    )
    yield (
        EventType.SUB_PROJECT_STARTED,
        lambda: progress.report(SUB_PROJECT, {}, on=EARLY, done=(), today=TODAY, new_id=new_id),
    )
    yield EventType.NETWORK_FORMED, lambda: networks.dissolve(NETWORK, on=EARLY, reason=REASON, today=TODAY)
    yield EventType.NETWORK_FORMED, lambda: members.join(NETWORK, known(), since=EARLY, new_id=new_id)
    yield Occasion.NETWORK_JOINED, lambda: members.leave(SEAT, on=EARLY)
    yield Occasion.MEMBERSHIP_BEGUN, lambda: stakeholders.end_membership(SEAT, on=EARLY)
    yield (
        Occasion.FREE_AGAIN,
        lambda: stakeholders.admit(known(last_ended=EARLY), since=EARLY, today=TODAY, new_id=new_id),
    )
    yield Occasion.TEMPLATE_IN_FORCE, lambda: templates.publish(known(newest_published=ON_RECORD), on=EARLY)
    yield (
        Occasion.FEASIBILITY_BEGUN,
        lambda: feasibility.complete(
            known(begun_on=ON_RECORD),
            on=EARLY,
            recommendation=next(iter(FeasibilityRecommendation)),
            summary={"summary_fa": "خلاصه"},
            today=TODAY,
        ),
    )
    yield (
        Occasion.TODAY,
        lambda: targets.set_target(
            known(),
            known(),
            baseline=Decimal(1),
            target=Decimal(2),
            due_on=EARLY,
            today=ON_RECORD,
            new_id=new_id,
        ),
    )
    yield (
        Occasion.TODAY,
        lambda: tokens.issue_token(
            known(),
            {"name": "sync", "scopes": ["READ"], "expires_at": NOON - timedelta(days=1)},
            Issued("-", "-"),
            token_id=new_id(),
            now=NOON,
        ),
    )
    yield EventType.PHASE_STARTED, lambda: phases.complete(PHASE, on=EARLY, today=TODAY)
    yield EventType.STUDY_PRESENTED, lambda: phases.complete(STUDY, on=EARLY, today=TODAY)
    yield EventType.STUDY_SUBMITTED, lambda: studies.accept(SUBMITTED, on=EARLY, today=TODAY)
    yield EventType.EXIT_ANNOUNCED, lambda: steps.finish(STEP, on=EARLY, evidence=REASON, today=TODAY)
    yield EventType.EXIT_ANNOUNCED, lambda: steps.edit(STEP, {"due_on": EARLY})
    yield (
        Occasion.COMMITTEE_FORMED,
        lambda: committees.dissolve(COMMITTEE, on=EARLY, reach=NATIONAL, today=TODAY),
    )
    yield Occasion.SEAT_TAKEN, lambda: committees.dissolve(SINCE_THEN, on=EARLY, reach=NATIONAL, today=TODAY)
    yield (
        Occasion.COMMITTEE_FORMED,
        lambda: committees.appoint(
            COMMITTEE, TITLE, role=SeatRole.CHAIR, expert=False, since=EARLY, reach=NATIONAL, new_id=new_id
        ),
    )
    yield Occasion.SEAT_TAKEN, lambda: committees.end_seat(SEAT, on=EARLY, reach=NATIONAL)
    yield (
        Occasion.COMMITTEE_FORMED,
        lambda: committees.record_session(
            COMMITTEE, {}, held_on=EARLY, plans=(), reach=NATIONAL, today=TODAY, new_id=new_id
        ),
    )
    yield Occasion.COUNCIL_FORMED, lambda: councils.dissolve(COUNCIL, on=EARLY, today=TODAY)
    yield Occasion.SEAT_TAKEN, lambda: councils.dissolve(SINCE_THEN, on=EARLY, today=TODAY)
    yield (
        Occasion.COUNCIL_FORMED,
        lambda: councils.appoint(COUNCIL, TITLE, role=SeatRole.CHAIR, since=EARLY, new_id=new_id),
    )
    yield Occasion.SEAT_TAKEN, lambda: councils.end_seat(SEAT, on=EARLY)
    yield (
        Occasion.RISK_RAISED,
        lambda: risks.close(
            known(status=RiskStatus.OPEN, raised_on=ON_RECORD), on=EARLY, reason=REASON, today=TODAY
        ),
    )
    yield Occasion.NAME_BORNE, lambda: support.rename(
        known(named_since=ON_RECORD, name_fa="پیشین"), name_fa="نو", name_en="New", on=EARLY, reach=NATIONAL,
        new_id=new_id,
    )  # fmt: skip
    yield (
        Occasion.SURVEY_OPENED,
        lambda: surveys.close(
            known(status=SurveyStatus.OPEN, opened_on=ON_RECORD, respondents=1), on=EARLY, today=TODAY
        ),
    )


@pytest.mark.parametrize(("event", "decide"), list(_cases()))
def test_a_day_that_is_too_early_says_before_what_and_from_when_it_may_be(event: Term, decide: Any) -> None:
    decision: Decision = decide()
    assert isinstance(decision, Refused)
    (problem,) = (one for one in decision.problems if one.code is ProblemCode.DATES_OUT_OF_ORDER)
    assert problem.path, "so that the form marks the field"
    assert message(problem, "en") == (
        f"This date (2026-06-09) comes before “{event.label_en}” (2026-06-10): enter that day or a later one."
    )
    assert message(problem, "fa") == (
        f"این تاریخ (۱۹ خرداد ۱۴۰۵) پیش از «{event.label_fa}» (۲۰ خرداد ۱۴۰۵) است؛ همان روز یا پس از آن را وارد کنید."
    )


ENTERED_TOGETHER: Final = {
    ("entries.py", "disordered"),
    ("phases/rules.py", "plan"),
    ("projects/planning.py", "period"),
}
"""Where both days are entered at once, so that the usual sentence names both and either may be mended."""


def test_no_refusal_of_a_day_leaves_out_what_it_collides_with() -> None:
    silent = set()
    for path in sorted(SCHEMA.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                body = ast.unparse(node)
                named = body.count("'event':") + body.count("event=")
                if body.count("DATES_OUT_OF_ORDER") > named:
                    silent.add((str(path.relative_to(SCHEMA)), node.name))
    assert silent == ENTERED_TOGETHER | {("problems/by_circumstance.py", "wording")}
