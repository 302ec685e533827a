"""What may happen to a round of the trust survey: opened, closed into figures or cancelled (R13, R15, 4.5)."""

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
from schema.problems.occasions import Occasion
from schema.trust.figures import SurveyFacts, figures_of
from schema.trust.rules import Means, TrustHome, plan_activity, running
from schema.vocabulary import SurveyStatus, TrustActivityType, TrustApproach


@dataclass(frozen=True, slots=True)
class SurveyHome:
    """The project a survey is opened in, and its surveys so far."""

    project: TrustHome
    last_round: int
    open_survey_id: UUID | None


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


def close(survey: SurveyFacts, *, on: date, today: date) -> Decision:
    """Close a round: its figures are computed once and kept, whatever later formulas say (R55)."""
    problems: list[Problem] = []
    if survey.status is not SurveyStatus.OPEN:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": survey.status}))
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    if on < survey.opened_on:
        days = {"start": survey.opened_on, "end": on, "event": Occasion.SURVEY_OPENED}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), days))
    if survey.respondents == 0:
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


def cancel(survey: SurveyFacts, *, reason: str | None) -> Decision:
    """Call an open round off, with a reason: it yields no figures, and its answers count nowhere."""
    problems: list[Problem] = []
    if survey.status is not SurveyStatus.OPEN:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": survey.status}))
    if not reason:
        problems.append(Problem(ProblemCode.REASON_REQUIRED, ("reason",)))
    if problems:
        return Refused(tuple(problems))
    changed = {"status": SurveyStatus.CANCELLED, "status_reason": reason}
    return Accepted(("TrustSurvey", survey.id), (Update("TrustSurvey", survey.id, changed),))


def permitted_on_project(home: SurveyHome, *, today: date) -> tuple[Permission, ...]:
    """Say whether trust building in a project is open today: another activity, another round."""
    activity = plan_activity(
        home.project,
        {"name_fa": "-", "name_en": "-"},
        means=Means(TrustActivityType.OTHER, TrustApproach.BOTH),
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
        permission("removeTrustRating", answering),
        permission("removeTie", answering),
        permission("closeTrustSurvey", close(survey, on=max(today, survey.opened_on), today=today)),
        permission("cancelTrustSurvey", cancel(survey, reason="-")),
    )


def _told(kind: EventType, survey: SurveyFacts, payload: dict[str, object]) -> Event:
    return Event(
        kind,
        ("TrustSurvey", survey.id),
        project_id=survey.project_id,
        phase_code="TRUST_BUILDING",
        payload=payload,
    )
