"""What may happen to a trust survey: opened, answered on both axes, closed into figures (R13, R15, 4.5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schema.decision import (
    Accepted,
    Create,
    Decision,
    Event,
    Permission,
    Problem,
    Refused,
    Update,
    permission,
    refuse,
)
from schema.events import EventType, dated
from schema.problems import ProblemCode
from schema.trust.rules import TrustHome, axis_of, plan_activity, running
from schema.trust.structure import Tie, structure_of
from schema.vocabulary import ProjectStatus, SurveyStatus, TieKind, TrustActivityType, TrustApproach

FORMULA_VERSION = 1
LEAST, MOST = 1, 5


@dataclass(frozen=True, slots=True)
class SurveyHome:
    """The project a survey is opened in, and its surveys so far."""

    project: TrustHome
    last_round: int
    open_survey_id: UUID | None


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the index and the privacy floor, as the project's template sets them (R55)."""

    member_trust: float
    institution_trust: float
    structure: float
    floor: int


@dataclass(frozen=True, slots=True)
class RatedTie:
    """A tie of the survey."""

    source: UUID
    target: UUID
    institutional: bool


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """What the rules need to know of a survey: its answers added up, never who gave which."""

    id: UUID
    cluster_id: UUID
    project_id: UUID
    project_status: ProjectStatus
    status: SurveyStatus
    round: int
    opened_on: date
    members: int
    raters: int
    member_ratings: int
    member_mean: float | None
    institution_ratings: int
    institution_mean: float | None
    ties: tuple[RatedTie, ...]
    weights: Weights
    former_index: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a member has entered already: a rating (without kind) or a tie."""

    id: UUID
    survey_id: UUID
    target: UUID
    kind: TieKind | None = None


@dataclass(frozen=True, slots=True)
class Respondent:
    """A stakeholder who answers or is asked about."""

    id: UUID
    cluster_id: UUID
    is_member: bool
    answers: tuple[Answer, ...] = ()

    def former(self, survey: UUID, target: UUID, kind: TieKind | None = None) -> UUID | None:
        """Return the answer given before to the same question."""
        wanted = (survey, target, kind)
        return next((a.id for a in self.answers if (a.survey_id, a.target, a.kind) == wanted), None)


@dataclass(frozen=True, slots=True)
class About:
    """Whom a rating or a tie is about: a stakeholder or an institution."""

    member: Respondent | None = None
    institution_id: UUID | None = None

    @property
    def id(self) -> UUID | None:
        """The id of either."""
        return self.member.id if self.member else self.institution_id


def open_survey(home: SurveyHome, *, on: date, today: date, new_id: Callable[[], UUID]) -> Decision:
    """Open the next round; one at a time."""
    problems = list(running(home.project.status))
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    if home.open_survey_id is not None:
        problems.append(Problem(ProblemCode.SURVEY_ALREADY_OPEN))
    if problems:
        return Refused(tuple(problems))
    survey_id = new_id()
    row = {
        "cluster_id": home.project.cluster_id,
        "project_id": home.project.id,
        "round": home.last_round + 1,
        "status": SurveyStatus.OPEN,
        "opened_on": on,
    }
    return Accepted(("TrustSurvey", survey_id), (Create("TrustSurvey", survey_id, row),))


def rate(
    survey: SurveyFacts, *, rater: Respondent, ratee: About, score: int, new_id: Callable[[], UUID]
) -> Decision:
    """Enter how far a member trusts another member or an institution; answering again replaces the answer."""
    problems = _answerable(survey, rater, ratee)
    if not LEAST <= score <= MOST:
        bounds = {"least": LEAST, "most": MOST}
        problems = (*problems, Problem(ProblemCode.SCORE_OUT_OF_RANGE, ("score",), bounds))
    if problems or ratee.id is None:
        return Refused(problems)
    former = rater.former(survey.id, ratee.id)
    if former is not None:
        return Accepted(("TrustSurvey", survey.id), (Update("TrustRating", former, {"score": score}),))
    row = {
        "cluster_id": survey.cluster_id,
        "survey_id": survey.id,
        "rater_id": rater.id,
        "ratee_id": ratee.member.id if ratee.member else None,
        "institution_id": ratee.institution_id,
        "axis": axis_of(institution=ratee.institution_id is not None),
        "score": score,
    }
    return Accepted(("TrustSurvey", survey.id), (Create("TrustRating", new_id(), row),))


def tie(
    survey: SurveyFacts, *, source: Respondent, target: About, kind: TieKind, new_id: Callable[[], UUID]
) -> Decision:
    """Enter that something flows from a member to another member or to an institution."""
    problems = _answerable(survey, source, target)
    if target.id is not None and source.former(survey.id, target.id, kind) is not None:
        problems = (*problems, Problem(ProblemCode.NOT_UNIQUE, ("rateeId",)))
    if problems:
        return Refused(problems)
    row = {
        "cluster_id": survey.cluster_id,
        "survey_id": survey.id,
        "source_id": source.id,
        "target_id": target.member.id if target.member else None,
        "institution_id": target.institution_id,
        "kind": kind,
    }
    return Accepted(("TrustSurvey", survey.id), (Create("Tie", new_id(), row),))


def close(survey: SurveyFacts, *, on: date, today: date) -> Decision:
    """Close a round: its figures are computed once and kept, whatever later formulas say (R55)."""
    problems: list[Problem] = []
    if survey.status is not SurveyStatus.OPEN:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": survey.status}))
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    if on < survey.opened_on:
        problems.append(
            Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), {"start": survey.opened_on, "end": on})
        )
    if survey.raters == 0:
        problems.append(Problem(ProblemCode.SURVEY_EMPTY))
    if problems:
        return Refused(tuple(problems))
    figures = figures_of(survey)
    index = figures["social_capital_index"]
    payload: dict[str, object] = {"round": survey.round, "on": dated(on)}
    closed = {**payload, "before": SurveyStatus.OPEN, "after": SurveyStatus.CLOSED}
    events = [_told(EventType.TRUST_SURVEY_CLOSED, survey, closed)]
    if isinstance(index, float) and survey.former_index is not None and index < survey.former_index:
        dropped = {**payload, "before": survey.former_index, "after": index}
        events.append(_told(EventType.TRUST_INDEX_DROPPED, survey, dropped))
    changed = {"status": SurveyStatus.CLOSED, "closed_on": on, **figures}
    return Accepted(("TrustSurvey", survey.id), (Update("TrustSurvey", survey.id, changed),), tuple(events))


def figures_of(survey: SurveyFacts) -> dict[str, object]:
    """Compute the figures of a round; one that rests on fewer ratings than the floor stays hidden."""
    weights = survey.weights
    member = _trust(survey.member_mean, survey.member_ratings, weights.floor)
    institution = _trust(survey.institution_mean, survey.institution_ratings, weights.floor)
    structure = structure_of(
        (Tie(found.source, found.target, found.institutional) for found in survey.ties), survey.members
    )
    index: float | None = None
    if member is not None and institution is not None:
        index = round(
            weights.member_trust * member
            + weights.institution_trust * institution
            + weights.structure * structure.composite,
            1,
        )
    return {
        "members_count": survey.members,
        "raters_count": survey.raters,
        "member_ratings_count": survey.member_ratings,
        "institution_ratings_count": survey.institution_ratings,
        "member_trust": member,
        "institution_trust": institution,
        "density": structure.density,
        "reciprocity": structure.reciprocity,
        "decentralisation": structure.decentralisation,
        "transitivity": structure.transitivity,
        "connectedness": structure.connectedness,
        "institution_ties": structure.institution_ties,
        "structure": structure.composite,
        "social_capital_index": index,
        "formula_version": FORMULA_VERSION,
    }


def permitted_on_project(home: SurveyHome, *, today: date) -> tuple[Permission, ...]:
    """Say whether trust building in a project is open today: another activity, another round."""
    activity = plan_activity(
        home.project,
        {"name_fa": "-", "name_en": "-"},
        kind=TrustActivityType.OTHER,
        approach=TrustApproach.BOTH,
        period=(today, today),
        new_id=lambda: home.project.id,
    )
    opened = open_survey(home, on=today, today=today, new_id=lambda: home.project.id)
    return (permission("planTrustActivity", activity), permission("openTrustSurvey", opened))


def permitted(survey: SurveyFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a survey today."""
    answering: Decision = Accepted(("TrustSurvey", survey.id), ())
    if survey.status is not SurveyStatus.OPEN:
        answering = refuse(ProblemCode.WRONG_STATUS, status=survey.status)
    return (
        permission("recordTrustRating", answering),
        permission("recordTie", answering),
        permission("recordTrustSheet", answering),
        permission("closeTrustSurvey", close(survey, on=max(today, survey.opened_on), today=today)),
    )


