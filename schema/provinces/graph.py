"""The public types of provinces, counties, cities and villages."""

from __future__ import annotations

from schema.committees.rows import PROVINCE_HOME
from schema.committees.rules import permitted_in_province as permitted_committee
from schema.graph import Node, column, entity, many, name_column, one, permitted
from schema.provinces import places as places_rules
from schema.provinces import rows
from schema.scopes import PUBLIC, THE_PLACE
from schema.vocabulary import PlaceKind


@entity(rows.Province, scope=PUBLIC, plural="provinces", order=("name_fa",))
class Province(Node):
    """One of the 31 provinces of Iran."""

    iso_code: str = column("The current ISO 3166-2 code; all but two changed on 2020-11-24.")
    legacy_iso_code: str = column("The code before 2020-11-24; the same text may mean another province now.")
    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    capital_fa: str = column("The capital's Persian name.", filterable=False, orderable=False)
    capital_en: str = column("The capital's English name.", filterable=False, orderable=False)
    latitude: float = column("Latitude of the capital, degrees north.", filterable=False, orderable=False)
    longitude: float = column("Longitude of the capital, degrees east.", filterable=False, orderable=False)
    tile_column: int = column("Column on the tile map of Iran, counted from the west.", filterable=False)
    tile_row: int = column("Row on the tile map of Iran, counted from the north.", filterable=False)
    counties = many("provinces.County", "The counties of this province.", far="province_id")
    clusters = many("clusters.Cluster", "The clusters of this province.", far="province_id")
    support_institutions = many(
        "support.SupportInstitution", "The institutions of this province.", far="province_id"
    )
    committees = many(
        "committees.ProvincialCommittee", "Its committee, and those before it (E7).", far="province_id"
    )
    permitted_actions = permitted(rows.PROVINCE, places_rules.permitted_in_province)
    committee_actions = permitted(PROVINCE_HOME, permitted_committee)


@entity(rows.County, scope=PUBLIC, plural="counties", order=("name_fa",))
class County(Node):
    """A county (شهرستان) of a province."""

    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    latitude: float | None = column("Approximate latitude, degrees north.", filterable=False, orderable=False)
    longitude: float | None = column(
        "Approximate longitude, degrees east.", filterable=False, orderable=False
    )
    province = one("provinces.Province", "The province it belongs to.", near="province_id")
    clusters = many(
        "clusters.Cluster",
        "The clusters with workshops in this county.",
        through="cluster_county",
        through_near="county_id",
        through_far="cluster_id",
    )
    places = many("provinces.Place", "Its cities and villages.", far="county_id")
    permitted_actions = permitted(rows.COUNTY, places_rules.permitted_in_county)


@entity(rows.Place, scope=THE_PLACE, plural="places", order=("name_fa",))
class Place(Node):
    """A city or a village of a county; partner agencies see cities only (domain 7.5)."""

    kind: PlaceKind = column("City or village.")
    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    latitude: float | None = column("Approximate latitude, degrees north.", filterable=False, orderable=False)
    longitude: float | None = column(
        "Approximate longitude, degrees east.", filterable=False, orderable=False
    )
    county = one("provinces.County", "The county it belongs to.", near="county_id")
    permitted_actions = permitted(rows.PLACE, places_rules.permitted_on_place)
