"""The mutations of support institutions and of what they promise."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import strawberry

from schema.sub_projects.rows import SUB_PROJECT
from schema.support import commitments, rows, rules
from schema.text import code
from schema.unusable import Unusable
from schema.vocabulary import CommitmentKind, Currency, CurrencyUnit, InstitutionKind, InstitutionSector
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_CODES: Final = ("iati_organisation_type", "iati_reference")
_KINDS: Final = ("kind", "sector", *_CODES)


def _reach(write: Write) -> rules.Reach:
    return rules.Reach(write.viewer.is_national, tuple(write.viewer.provinces))


def _folded(values: dict[str, Any]) -> dict[str, Any]:
    """Read codes as they were meant, whatever their digits; what cannot be read is left for the rule."""
    for name in _CODES:
        text = values.get(name)
        if isinstance(text, str):
            try:
                values[name] = code(text) or None
            except Unusable:
                continue
    return values


@strawberry.input(description="What is needed to enter a support institution.")
class EnterSupportInstitutionInput(Command):
    """A new institution."""

    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    kind: InstitutionKind = strawberry.field(description="What it is.")
    sector: InstitutionSector = strawberry.field(description="Governmental or not (R14).")
    province_id: strawberry.ID | None = strawberry.field(
        default=None, description="Its province; empty for a national one, which the national office enters."
    )
    parent_id: strawberry.ID | None = strawberry.field(
        default=None, description="The institution it belongs to."
    )
    iati_organisation_type: str | None = strawberry.field(
        default=None, description="IATI organisation type, two digits."
    )
    iati_reference: str | None = strawberry.field(default=None, description="IATI organisation identifier.")


@mutation("SupportInstitution")
async def enter_support_institution(write: Write, input: EnterSupportInstitutionInput) -> Decision:  # noqa: A002 - the API's word
    """Enter a governmental or non-governmental centre that supports clusters (R14)."""
    values = _folded(input.given("name_fa", "name_en", *_KINDS))
    province = None
    if input.province_id is not None:
        province = await write.identify("Province", input.province_id, "provinceId")
    if input.parent_id is not None:
        values["parent_id"] = await write.identify("SupportInstitution", input.parent_id, "parentId")
    return rules.enter(values, province_id=province, reach=_reach(write), new_id=write.new_id)


@strawberry.input(description="What can be changed in a support institution.")
class EditSupportInstitutionInput(Command):
    """What an institution is."""

    id: strawberry.ID = strawberry.field(description="The institution.")
    kind: InstitutionKind | None = strawberry.field(default=strawberry.UNSET, description="What it is.")
    sector: InstitutionSector | None = strawberry.field(
        default=strawberry.UNSET, description="Governmental or not."
    )
    parent_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The institution it belongs to."
    )
    iati_organisation_type: str | None = strawberry.field(
        default=strawberry.UNSET, description="IATI organisation type, two digits."
    )
    iati_reference: str | None = strawberry.field(
        default=strawberry.UNSET, description="IATI organisation identifier."
    )


@mutation("SupportInstitution")
async def edit_support_institution(write: Write, input: EditSupportInstitutionInput) -> Decision:  # noqa: A002 - the API's word
    """Change what an institution is; its names change by renaming."""
    institution = await write.facts(rows.INSTITUTION, input.id)
    values = _folded(input.given(*_KINDS, "parent_id"))
    if values.get("parent_id") is not None:
        values["parent_id"] = await write.identify("SupportInstitution", values["parent_id"], "parentId")
    return rules.edit(institution, values, reach=_reach(write))


@strawberry.input(description="The new name of a support institution.")
class RenameSupportInstitutionInput(Command):
    """A renaming."""

    id: strawberry.ID = strawberry.field(description="The institution.")
    name_fa: str = strawberry.field(description="The new Persian name.")
    name_en: str = strawberry.field(description="The new English name.")
    on: datetime.date | None = strawberry.field(
        default=None, description="The last day of the former name; today unless given."
    )


@mutation("SupportInstitution")
async def rename_support_institution(write: Write, input: RenameSupportInstitutionInput) -> Decision:  # noqa: A002 - the API's word
    """Give an institution a new name; the former one stays on record and is found by search."""
    return rules.rename(
        await write.facts(rows.INSTITUTION, input.id),
        name_fa=input.name_fa,
        name_en=input.name_en,
        on=input.on or write.today,
        reach=_reach(write),
        new_id=write.new_id,
    )


@strawberry.input(description="Which support institution is removed.")
class RemoveSupportInstitutionInput(Command):
    """An institution that has promised nothing."""

    id: strawberry.ID = strawberry.field(description="The institution.")


@mutation("SupportInstitution")
async def remove_support_institution(write: Write, input: RemoveSupportInstitutionInput) -> Decision:  # noqa: A002 - the API's word
    """Remove an institution that has promised nothing and has no branches."""
    return rules.remove(await write.facts(rows.INSTITUTION, input.id), reach=_reach(write))


@strawberry.input(description="Which support institution is brought back.")
class RestoreSupportInstitutionInput(Command):
    """An institution that was removed."""

    id: strawberry.ID = strawberry.field(description="The institution.")


@mutation("SupportInstitution")
async def restore_support_institution(write: Write, input: RestoreSupportInstitutionInput) -> Decision:  # noqa: A002 - the API's word
    """Bring back an institution that was removed."""
    return rules.restore(await write.facts(rows.INSTITUTION, input.id, removed=True), reach=_reach(write))


@strawberry.input(description="What an institution promises to a sub-project.")
class MakeSupportCommitmentInput(Command):
    """A commitment."""

    sub_project_id: strawberry.ID = strawberry.field(description="The sub-project, of an approved plan.")
    institution_id: strawberry.ID = strawberry.field(description="Who promises.")
    kind: CommitmentKind = strawberry.field(description="Cash, in kind or a service.")
    amount: Decimal | None = strawberry.field(default=None, description="How much; required for cash.")
    currency: Currency | None = strawberry.field(default=None, description="The currency of the amount.")
    unit: CurrencyUnit | None = strawberry.field(
        default=None, description="What the amount counts; rials are old or new."
    )
    description_fa: str | None = strawberry.field(default=None, description="What is promised, in Persian.")
    description_en: str | None = strawberry.field(default=None, description="What is promised, in English.")
    committed_on: datetime.date | None = strawberry.field(
        default=None, description="When it was promised; today unless given."
    )


@mutation("SupportCommitment")
async def make_support_commitment(write: Write, input: MakeSupportCommitmentInput) -> Decision:  # noqa: A002 - the API's word
    """Put on record what an institution promises to a sub-project of an approved plan (E6)."""
    sub_project = await write.facts(SUB_PROJECT, input.sub_project_id, path="subProjectId")
    institution = await write.identify("SupportInstitution", input.institution_id, "institutionId")
    return commitments.commit(
        sub_project,
        institution,
        commitments.Promise(input.kind, input.amount, input.currency, input.unit),
        input.given("description_fa", "description_en"),
        on=input.committed_on or write.today,
        today=write.today,
        new_id=write.new_id,
    )


@strawberry.input(description="Which commitment is taken back.")
class RemoveSupportCommitmentInput(Command):
    """A commitment."""

    id: strawberry.ID = strawberry.field(description="The commitment.")


@mutation("SubProject")
async def remove_support_commitment(write: Write, input: RemoveSupportCommitmentInput) -> Decision:  # noqa: A002 - the API's word
    """Take back a commitment while its sub-project is not over."""
    return commitments.remove(await write.facts(rows.COMMITMENT, input.id))


@strawberry.input(description="Which commitment is brought back.")
class RestoreSupportCommitmentInput(Command):
    """A commitment that was taken back."""

    id: strawberry.ID = strawberry.field(description="The commitment.")


@mutation("SupportCommitment")
async def restore_support_commitment(write: Write, input: RestoreSupportCommitmentInput) -> Decision:  # noqa: A002 - the API's word
    """Bring back a commitment that was taken back."""
    return commitments.restore(await write.facts(rows.COMMITMENT, input.id, removed=True))
