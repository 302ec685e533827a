"""The tables of provinces and their counties."""

from __future__ import annotations

from tortoise import fields

from schema.guards import Check, Guard, Reference, Unique, searchable
from schema.rows import NAME_LENGTH, Row, guards_of, reference


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


guards: tuple[Guard, ...] = (
    *guards_of(Province, County),
    *searchable("province", "name_fa", "name_en"),
    *searchable("county", "name_fa", "name_en"),
    Unique("province", "iso_code"),
    Unique("province", "legacy_iso_code"),
    Unique("province", "tile_column, tile_row"),
    Unique("county", "province_id, name_fa_norm"),
    Check("province", "iso_code", "iso_code ~ '^IR-[0-9]{2}$' and legacy_iso_code ~ '^IR-[0-9]{2}$'"),
    Reference("county", "province_id", "province"),
)