def _trust(mean: float | None, count: int, floor: int) -> float | None:
    """Turn a mean of 1 to 5 into 0 to 100, unless it could tell who said what."""
    if mean is None or count < floor:
        return None
    return round(100 * (mean - LEAST) / (MOST - LEAST), 1)


def _answerable(survey: SurveyFacts, rater: Respondent, ratee: About) -> tuple[Problem, ...]:
    """Say why a question cannot be answered: only members answer, about members and institutions (R13)."""
    problems: list[Problem] = []
    if survey.status is not SurveyStatus.OPEN:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": survey.status}))
    if not rater.is_member or rater.cluster_id != survey.cluster_id:
        problems.append(Problem(ProblemCode.MEMBERS_ONLY, ("raterId",)))
    if (ratee.member is None) == (ratee.institution_id is None):
        problems.append(Problem(ProblemCode.ONE_OF_BOTH, ("rateeId",)))
    elif ratee.member is not None:
        if not ratee.member.is_member or ratee.member.cluster_id != survey.cluster_id:
            problems.append(Problem(ProblemCode.MEMBERS_ONLY, ("rateeId",)))
        elif ratee.member.id == rater.id:
            problems.append(Problem(ProblemCode.ABOUT_ONESELF, ("rateeId",)))
    return tuple(problems)


def _told(kind: EventType, survey: SurveyFacts, payload: dict[str, object]) -> Event:
    return Event(
        kind,
        ("TrustSurvey", survey.id),
        project_id=survey.project_id,
        phase_code="TRUST_BUILDING",
        payload=payload,
    )
