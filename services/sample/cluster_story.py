"""One cluster as it is loaded: its rows are added here, each with the id that its name decides."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from schema.calendar import add_months, months_window
from schema.councils.rows import (
    CouncilDecision,
    CouncilMeeting,
    CouncilSeat,
    DecisionVote,
    MeetingAttendance,
    SteeringCouncil,
)
from schema.phases.rows import Phase, PhaseGate
from schema.plans.rows import ActionPlan, OperationalProgramme, Strategy
from schema.projects import reference
from schema.projects.rows import AgentAssignment, ClusterProject
from schema.vocabulary import (
    ActionPlanStatus,
    AgentRole,
    DecisionSubject,
    MeetingStatus,
    PhaseCode,
    PhaseStatus,
    PlanOwner,
    ProjectStatus,
    ReviewDecision,
    SeatRole,
    Vote,
)
from services.sample.identities import identity
from services.sample.reference import PHASES, template_id

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from tortoise import Model

    from services.sample.sheets import Sheets

RENEWAL_MONTHS: Final = 12
NO_WINDOW: Final = (None, None)


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in the council: a role, a title in both languages, and the institution that holds it."""

    role: SeatRole
    title_fa: str
    title_en: str
    institution_id: UUID | None = None
    stakeholder_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """How far a phase has come."""

    status: PhaseStatus
    planned: dt.date | None = None
    began: dt.date | None = None
    ended: dt.date | None = None
    reason: str | None = None


