"""Trust building in the Lorestan cluster: activities from public reports, and three invented rounds of measuring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schema.open_lists.rows import AdditionalTrustActivityType
from schema.trust.figures import FORMULA_VERSION
from schema.trust.rows import Tie, TrustActivity, TrustParticipant, TrustRating, TrustSurvey
from schema.trust.structure import Tie as Flow
from schema.trust.structure import structure_of
from schema.vocabulary import SurveyStatus, TieKind, TrustActivityType, TrustApproach, TrustAxis
from services.sample.identities import identity
from services.sample.lorestan.facts import read
from services.sample.reference import day

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory

RATERS: Final = 20
PARTICIPANTS: Final = 6
CONFERENCE: Final = ("همایش", "Conference")
ROUNDS: Final = (("1394-08-15", "1394-09-01"), ("1395-08-15", "1395-09-01"), ("1396-08-15", "1396-09-01"))
_FLOOR_WEIGHTS: Final = (0.35, 0.35, 0.30)


def add_trust(story: ClusterStory, project_id: UUID, institutions: dict[str, UUID]) -> None:
    """Add activities with those who took part, and the rounds (R13 to R19)."""
    conference = story.sheets.add(
        AdditionalTrustActivityType,
        identity("additional_trust_activity_type", "conference"),
        name_fa=CONFERENCE[0],
        name_en=CONFERENCE[1],
        is_sample=True,
    )
    for number, facts in enumerate(read("trust"), 1):
        took_place = "outcome_fa" in facts
        start, end = day(facts["start"]), day(facts["end"])
        activity = story.add(
            TrustActivity,
            number,
            project_id=project_id,
            type=TrustActivityType(facts["type"]),
            additional_type_id=conference if facts["type"] == "OTHER" else None,
            approach=TrustApproach(facts["approach"]),
            name_fa=facts["fa"],
            name_en=facts["en"],
            planned_start=start,
            planned_end=end,
            actual_start=start if took_place else None,
            actual_end=end if took_place else None,
            outcome_fa=facts.get("outcome_fa"),
            outcome_en=facts.get("outcome_en"),
        )
        for place in range(1, PARTICIPANTS + 1):
            member = story.identity("Stakeholder", number * 5 + place)
            story.add(TrustParticipant, number, place, activity_id=activity, stakeholder_id=member)
        heritage = institutions["heritage"]
        story.add(TrustParticipant, number, "heritage", activity_id=activity, institution_id=heritage)
    for number, (opened, closed) in enumerate(ROUNDS, 1):
        _add_round(story, project_id, institutions, number, (opened, closed))


def _add_round(
    story: ClusterStory,
    project_id: UUID,
    institutions: dict[str, UUID],
    number: int,
    period: tuple[str, str],
) -> None:
    """Add a round whose trust rises a little from one to the next; its figures follow from its answers."""
    members = [story.identity("Stakeholder", place) for place in range(1, RATERS + 1)]
    asked = [institutions[key] for key in ("parks", "heritage")]
    scores: dict[TrustAxis, list[int]] = {axis: [] for axis in TrustAxis}
    survey = story.identity("TrustSurvey", number)
    rows: list[tuple[Any, tuple[object, ...], dict[str, Any]]] = []
    flows: list[Flow] = []
    for place, rater in enumerate(members):
        for step in (1, 2, 3):
            ratee, score = members[(place + step) % RATERS], 1 + (place * 3 + step + number * 2) % 5
            score = min(5, max(score, number + 1))
            scores[TrustAxis.MEMBER_MEMBER].append(score)
            answer = {"rater_id": rater, "ratee_id": ratee, "axis": TrustAxis.MEMBER_MEMBER, "score": score}
            rows.append((TrustRating, (number, place, step), answer))
        for column, institution in enumerate(asked):
            score = min(5, 1 + (place + column + number) % 4 + number // 2)
            scores[TrustAxis.MEMBER_INSTITUTION].append(score)
            axis = TrustAxis.MEMBER_INSTITUTION
            answer = {"rater_id": rater, "institution_id": institution, "axis": axis, "score": score}
            rows.append((TrustRating, (number, place, f"institution {column}"), answer))
        for step in range(1, number + 2):
            target = members[(place + step) % RATERS]
            flows.append(Flow(rater, target))
            tie = {"source_id": rater, "target_id": target, "kind": TieKind.INFO}
            rows.append((Tie, (number, place, step), tie))
    figures = _figures(scores, flows)
    story.add(
        TrustSurvey,
        number,
        project_id=project_id,
        round=number,
        status=SurveyStatus.CLOSED,
        opened_on=day(period[0]),
        closed_on=day(period[1]),
        **figures,
    )
    for model, names, values in rows:
        story.add(model, *names, survey_id=survey, **values)


def _figures(scores: dict[TrustAxis, list[int]], flows: list[Flow]) -> dict[str, object]:
    """Compute the figures as the rule does when a round closes."""
    means = {axis: sum(given) / len(given) for axis, given in scores.items()}
    member, institution = (
        round(100 * (means[axis] - 1) / 4, 1)
        for axis in (TrustAxis.MEMBER_MEMBER, TrustAxis.MEMBER_INSTITUTION)
    )
    structure = structure_of(flows, RATERS)
    parts = (member, institution, structure.composite)
    return {
        "members_count": RATERS,
        "raters_count": RATERS,
        "informants_count": RATERS,
        "member_ratings_count": len(scores[TrustAxis.MEMBER_MEMBER]),
        "institution_ratings_count": len(scores[TrustAxis.MEMBER_INSTITUTION]),
        "member_trust": member,
        "institution_trust": institution,
        "density": structure.density,
        "reciprocity": structure.reciprocity,
        "decentralisation": structure.decentralisation,
        "transitivity": structure.transitivity,
        "connectedness": structure.connectedness,
        "institution_ties": structure.institution_ties,
        "structure": structure.composite,
        "social_capital_index": round(
            sum(weight * part for weight, part in zip(_FLOOR_WEIGHTS, parts, strict=True)), 1
        ),
        "formula_version": FORMULA_VERSION,
    }
