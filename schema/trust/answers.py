"""What a member answers in a round of the trust survey: ratings on both axes, and ties (R13)."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from schema.decision import Accepted, Create, Decision, Problem, Refused, Remove, Update
from schema.problems import ProblemCode
from schema.trust.figures import LEAST, MOST, SurveyFacts
from schema.trust.rules import axis_of
from schema.vocabulary import SurveyStatus, TieKind


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


def remove_rating(survey: SurveyFacts, *, rater: Respondent, ratee: About) -> Decision:
    """Take back a rating that was entered wrongly, as long as the round is open."""
    return _remove("TrustRating", survey, rater, ratee)


def remove_tie(survey: SurveyFacts, *, source: Respondent, target: About, kind: TieKind) -> Decision:
    """Take back a tie that was entered wrongly, as long as the round is open."""
    return _remove("Tie", survey, source, target, kind)


def _remove(
    entity: str, survey: SurveyFacts, rater: Respondent, about: About, kind: TieKind | None = None
) -> Decision:
    """Take an answer back whoever gave it: one who is no member any more may be the mistake."""
    problems: list[Problem] = []
    if survey.status is not SurveyStatus.OPEN:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": survey.status}))
    if (about.member is None) == (about.institution_id is None):
        problems.append(Problem(ProblemCode.ONE_OF_BOTH, ("rateeId",)))
    former = rater.former(survey.id, about.id, kind) if about.id is not None else None
    if former is None and not problems:
        path = "rateeId" if about.member else "institutionId"
        problems.append(Problem(ProblemCode.NOT_ANSWERED, (path,)))
    if problems or former is None:
        return Refused(tuple(problems))
    return Accepted(("TrustSurvey", survey.id), (Remove(entity, former),))


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
