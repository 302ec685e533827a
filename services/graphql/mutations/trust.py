"""The mutations of trust building: activities, participants, survey rounds and their answers."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.trust import rows, rules, sheets, surveys
from schema.vocabulary import TieKind, TrustActivityType, TrustApproach
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="What is needed to plan a trust-building activity.")
class PlanTrustActivityInput(Command):
    """A new activity."""

    project_id: strawberry.ID = strawberry.field(description="The project.")
    type: TrustActivityType = strawberry.field(description="What it is.")
    approach: TrustApproach = strawberry.field(description="Scientific, practical or both.")
    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    planned_start: datetime.date = strawberry.field(description="When it is to start.")
    planned_end: datetime.date = strawberry.field(description="When it is to end.")


@mutation("TrustActivity")
async def plan_trust_activity(write: Write, input: PlanTrustActivityInput) -> Decision:  # noqa: A002 - the API's word
    """Plan a short-term trust-building activity of a running project (R16, R17, R18)."""
    home = await write.facts(rows.HOME, input.project_id, path="projectId")
    return rules.plan_activity(
        home,
        input.given("name_fa", "name_en"),
        kind=input.type,
        approach=input.approach,
        period=(input.planned_start, input.planned_end),
        new_id=write.new_id,
    )


@strawberry.input(description="What can be changed in a planned activity.")
class EditTrustActivityInput(Command):
    """An activity."""

    id: strawberry.ID = strawberry.field(description="The activity.")
    type: TrustActivityType | None = strawberry.field(default=strawberry.UNSET, description="What it is.")
    approach: TrustApproach | None = strawberry.field(
        default=strawberry.UNSET, description="Scientific, practical or both."
    )
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")
    planned_start: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="When it is to start."
    )
    planned_end: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="When it is to end."
    )


@mutation("TrustActivity")
async def edit_trust_activity(write: Write, input: EditTrustActivityInput) -> Decision:  # noqa: A002 - as above
    """Change what was planned."""
    activity = await write.facts(rows.ACTIVITY, input.id)
    given = input.given("type", "approach", "name_fa", "name_en", "planned_start", "planned_end")
    return rules.edit_activity(activity, given)


@strawberry.input(description="What is needed to record that an activity took place.")
class RecordTrustActivityInput(Command):
    """What happened."""

    id: strawberry.ID = strawberry.field(description="The activity.")
    actual_start: datetime.date = strawberry.field(description="The first day.")
    actual_end: datetime.date = strawberry.field(description="The last day.")
    outcome_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="What came of it, in Persian."
    )
    outcome_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="What came of it, in English."
    )


@mutation("TrustActivity")
async def record_trust_activity(write: Write, input: RecordTrustActivityInput) -> Decision:  # noqa: A002 - as above
    """Record that an activity took place and what came of it (R15)."""
    activity = await write.facts(rows.ACTIVITY, input.id)
    return rules.record_activity(
        activity,
        period=(input.actual_start, input.actual_end),
        outcome=input.given("outcome_fa", "outcome_en"),
        today=write.today,
    )


@strawberry.input(description="Which activity to remove.")
class RemoveTrustActivityInput(Command):
    """An activity."""

    id: strawberry.ID = strawberry.field(description="The activity.")


@mutation("TrustActivity")
async def remove_trust_activity(write: Write, input: RemoveTrustActivityInput) -> Decision:  # noqa: A002 - as above
    """Remove an activity that was only planned."""
    return rules.remove_activity(await write.facts(rows.ACTIVITY, input.id))


@strawberry.input(description="Which removed activity to bring back.")
class RestoreTrustActivityInput(Command):
    """An activity that was removed."""

    id: strawberry.ID = strawberry.field(description="The activity.")


@mutation("TrustActivity")
async def restore_trust_activity(write: Write, input: RestoreTrustActivityInput) -> Decision:  # noqa: A002 - as above
    """Bring back an activity that was removed."""
    return rules.restore_activity(await write.facts(rows.ACTIVITY, input.id, removed=True))


@strawberry.input(description="Who takes part: a stakeholder or an institution.")
class AddTrustParticipantInput(Command):
    """A participant."""

    id: strawberry.ID = strawberry.field(description="The activity.")
    stakeholder_id: strawberry.ID | None = strawberry.field(default=None, description="The stakeholder.")
    institution_id: strawberry.ID | None = strawberry.field(default=None, description="The institution.")


@mutation("TrustActivity")
async def add_trust_participant(write: Write, input: AddTrustParticipantInput) -> Decision:  # noqa: A002 - as above
    """Enter who takes part in an activity: a stakeholder, member or not, or an institution (R19)."""
    activity = await write.facts(rows.ACTIVITY, input.id)
    stakeholder = institution = None
    if input.stakeholder_id is not None:
        stakeholder = (await write.facts(rows.RESPONDENT, input.stakeholder_id, path="stakeholderId")).id
    if input.institution_id is not None:
        institution = await write.identify("SupportInstitution", input.institution_id, "institutionId")
    return rules.add_participant(
        activity, stakeholder_id=stakeholder, institution_id=institution, new_id=write.new_id
    )


@strawberry.input(description="Which participant to take off an activity.")
class RemoveTrustParticipantInput(Command):
    """A participant."""

    id: strawberry.ID = strawberry.field(description="The activity.")
    participant_id: strawberry.ID = strawberry.field(description="The participant.")


@mutation("TrustActivity")
async def remove_trust_participant(write: Write, input: RemoveTrustParticipantInput) -> Decision:  # noqa: A002 - as above
    """Take a participant off an activity that has not taken place yet."""
    activity = await write.facts(rows.ACTIVITY, input.id)
    participant = await write.identify("TrustParticipant", input.participant_id, "participantId")
    return rules.remove_participant(activity, participant)


@strawberry.input(description="What is needed to open a round of the trust survey.")
class OpenTrustSurveyInput(Command):
    """A new round."""

    project_id: strawberry.ID = strawberry.field(description="The project.")
    on: datetime.date | None = strawberry.field(
        default=None, description="The first day; today unless given."
    )


@mutation("TrustSurvey")
async def open_trust_survey(write: Write, input: OpenTrustSurveyInput) -> Decision:  # noqa: A002 - as above
    """Open the next round of the trust survey (R13, R15)."""
    home = await write.facts(rows.SURVEY_HOME, input.project_id, path="projectId")
    return surveys.open_survey(home, on=input.on or write.today, today=write.today, new_id=write.new_id)


@strawberry.input(description="A member's rating of another member or of an institution.")
class RecordTrustRatingInput(Command):
    """A rating."""

    id: strawberry.ID = strawberry.field(description="The survey.")
    rater_id: strawberry.ID = strawberry.field(description="The member who answers.")
    ratee_id: strawberry.ID | None = strawberry.field(default=None, description="The member asked about.")
    institution_id: strawberry.ID | None = strawberry.field(
        default=None, description="The institution asked about."
    )
    score: int = strawberry.field(description="1 (no trust) to 5 (full trust).")


@mutation("TrustSurvey")
async def record_trust_rating(write: Write, input: RecordTrustRatingInput) -> Decision:  # noqa: A002 - as above
    """Enter how far a member trusts another member or an institution; answering again replaces (R13)."""
    survey = await write.facts(rows.SURVEY, input.id)
    rater = await write.facts(rows.RESPONDENT, input.rater_id, path="raterId")
    about = await _about(write, input.ratee_id, input.institution_id)
    return surveys.rate(survey, rater=rater, ratee=about, score=input.score, new_id=write.new_id)


@strawberry.input(description="Something that flows from a member to another member or to an institution.")
class RecordTieInput(Command):
    """A tie."""

    id: strawberry.ID = strawberry.field(description="The survey.")
    rater_id: strawberry.ID = strawberry.field(description="The member it starts from.")
    ratee_id: strawberry.ID | None = strawberry.field(default=None, description="The member it leads to.")
    institution_id: strawberry.ID | None = strawberry.field(
        default=None, description="The institution it leads to."
    )
    kind: TieKind = strawberry.field(description="What flows.")


@mutation("TrustSurvey")
async def record_tie(write: Write, input: RecordTieInput) -> Decision:  # noqa: A002 - as above
    """Enter a tie of the social-network part of a survey (4.5)."""
    survey = await write.facts(rows.SURVEY, input.id)
    source = await write.facts(rows.RESPONDENT, input.rater_id, path="raterId")
    about = await _about(write, input.ratee_id, input.institution_id)
    return surveys.tie(survey, source=source, target=about, kind=input.kind, new_id=write.new_id)


@strawberry.input(description="How far one member or institution is trusted.")
class TrustAnswerInput:
    """One line of a sheet."""

    about_id: strawberry.ID = strawberry.field(description="The member or the institution asked about.")
    score: int = strawberry.field(description="1 (no trust) to 5 (full trust).")


@strawberry.input(description="What flows to one member or institution.")
class TieAnswerInput:
    """One tie of a sheet."""

    about_id: strawberry.ID = strawberry.field(description="The member or the institution it leads to.")
    kind: TieKind = strawberry.field(description="What flows.")


@strawberry.input(description="Everything a member answered in a round, as on a sheet of paper.")
class RecordTrustSheetInput(Command):
    """A sheet."""

    id: strawberry.ID = strawberry.field(description="The survey.")
    rater_id: strawberry.ID = strawberry.field(description="The member who answers.")
    ratings: list[TrustAnswerInput] = strawberry.field(
        default_factory=list, description="How far the others are trusted; an earlier answer is replaced."
    )
    ties: list[TieAnswerInput] = strawberry.field(
        default_factory=list, description="What flows to whom; a tie known already stays."
    )


@mutation("TrustSurvey")
async def record_trust_sheet(write: Write, input: RecordTrustSheetInput) -> Decision:  # noqa: A002 - as above
    """Enter the whole sheet of a member at once, all of it or nothing (R13, R15)."""
    survey = await write.facts(rows.SURVEY, input.id)
    rater = await write.facts(rows.RESPONDENT, input.rater_id, path="raterId")
    return sheets.enter(
        survey,
        rater=rater,
        ratings=[(await _either(write, line.about_id, "ratings"), line.score) for line in input.ratings],
        ties=[(await _either(write, line.about_id, "ties"), line.kind) for line in input.ties],
        new_id=write.new_id,
    )


@strawberry.input(description="What is needed to close a round.")
class CloseTrustSurveyInput(Command):
    """A round."""

    id: strawberry.ID = strawberry.field(description="The survey.")
    on: datetime.date | None = strawberry.field(default=None, description="The last day; today unless given.")


@mutation("TrustSurvey")
async def close_trust_survey(write: Write, input: CloseTrustSurveyInput) -> Decision:  # noqa: A002 - as above
    """Close a round; its figures are computed once and kept (R15, R55)."""
    survey = await write.facts(rows.SURVEY, input.id)
    return surveys.close(survey, on=input.on or write.today, today=write.today)


async def _about(write: Write, ratee_id: str | None, institution_id: str | None) -> surveys.About:
    """Load whom an answer is about."""
    member = institution = None
    if ratee_id is not None:
        member = await write.facts(rows.RESPONDENT, ratee_id, path="rateeId")
    if institution_id is not None:
        institution = await write.identify("SupportInstitution", institution_id, "institutionId")
    return surveys.About(member, institution)


async def _either(write: Write, about_id: str, path: str) -> surveys.About:
    """Load whom a line of a sheet is about, by the type its id names."""
    if about_id.startswith("SupportInstitution_"):
        return surveys.About(institution_id=await write.identify("SupportInstitution", about_id, path))
    member = await write.facts(rows.RESPONDENT, about_id, path=path)
    return surveys.About(member)
