"""The sheet of one member in a round of the trust survey, entered at once as it was filled in on paper (R13)."""

from collections.abc import Callable, Sequence
from uuid import UUID

from schema.decision import Accepted, Change, Decision, Problem, Refused
from schema.problems import ProblemCode
from schema.trust.answers import About, Respondent, rate, tie
from schema.trust.figures import SurveyFacts
from schema.vocabulary import TieKind


def enter(
    survey: SurveyFacts,
    *,
    rater: Respondent,
    ratings: Sequence[tuple[About, int]],
    ties: Sequence[tuple[About, TieKind]],
    new_id: Callable[[], UUID],
) -> Decision:
    """Enter every answer of a member, all or none; an earlier answer is replaced, a known tie stays."""
    if not ratings and not ties:
        return Refused((Problem(ProblemCode.REQUIRED, ("ratings",)),))
    decided = [
        (("ratings", str(place)), rate(survey, rater=rater, ratee=about, score=score, new_id=new_id))
        for place, (about, score) in enumerate(ratings)
    ]
    decided += [
        (("ties", str(place)), tie(survey, source=rater, target=about, kind=kind, new_id=new_id))
        for place, (about, kind) in enumerate(ties)
        if about.id is None or rater.former(survey.id, about.id, kind) is None
    ]
    problems = [*_twice("ratings", [about.id for about, _ in ratings])]
    problems += _twice("ties", [(about.id, kind) for about, kind in ties])
    changes: list[Change] = []
    for path, decision in decided:
        if isinstance(decision, Accepted):
            changes += decision.changes
        else:
            problems += [_placed(path, problem) for problem in decision.problems]
    if problems:
        return Refused(
            tuple(problem for place, problem in enumerate(problems) if problem not in problems[:place])
        )
    return Accepted(("TrustSurvey", survey.id), tuple(changes))


def _placed(path: tuple[str, ...], problem: Problem) -> Problem:
    """Put a problem at its answer; what concerns the member or the round concerns the whole sheet."""
    if problem.path in {(), ("raterId",)}:
        return problem
    last = "aboutId" if problem.path == ("rateeId",) else problem.path[-1]
    return Problem(problem.code, (*path, last), problem.values)


def _twice(field: str, asked: Sequence[object]) -> list[Problem]:
    return [
        Problem(ProblemCode.NOT_UNIQUE, (field, str(place), "aboutId"))
        for place, about in enumerate(asked)
        if about in asked[:place]
    ]
