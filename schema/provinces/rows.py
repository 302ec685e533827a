"""The tables of provinces, their counties, and the cities and villages of these."""

from __future__ import annotations

from typing import Final

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Guard, Reference, Unique, searchable
from schema.provinces import places
from schema.rows import NAME_LENGTH, Row, guards_of, reference, term
from schema.vocabulary import PlaceKind


class Province(Row):
    """One of the 31 provinces, with its current and its former ISO 3166-2 code."""

    iso_code = fields.CharField(max_length=5)
    legacy_iso_code = fields.CharField(max_length=5)
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    capital_fa = fields.CharField(max_length=NAME_LENGTH)
    capital_en = fields.CharField(max_length=NAME_LENGTH)
    latitude = fields.FloatField()
    longitude = fields.FloatField()
    tile_column = fields.SmallIntField()
    tile_row = fields.SmallIntField()

    class Meta:
        """The table."""

        table = "province"


class County(Row):
    """A county (شهرستان) of a province."""

    province_id = reference()
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    latitude = fields.FloatField(null=True)
    longitude = fields.FloatField(null=True)

    class Meta:
        """The table."""

        table = "county"


class Place(Row):
    """A city or a village of a county, and roughly where it lies."""

    county_id = reference()
    kind = term(PlaceKind)
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    latitude = fields.FloatField(null=True)
    longitude = fields.FloatField(null=True)

    class Meta:
        """The table."""

        table = "place"


_NAMED = (
    "(select coalesce(json_agg(json_build_object('id', n.id, 'name', n.name_fa_norm{more}) order by n.id), '[]')"
    " from {table} n where n.{near} = {row})"
)

PROVINCE: Final = Facts(
    places.ProvinceFacts,
    "Province",
    {
        "counties": _NAMED.replace("{more}", "")
        .replace("{table}", "county")
        .replace("{near}", "province_id")
        .replace("{row}", "{t}.id")
    },
)

COUNTY: Final = Facts(
    places.CountyFacts,
    "County",
    {
        "siblings": _NAMED.replace("{more}", "")
        .replace("{table}", "county")
        .replace("{near}", "province_id")
        .replace("{row}", "{t}.province_id"),
        "places": _NAMED.replace("{more}", ", 'kind', n.kind")
        .replace("{table}", "place")
        .replace("{near}", "county_id")
        .replace("{row}", "{t}.id"),
    },
)

PLACE: Final = Facts(
    places.PlaceFacts,
    "Place",
    {
        "province_id": "(select y.province_id from county y where y.id = {t}.county_id)",
        "siblings": _NAMED.replace("{more}", ", 'kind', n.kind")
        .replace("{table}", "place")
        .replace("{near}", "county_id")
        .replace("{row}", "{t}.county_id"),
    },
)

guards: tuple[Guard, ...] = (
    *guards_of(Province, County, Place),
    *searchable("province", "name_fa", "name_en"),
    *searchable("county", "name_fa", "name_en"),
    Unique("province", "iso_code"),
    Unique("province", "legacy_iso_code"),
    Unique("province", "tile_column, tile_row"),
    Unique("county", "province_id, name_fa_norm"),
    Check("province", "iso_code", "iso_code ~ '^IR-[0-9]{2}$' and legacy_iso_code ~ '^IR-[0-9]{2}$'"),
    Reference("county", "province_id", "province"),
    *searchable("place", "name_fa", "name_en"),
    Unique("place", "county_id, kind, name_fa_norm"),
    Unique("place", "id, county_id"),
    Reference("place", "county_id", "county"),
    Check("county", "point", "latitude between -90 and 90 and longitude between -180 and 180"),
    Check("place", "point", "latitude between -90 and 90 and longitude between -180 and 180"),
)
