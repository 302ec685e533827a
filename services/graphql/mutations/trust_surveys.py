"""The mutations of the trust survey: its rounds and what members answer in them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.trust import answers, rows, sheets, surveys
from schema.vocabulary import TieKind
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


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
    return answers.rate(survey, rater=rater, ratee=about, score=input.score, new_id=write.new_id)


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
    return answers.tie(survey, source=source, target=about, kind=input.kind, new_id=write.new_id)


@strawberry.input(description="Which rating was entered wrongly: who gave it, and whom it is about.")
class RemoveTrustRatingInput(Command):
    """A rating that is taken back."""

    id: strawberry.ID = strawberry.field(description="The survey.")
    rater_id: strawberry.ID = strawberry.field(description="The member who answered.")
    ratee_id: strawberry.ID | None = strawberry.field(default=None, description="The member asked about.")
    institution_id: strawberry.ID | None = strawberry.field(
        default=None, description="The institution asked about."
    )


@mutation("TrustSurvey")
async def remove_trust_rating(write: Write, input: RemoveTrustRatingInput) -> Decision:  # noqa: A002 - as above
    """Take back a rating that was entered wrongly in an open round; it can be entered again (R13)."""
    survey = await write.facts(rows.SURVEY, input.id)
    rater = await write.facts(rows.RESPONDENT, input.rater_id, path="raterId")
    about = await _about(write, input.ratee_id, input.institution_id)
    return answers.remove_rating(survey, rater=rater, ratee=about)


@strawberry.input(description="Which tie was entered wrongly: from whom, to whom, and what flows.")
class RemoveTieInput(Command):
    """A tie that is taken back."""

    id: strawberry.ID = strawberry.field(description="The survey.")
    rater_id: strawberry.ID = strawberry.field(description="The member it starts from.")
    ratee_id: strawberry.ID | None = strawberry.field(default=None, description="The member it leads to.")
    institution_id: strawberry.ID | None = strawberry.field(
        default=None, description="The institution it leads to."
    )
    kind: TieKind = strawberry.field(description="What flows.")


@mutation("TrustSurvey")
async def remove_tie(write: Write, input: RemoveTieInput) -> Decision:  # noqa: A002 - as above
    """Take back a tie that was entered wrongly in an open round; it can be entered again (4.5)."""
    survey = await write.facts(rows.SURVEY, input.id)
    source = await write.facts(rows.RESPONDENT, input.rater_id, path="raterId")
    about = await _about(write, input.ratee_id, input.institution_id)
    return answers.remove_tie(survey, source=source, target=about, kind=input.kind)


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


@strawberry.input(description="Which round is called off, and why.")
class CancelTrustSurveyInput(Command):
    """A round."""

    id: strawberry.ID = strawberry.field(description="The survey.")
    reason: str = strawberry.field(description="Why.")


@mutation("TrustSurvey")
async def cancel_trust_survey(write: Write, input: CancelTrustSurveyInput) -> Decision:  # noqa: A002 - as above
    """Call an open round off with a reason: it yields no figures, and its answers count nowhere (R15)."""
    return surveys.cancel(await write.facts(rows.SURVEY, input.id), reason=input.reason)


async def _about(write: Write, ratee_id: str | None, institution_id: str | None) -> answers.About:
    """Load whom an answer is about."""
    member = institution = None
    if ratee_id is not None:
        member = await write.facts(rows.RESPONDENT, ratee_id, path="rateeId")
    if institution_id is not None:
        institution = await write.identify("SupportInstitution", institution_id, "institutionId")
    return answers.About(member, institution)


async def _either(write: Write, about_id: str, path: str) -> answers.About:
    """Load whom a line of a sheet is about, by the type its id names."""
    if about_id.startswith("SupportInstitution_"):
        return answers.About(institution_id=await write.identify("SupportInstitution", about_id, path))
    member = await write.facts(rows.RESPONDENT, about_id, path=path)
    return answers.About(member)
