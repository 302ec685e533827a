"""The figures of a round of the trust survey: both trusts, the structure, the index (R13, R15, 4.5)."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from schema.trust.structure import Tie, structure_of
from schema.vocabulary import ProjectStatus, SurveyStatus

FORMULA_VERSION: Final = 2
LEAST: Final = 1
MOST: Final = 5


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
    respondents: int
    member_raters: int
    member_ratings: int
    member_mean: float | None
    institution_raters: int
    institution_ratings: int
    institution_mean: float | None
    ties: tuple[RatedTie, ...]
    weights: Weights
    former_index: float | None


def figures_of(survey: SurveyFacts) -> dict[str, object]:
    """Compute the figures of a round; what fewer people told than the floor stays hidden, index included.

    People are counted and not answers: five answers of one person are that person's answers.
    """
    weights = survey.weights
    member = _trust(survey.member_mean, survey.member_raters, weights.floor)
    institution = _trust(survey.institution_mean, survey.institution_raters, weights.floor)
    informants = len({found.source for found in survey.ties})
    structure = structure_of(
        (Tie(found.source, found.target, found.institutional) for found in survey.ties), survey.members
    )
    told = informants >= weights.floor
    index: float | None = None
    if told and member is not None and institution is not None:
        index = round(
            weights.member_trust * member
            + weights.institution_trust * institution
            + weights.structure * structure.composite,
            1,
        )
    shape = {
        "density": structure.density,
        "reciprocity": structure.reciprocity,
        "decentralisation": structure.decentralisation,
        "transitivity": structure.transitivity,
        "connectedness": structure.connectedness,
        "institution_ties": structure.institution_ties,
        "structure": structure.composite,
    }
    return {
        "members_count": survey.members,
        "raters_count": survey.respondents,
        "informants_count": informants,
        "member_ratings_count": survey.member_ratings,
        "institution_ratings_count": survey.institution_ratings,
        "member_trust": member,
        "institution_trust": institution,
        **{name: figure if told else None for name, figure in shape.items()},
        "social_capital_index": index,
        "formula_version": FORMULA_VERSION,
    }


def _trust(mean: float | None, raters: int, floor: int) -> float | None:
    """Turn a mean of 1 to 5 into 0 to 100, unless it could tell who said what."""
    if mean is None or raters < floor:
        return None
    return round(100 * (mean - LEAST) / (MOST - LEAST), 1)
