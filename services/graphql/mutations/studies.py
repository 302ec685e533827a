"""The commands on diagnostic studies: draft, write, submit, return, revise, accept, present."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.studies import content, rows, rules
from schema.vocabulary import DevelopmentLevel, SolutionTarget, SourceKind, StudyMethodology, SwotQuadrant
from services.graphql.mutations.command import Command
from services.graphql.mutations.given import given_values
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="Something a study rests on.")
class StudySourceInput:
    """A source read at the desk or seen in the field."""

    kind: SourceKind = strawberry.field(description="Desk or field; a study needs both (R6).")
    title_fa: str = strawberry.field(description="What it is, in Persian.")
    title_en: str | None = strawberry.field(default=None, description="What it is, in English.")
    note: str | None = strawberry.field(default=None, description="A note.")


@strawberry.input(description="A strength, weakness, opportunity or threat.")
class StudyFindingInput:
    """One line of the four quadrants."""

    quadrant: SwotQuadrant = strawberry.field(description="Which of the four.")
    text_fa: str = strawberry.field(description="What it is, in Persian.")
    text_en: str | None = strawberry.field(default=None, description="What it is, in English.")


@strawberry.input(description="A solution that a study offers.")
class StudySolutionInput:
    """A way to remove a problem or to raise the cluster."""

    target: SolutionTarget = strawberry.field(
        description="Whether it removes the problem or raises the cluster."
    )
    text_fa: str = strawberry.field(description="What it is, in Persian.")
    text_en: str | None = strawberry.field(default=None, description="What it is, in English.")


@strawberry.input(description="A problem of the cluster with its solutions.")
class StudyProblemInput:
    """A problem that the study names; it needs at least one solution (R8)."""

    text_fa: str = strawberry.field(description="What it is, in Persian.")
    text_en: str | None = strawberry.field(default=None, description="What it is, in English.")
    solutions: list[StudySolutionInput] = strawberry.field(
        default_factory=list, description="The solutions offered."
    )


@strawberry.input(description="The project whose study begins.")
class DraftStudyInput(Command):
    """A project."""

    project_id: strawberry.ID = strawberry.field(description="The project.")


@strawberry.input(description="What is written into a study; what is absent stays as it is.")
class EditStudyInput(Command):
    """Texts, levels and lists of a study; a list that is given replaces the recorded one."""

    id: strawberry.ID = strawberry.field(description="The study.")
    methodology: StudyMethodology | None = strawberry.field(
        default=strawberry.UNSET, description="The methodology; derived from UNIDO unless given (R7)."
    )
    situation_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="The existing situation of the cluster, in Persian."
    )
    situation_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="The existing situation of the cluster, in English."
    )
    national_environment_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="The national environment of the business, in Persian."
    )
    national_environment_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="The national environment of the business, in English."
    )
    global_environment_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="The global environment of the business, in Persian."
    )
    global_environment_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="The global environment of the business, in English."
    )
    baseline_level: DevelopmentLevel | None = strawberry.field(
        default=strawberry.UNSET, description="The level of development the study finds (R9)."
    )
    target_level: DevelopmentLevel | None = strawberry.field(
        default=strawberry.UNSET, description="The level it aims at, above the baseline (R9)."
    )
    sources: list[StudySourceInput] | None = strawberry.field(
        default=strawberry.UNSET,
        description="The sources it rests on, from the desk and from the field (R6).",
    )
    findings: list[StudyFindingInput] | None = strawberry.field(
        default=strawberry.UNSET, description="Strengths, weaknesses, opportunities and threats."
    )
    problems: list[StudyProblemInput] | None = strawberry.field(
        default=strawberry.UNSET, description="The problems of the cluster with their solutions (R8)."
    )


@strawberry.input(description="The study and the day of a step.")
class SubmitStudyInput(Command):
    """A study and a day."""

    id: strawberry.ID = strawberry.field(description="The study.")
    on: datetime.date | None = strawberry.field(default=None, description="The day; today unless given.")


@strawberry.input(description="The study that is accepted.")
class AcceptStudyInput(SubmitStudyInput):
    """A study and a day."""


@strawberry.input(description="The study that is sent back, and why.")
class ReturnStudyInput(SubmitStudyInput):
    """A study, a day and the corrections it needs."""

    note: str = strawberry.field(description="What is to be corrected.")


@strawberry.input(description="The returned study that is taken up again.")
class ReviseStudyInput(Command):
    """A study."""

    id: strawberry.ID = strawberry.field(description="The study.")


@strawberry.input(description="The study that is presented, with its document.")
class PresentStudyInput(SubmitStudyInput):
    """A study, its document and the day (R10)."""

    document_number: str = strawberry.field(description="The number of the report.")


_LISTS = ("sources", "findings", "problems")


def _actor(write: Write) -> rules.Actor:
    return rules.Actor(write.viewer.role, write.viewer.user_id)


def _content(given: EditStudyInput) -> content.Content:
    """Turn the lists that were given into the words of the rules."""
    sources, findings, problems = given.sources, given.findings, given.problems
    return content.Content(
        sources=tuple(
            content.Source(source.kind, source.title_fa, source.title_en, source.note) for source in sources
        )
        if sources is not strawberry.UNSET and sources is not None
        else None,
        swot=tuple(
            content.Finding(finding.quadrant, finding.text_fa, finding.text_en) for finding in findings
        )
        if findings is not strawberry.UNSET and findings is not None
        else None,
        problems=tuple(_problem(problem) for problem in problems)
        if problems is not strawberry.UNSET and problems is not None
        else None,
    )


def _problem(given: StudyProblemInput) -> content.ClusterProblem:
    solutions = tuple(
        content.Solution(solution.target, solution.text_fa, solution.text_en) for solution in given.solutions
    )
    return content.ClusterProblem(given.text_fa, given.text_en, solutions)


@mutation("DiagnosticStudy")
async def draft_study(write: Write, input: DraftStudyInput) -> Decision:  # noqa: A002 - as in the API
    """Begin the diagnostic study of a project; one for each (R5 to R9)."""
    project = await write.facts(rows.HOME, input.project_id, path="projectId")
    return rules.draft(project, by=_actor(write), new_id=write.new_id)


@mutation("DiagnosticStudy")
async def edit_study(write: Write, input: EditStudyInput) -> Decision:  # noqa: A002 - as in the API
    """Write a study while it is a draft: analyses, sources, problems with solutions, levels (R5 to R9)."""
    study = await write.facts(rows.STUDY, input.id)
    return rules.edit(
        study,
        by=_actor(write),
        texts=given_values(input, without=_LISTS if input.methodology else (*_LISTS, "methodology")),
        content=_content(input),
        new_id=write.new_id,
    )


@mutation("DiagnosticStudy")
async def submit_study(write: Write, input: SubmitStudyInput) -> Decision:  # noqa: A002 - as in the API
    """Hand a complete study in: by the agent of the project, or an administrator on behalf (R5 to R11)."""
    study = await write.facts(rows.STUDY, input.id)
    return rules.submit(study, by=_actor(write), on=input.on or write.today, today=write.today)


@mutation("DiagnosticStudy")
async def return_study(write: Write, input: ReturnStudyInput) -> Decision:  # noqa: A002 - as in the API
    """Send a submitted study back with the corrections it needs (E9)."""
    study = await write.facts(rows.STUDY, input.id)
    return rules.return_(study, note=input.note, on=input.on or write.today, today=write.today)


@mutation("DiagnosticStudy")
async def revise_study(write: Write, input: ReviseStudyInput) -> Decision:  # noqa: A002 - as in the API
    """Take a returned study up again as a draft."""
    return rules.revise(await write.facts(rows.STUDY, input.id), by=_actor(write))


@mutation("DiagnosticStudy")
async def accept_study(write: Write, input: AcceptStudyInput) -> Decision:  # noqa: A002 - as in the API
    """Accept a submitted study (A9)."""
    study = await write.facts(rows.STUDY, input.id)
    return rules.accept(study, on=input.on or write.today, today=write.today)


@mutation("DiagnosticStudy")
async def present_study(write: Write, input: PresentStudyInput) -> Decision:  # noqa: A002 - as in the API
    """Present the accepted study as a report with its number and day; only then the phase ends (R10)."""
    study = await write.facts(rows.STUDY, input.id)
    return rules.present(
        study,
        by=_actor(write),
        on=input.on or write.today,
        document_number=input.document_number,
        today=write.today,
    )
