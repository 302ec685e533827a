"""The commands on clusters: identify, edit, assess, delete, restore."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.clusters import assessments, rows, rules
from schema.vocabulary import DevelopmentLevel, ProductKind
from services.graphql.mutations.command import Command
from services.graphql.mutations.given import given_values
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from uuid import UUID

    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="A product line of a cluster.")
class ProductInput:
    """What is told of a product."""

    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    materials_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="What it is made of, in Persian."
    )
    materials_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="What it is made of, in English."
    )
    motifs_fa: str | None = strawberry.field(default=strawberry.UNSET, description="Its motifs, in Persian.")
    motifs_en: str | None = strawberry.field(default=strawberry.UNSET, description="Its motifs, in English.")
    kind: ProductKind | None = strawberry.field(
        default=strawberry.UNSET, description="The line of business it belongs to."
    )


@strawberry.input(description="The particulars of a cluster; what is absent stays as it is.")
class ClusterParticulars(Command):
    """What may be told of a cluster beside its names."""

    established_on: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="Since when the cluster has existed, if known."
    )
    workshops_count: int | None = strawberry.field(
        default=strawberry.UNSET, description="Number of workshops."
    )
    workers_count: int | None = strawberry.field(
        default=strawberry.UNSET, description="Number of weavers and workers."
    )
    counted_on: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="The day the two numbers were counted."
    )
    counted_by: str | None = strawberry.field(
        default=strawberry.UNSET, description="The source of the two numbers."
    )
    sector_code: str | None = strawberry.field(
        default=strawberry.UNSET, description="OECD DAC sector code, five digits, such as 32140."
    )
    centre_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="The Persian name of the town at its centre."
    )
    centre_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="The English name of the town at its centre."
    )
    latitude: float | None = strawberry.field(
        default=strawberry.UNSET, description="Latitude of the centre, degrees north."
    )
    longitude: float | None = strawberry.field(
        default=strawberry.UNSET, description="Longitude of the centre, degrees east."
    )
    website: str | None = strawberry.field(default=strawberry.UNSET, description="The cluster's website.")
    summary_fa: str | None = strawberry.field(default=strawberry.UNSET, description="A summary in Persian.")
    summary_en: str | None = strawberry.field(default=strawberry.UNSET, description="A summary in English.")
    management_fte: float | None = strawberry.field(
        default=strawberry.UNSET,
        description="The size of the team that manages it, full-time equivalents, 0 to 1000.",
    )
    strategy_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="A summary of its strategy, in Persian."
    )
    strategy_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="A summary of its strategy, in English."
    )
    county_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET,
        description="The counties it has workshops in; they replace the recorded ones.",
    )
    products: list[ProductInput] | None = strawberry.field(
        default=strawberry.UNSET, description="Its product lines in order; they replace the recorded ones."
    )


@strawberry.input(description="What is needed to record a cluster.")
class CreateClusterInput(ClusterParticulars):
    """A cluster that was identified in a province."""

    province_id: strawberry.ID = strawberry.field(description="The province it lies in.")
    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    slug: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="The name in addresses; made of the English name unless given.",
    )
    identified_on: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="When it was identified; today unless given."
    )


@strawberry.input(description="What is to change in a cluster; what is absent stays as it is.")
class EditClusterInput(ClusterParticulars):
    """Corrections to a cluster."""

    id: strawberry.ID = strawberry.field(description="The cluster.")
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")
    slug: str | None = strawberry.field(default=strawberry.UNSET, description="The name in addresses.")
    identified_on: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="When it was identified."
    )


@strawberry.input(description="Something an assessment looked at.")
class AssessedItemInput:
    """What was rated."""

    name_fa: str = strawberry.field(description="What was looked at, in Persian.")
    name_en: str = strawberry.field(description="What was looked at, in English.")
    rating: int = strawberry.field(description="The rating, 1 to 5.")


@strawberry.input(description="The level of development of a cluster, its evidence and its decider.")
class RecordDevelopmentLevelInput(Command):
    """An assessed level of development (R34)."""

    id: strawberry.ID = strawberry.field(description="The cluster.")
    level: DevelopmentLevel = strawberry.field(description="The level.")
    evidence: str = strawberry.field(description="What it rests on.")
    decided_by: str = strawberry.field(description="Who decided: a body or an office, not a private person.")
    on: datetime.date | None = strawberry.field(
        default=None, description="The day of the decision; today unless given."
    )
    items: list[AssessedItemInput] | None = strawberry.field(
        default=None, description="What was rated; the ratings advise, the level is what was decided."
    )


@strawberry.input(description="The cluster to delete.")
class DeleteClusterInput(Command):
    """A cluster that was entered by mistake."""

    id: strawberry.ID = strawberry.field(description="The cluster.")


@strawberry.input(description="The deleted cluster to bring back.")
class RestoreClusterInput(Command):
    """A cluster that was deleted."""

    id: strawberry.ID = strawberry.field(description="The cluster.")


_APART = ("province_id", "county_ids", "products")


async def _counties(write: Write, given: ClusterParticulars) -> list[UUID] | None:
    """Return the counties that are given; nothing when the list is absent."""
    if given.county_ids is strawberry.UNSET or given.county_ids is None:
        return None
    return [await write.identify("County", county, path="countyIds") for county in given.county_ids]


def _products(given: ClusterParticulars) -> list[dict[str, object]] | None:
    """Return the products that are given; nothing when the list is absent."""
    if given.products is strawberry.UNSET or given.products is None:
        return None
    return [given_values(product) for product in given.products]


@mutation("Cluster")
async def create_cluster(write: Write, input: CreateClusterInput) -> Decision:  # noqa: A002 - as in the API
    """Record a cluster that was identified, with its place and its product lines (R1, E1)."""
    province = await write.facts(rows.PROVINCE, input.province_id, path="provinceId")
    return rules.create(
        province,
        within_reach=write.viewer.is_national or province.id in write.viewer.provinces,
        profile=given_values(input, without=_APART),
        counties=await _counties(write, input) or (),
        products=_products(input) or (),
        today=write.today,
        new_id=write.new_id,
    )


@mutation("Cluster")
async def edit_cluster(write: Write, input: EditClusterInput) -> Decision:  # noqa: A002 - as in the API
    """Correct a cluster's particulars; lists that are given replace the recorded ones (R1)."""
    cluster = await write.facts(rows.CLUSTER, input.id)
    return rules.edit(
        cluster,
        profile=given_values(input, without=_APART),
        counties=await _counties(write, input),
        products=_products(input),
        today=write.today,
        new_id=write.new_id,
    )


@mutation("Cluster")
async def record_development_level(write: Write, input: RecordDevelopmentLevelInput) -> Decision:  # noqa: A002 - as in the API
    """Record the level of development with its day, its evidence and who decided it (R34)."""
    cluster = await write.facts(rows.CLUSTER, input.id)
    return assessments.assess(
        cluster,
        level=input.level,
        on=input.on or write.today,
        evidence=input.evidence,
        decided_by=input.decided_by,
        items=[
            assessments.AssessedItem(item.name_fa, item.name_en, item.rating) for item in input.items or ()
        ],
        today=write.today,
        new_id=write.new_id,
    )


@mutation("Cluster")
async def delete_cluster(write: Write, input: DeleteClusterInput) -> Decision:  # noqa: A002 - as in the API
    """Delete a cluster that was entered by mistake; it can be restored. One with a history stays."""
    return rules.delete(await write.facts(rows.CLUSTER, input.id))


@mutation("Cluster")
async def restore_cluster(write: Write, input: RestoreClusterInput) -> Decision:  # noqa: A002 - as in the API
    """Bring a deleted cluster back as it was."""
    return rules.restore(await write.facts(rows.CLUSTER, input.id, removed=True))
