"""The parts of a study that come in lists: sources, strengths and threats, problems with their solutions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from schema.decision import Change, Create, Problem, Remove
from schema.problems import ProblemCode
from schema.vocabulary import SolutionTarget, SourceKind, SwotQuadrant


@dataclass(frozen=True, slots=True)
class Source:
    """Something the study rests on: read at the desk or seen in the field (R6)."""

    kind: SourceKind
    title_fa: str
    title_en: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A strength, weakness, opportunity or threat."""

    quadrant: SwotQuadrant
    text_fa: str
    text_en: str | None = None


@dataclass(frozen=True, slots=True)
class Solution:
    """A way to remove a problem or to raise the cluster (S3)."""

    target: SolutionTarget
    text_fa: str
    text_en: str | None = None


@dataclass(frozen=True, slots=True)
class ClusterProblem:
    """A problem of the cluster with the solutions the study offers (R8)."""

    text_fa: str
    text_en: str | None = None
    solutions: tuple[Solution, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """The lists that an edit replaces; an absent list stays as it is recorded."""

    sources: tuple[Source, ...] | None = None
    swot: tuple[Finding, ...] | None = None
    problems: tuple[ClusterProblem, ...] | None = None


Recorded = tuple[tuple[UUID, ...], tuple[UUID, ...], tuple[UUID, ...], tuple[UUID, ...]]
"""The ids of the recorded sources, findings, problems and solutions."""


def checked(content: Content) -> list[Problem]:
    """Find every item without its Persian text."""
    texts: list[tuple[tuple[str, ...], str]] = [
        (("sources", str(place), "titleFa"), source.title_fa)
        for place, source in enumerate(content.sources or ())
    ]
    texts += [
        (("swot", str(place), "textFa"), finding.text_fa) for place, finding in enumerate(content.swot or ())
    ]
    for place, problem in enumerate(content.problems or ()):
        at = ("problems", str(place))
        texts.append(((*at, "textFa"), problem.text_fa))
        texts += [
            ((*at, "solutions", str(second), "textFa"), solution.text_fa)
            for second, solution in enumerate(problem.solutions)
        ]
    return [Problem(ProblemCode.REQUIRED, path) for path, text in texts if not text]


def replaced(
    study: UUID, cluster: UUID, content: Content, *, recorded: Recorded, new_id: Callable[[], UUID]
) -> list[Change]:
    """Bring the recorded lists in line with the given ones."""
    home = {"cluster_id": cluster, "study_id": study}
    sources, swot, problems, solutions = recorded
    changes: list[Change] = []
    if content.sources is not None:
        changes += _removed("StudySource", sources)
        changes += [
            Create(
                "StudySource",
                new_id(),
                {
                    **home,
                    "ordinal": ordinal,
                    "kind": source.kind,
                    "title_fa": source.title_fa,
                    "title_en": source.title_en,
                    "note": source.note,
                },
            )
            for ordinal, source in enumerate(content.sources, 1)
        ]
    if content.swot is not None:
        changes += _removed("StudyFinding", swot)
        changes += [
            Create(
                "StudyFinding",
                new_id(),
                {
                    **home,
                    "ordinal": ordinal,
                    "quadrant": finding.quadrant,
                    "text_fa": finding.text_fa,
                    "text_en": finding.text_en,
                },
            )
            for ordinal, finding in enumerate(content.swot, 1)
        ]
    if content.problems is not None:
        changes += _removed("StudySolution", solutions) + _removed("StudyProblem", problems)
        for ordinal, problem in enumerate(content.problems, 1):
            changes += _problem(home, ordinal, problem, new_id)
    return changes


def _removed(entity: str, ids: Iterable[UUID]) -> list[Change]:
    return [Remove(entity, part) for part in ids]


def _problem(
    home: dict[str, UUID], ordinal: int, problem: ClusterProblem, new_id: Callable[[], UUID]
) -> list[Change]:
    made = new_id()
    solutions = (
        Create(
            "StudySolution",
            new_id(),
            {
                **home,
                "problem_id": made,
                "ordinal": place,
                "target": solution.target,
                "text_fa": solution.text_fa,
                "text_en": solution.text_en,
            },
        )
        for place, solution in enumerate(problem.solutions, 1)
    )
    values = {**home, "ordinal": ordinal, "text_fa": problem.text_fa, "text_en": problem.text_en}
    return [Create("StudyProblem", made, values), *solutions]
