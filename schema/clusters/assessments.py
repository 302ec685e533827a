"""How the level of development of a cluster is decided and kept: day, evidence, decider, what was rated (R34, R55)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from schema.clusters.rules import ClusterFacts
from schema.decision import Accepted, Change, Create, Decision, Event, Problem, Refused, Update
from schema.events import EventType, dated
from schema.problems import ProblemCode
from schema.vocabulary import DevelopmentLevel

LEAST: Final = 1
MOST: Final = 5
_WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class AssessedItem:
    """Something that was looked at, and its rating, 1 to 5."""

    name_fa: str
    name_en: str
    rating: int


def score_of(items: Sequence[AssessedItem]) -> Decimal | None:
    """Return the mean of the ratings on a scale of 0 to 100; nothing where nothing was rated."""
    if not items:
        return None
    mean = Decimal(sum(item.rating for item in items)) / len(items)
    return round((mean - LEAST) / (MOST - LEAST) * _WHOLE, 1)


def assess(  # noqa: PLR0913 - an assessment has these parts
    cluster: ClusterFacts,
    *,
    level: DevelopmentLevel,
    on: date,
    evidence: str,
    decided_by: str,
    items: Sequence[AssessedItem] = (),
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Record the level with its day, its evidence and who decided it (R34).

    The ratings are advisory: the level is what was decided. The level that the exit asks for is kept with it,
    so that a later threshold does not rewrite it (R55). One of an earlier day is put on record beside the later.
    """
    problems = [*_items(items)]
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    if not evidence:
        problems.append(Problem(ProblemCode.REQUIRED, ("evidence",)))
    if not decided_by:
        problems.append(Problem(ProblemCode.REQUIRED, ("decidedBy",)))
    if problems:
        return Refused(tuple(problems))
    decided = {"assessed_on": on, "level": level, "decided_by": decided_by, "evidence": evidence}
    return Accepted(
        ("Cluster", cluster.id),
        (
            *_current(cluster, level, on, evidence, decided_by),
            *_kept(cluster, decided, items, new_id),
        ),
        (
            Event(
                EventType.CLUSTER_EDITED,
                ("Cluster", cluster.id),
                payload={
                    "changed": ["development_level"],
                    "before": cluster.development_level,
                    "after": level,
                    "on": dated(on),
                },
            ),
        ),
    )


def _current(
    cluster: ClusterFacts, level: DevelopmentLevel, on: date, evidence: str, decided_by: str
) -> tuple[Change, ...]:
    """Make it the cluster's level, unless a later one is known already."""
    if cluster.development_level_on is not None and on < cluster.development_level_on:
        return ()
    values = {
        "development_level": level,
        "development_level_on": on,
        "development_level_evidence": evidence,
        "development_level_by": decided_by,
    }
    return (Update("Cluster", cluster.id, values),)


def _kept(
    cluster: ClusterFacts,
    decided: Mapping[str, object],
    items: Sequence[AssessedItem],
    new_id: Callable[[], UUID],
) -> tuple[Change, ...]:
    assessment_id = new_id()
    row = {
        **decided,
        "cluster_id": cluster.id,
        "required_level": list(DevelopmentLevel)[cluster.exit_rank - 1],
        "score": score_of(items),
    }
    parts = (
        Create(
            "DevelopmentAssessmentItem",
            new_id(),
            {
                "cluster_id": cluster.id,
                "assessment_id": assessment_id,
                "ordinal": ordinal,
                "name_fa": item.name_fa,
                "name_en": item.name_en,
                "rating": item.rating,
            },
        )
        for ordinal, item in enumerate(items, 1)
    )
    return (Create("DevelopmentAssessment", assessment_id, row), *parts)


def _items(items: Sequence[AssessedItem]) -> list[Problem]:
    problems: list[Problem] = []
    for place, item in enumerate(items):
        path = ("items", str(place))
        problems += [
            Problem(ProblemCode.REQUIRED, (*path, name))
            for name, text in (("nameFa", item.name_fa), ("nameEn", item.name_en))
            if not text
        ]
        if not LEAST <= item.rating <= MOST:
            bounds = {"least": LEAST, "most": MOST}
            problems.append(Problem(ProblemCode.OUT_OF_RANGE, (*path, "rating"), bounds))
    return problems