NOT_BEGUN: Final = Course(PhaseStatus.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class ClusterStory:
    """Adds the rows of one cluster; everything it adds belongs to it and is marked alike."""

    sheets: Sheets
    slug: str

    def identity(self, *names: object) -> UUID:
        """Return the id of something of this cluster."""
        return identity(self.slug, *names)

    @property
    def cluster_id(self) -> UUID:
        """The cluster itself."""
        return self.identity("cluster")

    def add(self, model: type[Model], *names: object, **values: object) -> UUID:
        """Add a row of this cluster, invented unless it says otherwise."""
        row = {"cluster_id": self.cluster_id, "is_sample": True, **values}
        return self.sheets.add(model, self.identity(model.__name__, *names), **row)

    def add_project(self, *, status: ProjectStatus, **values: object) -> UUID:
        """Add the development project under the first version of the programme."""
        return self.add(ClusterProject, 1, template_id=template_id(), status=status, **values)

    def add_phases(self, project_id: UUID, courses: Mapping[PhaseCode, Course]) -> None:
        """Add the five phases; a window counts from the day its phase began (R12, R50)."""
        for ordinal, (code, kind, least, most, _, _) in enumerate(PHASES, 1):
            course = courses.get(code, NOT_BEGUN)
            earliest, latest = NO_WINDOW
            anchor = course.began or course.planned
            if least and most and anchor:
                window = months_window(anchor, least, most)
                earliest, latest = window.earliest, window.latest
            self._add_gates(code, course)
            self.add(
                Phase,
                code,
                project_id=project_id,
                code=code,
                ordinal=ordinal,
                kind=kind,
                status=course.status,
                planned_start=course.planned or course.began,
                window_start=earliest,
                window_end=latest,
                actual_start=course.began,
                actual_end=course.ended,
                reason=course.reason,
            )

    def _add_gates(self, code: PhaseCode, course: Course) -> None:
        """Copy the gates of the programme; a phase that is over has met them all."""
        outline = next(outline for outline in reference.PHASES if outline.code is code)
        met = (
            {"met_on": course.ended, "decided_by": "شورای راهبری خوشه", "evidence": "گزارش پایان فاز"}
            if course.ended
            else {}
        )
        for gate in outline.gates:
            phase_id = self.identity("Phase", code)
            names = {name: getattr(gate, name) for name in gate.__slots__}
            self.add(PhaseGate, code, gate.key, phase_id=phase_id, **names, **met)

    def add_team(
        self,
        project_id: UUID,
        team: Sequence[Sequence[str]],
        since: dt.date,
        until: dt.date | None = None,
    ) -> None:
        """Add the agent team by its titles (E3, E9); no person is named."""
        for role, title_fa, title_en in team:
            self.add(
                AgentAssignment,
                role,
                project_id=project_id,
                role=AgentRole(role),
                title_fa=title_fa,
                title_en=title_en,
                valid_from=since,
                valid_to=until,
            )

    def add_council(self, seats: Sequence[Seat], formed_on: dt.date) -> UUID:
        """Add the steering council with its seats (R29, E4)."""
        council_id = self.add(SteeringCouncil, formed_on=formed_on)
        for number, seat in enumerate(seats, 1):
            self.add(
                CouncilSeat,
                number,
                council_id=council_id,
                role=seat.role,
                title_fa=seat.title_fa,
                title_en=seat.title_en,
                institution_id=seat.institution_id,
                stakeholder_id=seat.stakeholder_id,
                valid_from=formed_on,
            )
        return council_id

    def add_approved_plan(  # noqa: PLR0913 - the parts of a plan have their names
        self,
        version: int,
        *,
        project_id: UUID,
        approved_on: dt.date,
        current: bool,
        council_id: UUID,
        seats: int,
        place: tuple[str, str],
        agenda: tuple[str, str],
        owner: PlanOwner = PlanOwner.AGENT,
        **values: object,
    ) -> UUID:
        """Add a version of the plan with the meeting and the decision that approved it (R28, I8, I9)."""
        decision_id = self.add_decision(
            version,
            on=approved_on,
            council_id=council_id,
            seats=seats,
            place=place,
            agenda=agenda,
            subject=DecisionSubject.ACTION_PLAN,
            plan_id=self.identity("ActionPlan", version),
        )
        return self.add(
            ActionPlan,
            version,
            project_id=project_id,
            version=version,
            status=ActionPlanStatus.APPROVED if current else ActionPlanStatus.SUPERSEDED,
            owner=owner,
            submitted_by=PlanOwner.AGENT,
            decision_id=decision_id,
            approved_on=approved_on,
            next_due_on=add_months(approved_on, RENEWAL_MONTHS),
            **values,
        )

    def add_decision(
        self,
        number: int,
        *,
        on: dt.date,
        council_id: UUID,
        seats: int,
        place: tuple[str, str],
        agenda: tuple[str, str],
        **about: object,
    ) -> UUID:
        """Add a meeting of the council and what it approved there, with everybody's vote."""
        meeting_id = self.add(
            CouncilMeeting,
            number,
            council_id=council_id,
            status=MeetingStatus.HELD,
            scheduled_on=on,
            held_on=on,
            place_fa=place[0],
            place_en=place[1],
            agenda_fa=agenda[0],
            agenda_en=agenda[1],
        )
        decision_id = self.add(
            CouncilDecision,
            number,
            meeting_id=meeting_id,
            decision=ReviewDecision.APPROVE,
            decided_on=on,
            **about,
        )
        self._add_attendance(number, meeting_id, decision_id, seats)
        return decision_id

    def _add_attendance(self, version: int, meeting_id: UUID, decision_id: UUID, seats: int) -> None:
        for number in range(1, seats + 1):
            seat_id = self.identity("CouncilSeat", number)
            # One seat in every meeting stays empty, as happens.
            present = number % (seats - version or 1) != 0
            self.add(
                MeetingAttendance, version, number, meeting_id=meeting_id, seat_id=seat_id, present=present
            )
            if present:
                self.add(
                    DecisionVote, version, number, decision_id=decision_id, seat_id=seat_id, vote=Vote.FOR
                )

    def add_strategy(self, plan_id: UUID, version: int, ordinal: int, facts: Mapping[str, str]) -> UUID:
        """Add a strategy and its operational programme to a version; return the programme (R23)."""
        strategy_id = self.add(
            Strategy,
            version,
            facts["key"],
            plan_id=plan_id,
            ordinal=ordinal,
            title_fa=facts["name_fa"],
            title_en=facts["name_en"],
        )
        return self.add(
            OperationalProgramme,
            version,
            facts["key"],
            plan_id=plan_id,
            strategy_id=strategy_id,
            ordinal=1,
            title_fa=facts["programme_fa"],
            title_en=facts["programme_en"],
        )


def rials(millions: int) -> Decimal:
    """Return an obviously rounded amount of old rials."""
    return Decimal(millions) * 1_000_000
