"""The commands on what lies below a province: counties, cities and villages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import strawberry

from schema.provinces import places, rows
from schema.support.rules import Reach
from schema.vocabulary import PlaceKind
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_VALUES: Final = ("name_fa", "name_en", "latitude", "longitude")


def _reach(write: Write) -> Reach:
    return Reach(write.viewer.is_national, tuple(write.viewer.provinces))


@strawberry.input(description="A county that is entered.")
class AddCountyInput(Command):
    """A new county."""

    province_id: strawberry.ID = strawberry.field(description="The province it belongs to.")
    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    latitude: float | None = strawberry.field(default=None, description="Its latitude, degrees north.")
    longitude: float | None = strawberry.field(default=None, description="Its longitude, degrees east.")


@mutation("County")
async def add_county(write: Write, input: AddCountyInput) -> Decision:  # noqa: A002 - the API's word
    """Enter a county of a province; the borders of counties change."""
    province = await write.facts(rows.PROVINCE, input.province_id, path="provinceId")
    return places.add_county(province, input.given(*_VALUES), reach=_reach(write), new_id=write.new_id)


@strawberry.input(description="What can be corrected in a county.")
class EditCountyInput(Command):
    """A county."""

    id: strawberry.ID = strawberry.field(description="The county.")
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")
    latitude: float | None = strawberry.field(
        default=strawberry.UNSET, description="Its latitude, degrees north."
    )
    longitude: float | None = strawberry.field(
        default=strawberry.UNSET, description="Its longitude, degrees east."
    )


@mutation("County")
async def edit_county(write: Write, input: EditCountyInput) -> Decision:  # noqa: A002 - as above
    """Correct a county's names or where it lies."""
    county = await write.facts(rows.COUNTY, input.id)
    return places.edit_county(county, input.given(*_VALUES), reach=_reach(write))


@strawberry.input(description="A city or a village that is entered.")
class AddPlaceInput(Command):
    """A new place."""

    county_id: strawberry.ID = strawberry.field(description="The county it belongs to.")
    kind: PlaceKind = strawberry.field(description="City or village.")
    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    latitude: float | None = strawberry.field(default=None, description="Its latitude, degrees north.")
    longitude: float | None = strawberry.field(default=None, description="Its longitude, degrees east.")


@mutation("Place")
async def add_place(write: Write, input: AddPlaceInput) -> Decision:  # noqa: A002 - as above
    """Enter a city or a village of a county."""
    county = await write.facts(rows.COUNTY, input.county_id, path="countyId")
    values = input.given("kind", *_VALUES)
    return places.add_place(county, values, reach=_reach(write), new_id=write.new_id)


@strawberry.input(description="What can be corrected in a city or a village.")
class EditPlaceInput(Command):
    """A place."""

    id: strawberry.ID = strawberry.field(description="The place.")
    kind: PlaceKind | None = strawberry.field(default=strawberry.UNSET, description="City or village.")
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")
    latitude: float | None = strawberry.field(
        default=strawberry.UNSET, description="Its latitude, degrees north."
    )
    longitude: float | None = strawberry.field(
        default=strawberry.UNSET, description="Its longitude, degrees east."
    )


@mutation("Place")
async def edit_place(write: Write, input: EditPlaceInput) -> Decision:  # noqa: A002 - as above
    """Correct a place's names, what it is, or where it lies."""
    place = await write.facts(rows.PLACE, input.id)
    return places.edit_place(place, input.given("kind", *_VALUES), reach=_reach(write))
