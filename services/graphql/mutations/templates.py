"""The commands on versions of the programme: draft the next one, publish it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.projects import rows, templates
from schema.vocabulary import PhaseCode, RenewalAnchor
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="The months of a windowed phase.")
class WindowInput:
    """A phase and its bounds in Jalali months."""

    code: PhaseCode = strawberry.field(description="Which phase; only windowed ones have months.")
    min_months: int = strawberry.field(description="The lower bound.")
    max_months: int = strawberry.field(description="The upper bound.")


@strawberry.input(description="A threshold of domain section 4.5.")
class ThresholdInput:
    """A threshold and its number."""

    key: str = strawberry.field(description="Its name, as in `ProgrammeTemplate.thresholds`.")
    value: float = strawberry.field(description="The number.")


@strawberry.input(description="A gate that a version asks of a phase.")
class GateInput:
    """A criterion of a phase."""

    code: PhaseCode = strawberry.field(description="Which phase; its other gates are given up.")
    key: str = strawberry.field(description="Its name for programs, such as `field_research`.")
    label_fa: str = strawberry.field(description="What is asked, in Persian.")
    label_en: str = strawberry.field(description="What is asked, in English.")
    mandatory: bool = strawberry.field(default=True, description="Whether the phase needs it.")


@strawberry.input(description="What the next version of the programme changes.")
class CreateTemplateVersionInput(Command):
    """An earlier version and what is to differ from it."""

    based_on: strawberry.ID = strawberry.field(description="The version it is drafted from.")
    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    renewal_anchor: RenewalAnchor | None = strawberry.field(
        default=None,
        description="The day from which the next action plan is due (A4); that of the earlier version unless given.",
    )
    windows: list[WindowInput] = strawberry.field(
        default_factory=list, description="The windows that change."
    )
    thresholds: list[ThresholdInput] = strawberry.field(
        default_factory=list, description="The thresholds that change."
    )
    gates: list[GateInput] = strawberry.field(
        default_factory=list,
        description="The gates of the phases they name, in order; phases without any keep theirs.",
    )


@strawberry.input(description="The version to put in force.")
class PublishTemplateInput(Command):
    """A version and the day from which new projects keep it."""

    id: strawberry.ID = strawberry.field(description="The version.")
    on: datetime.date | None = strawberry.field(default=None, description="The day; today unless given.")


@mutation("ProgrammeTemplate")
async def create_template_version(write: Write, input: CreateTemplateVersionInput) -> Decision:  # noqa: A002 - as in the API
    """Draft the next version; `latePhases` then previews what it would make late (R55)."""
    edition = await write.facts(rows.TEMPLATE, input.based_on, path="basedOn")
    wishes = templates.Wishes(
        input.name_fa,
        input.name_en,
        tuple(templates.Window(each.code, each.min_months, each.max_months) for each in input.windows),
        tuple((each.key, each.value) for each in input.thresholds),
        tuple(
            templates.WishedGate(each.code, each.key, each.label_fa, each.label_en, each.mandatory)
            for each in input.gates
        ),
        input.renewal_anchor,
    )
    return templates.draft(edition, wishes=wishes, new_id=write.new_id)


@mutation("ProgrammeTemplate")
async def publish_template(write: Write, input: PublishTemplateInput) -> Decision:  # noqa: A002 - as in the API
    """Put a version in force for new projects; running ones keep theirs, and it never changes (R55)."""
    edition = await write.facts(rows.TEMPLATE, input.id)
    return templates.publish(edition, on=input.on or write.today)
