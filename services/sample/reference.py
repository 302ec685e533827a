"""What every installation starts from: provinces, Lorestan's counties, the programme's first version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.calendar import Jalali
from schema.projects import reference
from schema.projects.rows import GateTemplate, PhaseTemplate, ProgrammeTemplate
from schema.projects.thresholds import DEFAULTS
from schema.provinces.reference import LORESTAN, LORESTAN_COUNTIES, LORESTAN_TOWNS, PROVINCES
from schema.provinces.rows import County, Place, Province
from schema.vocabulary import PhaseBoundary, PhaseCode, PhaseKind, PlaceKind
from services.sample.identities import identity

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    import asyncpg

    from services.sample.sheets import Sheets

FIRST_VERSION: Final = 1
# code | kind | least and most Jalali months | opened by | closed by (R12, R20, R21, R24, R35, R50)
PHASES: Final = (
    (
        PhaseCode.DIAGNOSTIC_STUDY,
        PhaseKind.WINDOWED,
        3,
        4,
        PhaseBoundary.PROJECT_START,
        PhaseBoundary.OWN_COMPLETION,
    ),
    (
        PhaseCode.TRUST_BUILDING,
        PhaseKind.CONTINUOUS,
        None,
        None,
        PhaseBoundary.PROJECT_START,
        PhaseBoundary.PROJECT_END,
    ),
    (
        PhaseCode.ACTION_PLAN,
        PhaseKind.RECURRING,
        None,
        None,
        PhaseBoundary.STUDY_COMPLETION,
        PhaseBoundary.PROJECT_END,
    ),
    (
        PhaseCode.IMPLEMENTATION,
        PhaseKind.OPEN_ENDED,
        None,
        None,
        PhaseBoundary.STUDY_COMPLETION,
        PhaseBoundary.PROJECT_END,
    ),
    (
        PhaseCode.AGENT_EXIT,
        PhaseKind.WINDOWED,
        4,
        6,
        PhaseBoundary.EXIT_ANNOUNCEMENT,
        PhaseBoundary.OWN_COMPLETION,
    ),
)


def province_id(name_en: str) -> UUID:
    """Return the id of a province by its English name."""
    return identity("province", name_en)


def county_id(name_en: str) -> UUID:
    """Return the id of a county of Lorestan by its English name."""
    return identity("county", LORESTAN.name_en, name_en)


def place_id(name_en: str) -> UUID:
    """Return the id of a town of Lorestan by its English name."""
    return identity("place", LORESTAN.name_en, name_en)


def template_id() -> UUID:
    """Return the id of the first version of the programme."""
    return identity("programme_template", FIRST_VERSION)


def day(jalali: str) -> dt.date:
    """Return the day that a Jalali date names, e.g. `1394-03-16`."""
    year, month, number = map(int, jalali.split("-"))
    return Jalali(year, month, number).gregorian()


async def has_reference(connection: asyncpg.Connection[asyncpg.Record]) -> bool:
    """Return whether the provinces are there already."""
    return bool(await connection.fetchval("select 1 from province limit 1"))


def add_reference(sheets: Sheets) -> None:
    """Add the provinces, the counties and towns of Lorestan and the programme."""
    for province in PROVINCES:
        sheets.add(
            Province,
            province_id(province.name_en),
            **{name: getattr(province, name) for name in province.__slots__},
        )
    for county in LORESTAN_COUNTIES:
        sheets.add(
            County,
            county_id(county.name_en),
            province_id=province_id(LORESTAN.name_en),
            **{name: getattr(county, name) for name in county.__slots__},
        )
    for county_name, town in LORESTAN_TOWNS.items():
        sheets.add(
            Place,
            place_id(town.name_en),
            county_id=county_id(county_name),
            kind=PlaceKind.CITY,
            **{name: getattr(town, name) for name in town.__slots__},
        )
    _add_programme(sheets)


def _add_programme(sheets: Sheets) -> None:
    sheets.add(
        ProgrammeTemplate,
        template_id(),
        version=FIRST_VERSION,
        name_fa="برنامه توسعه خوشه‌های کسب‌وکار",
        name_en="Business cluster development programme",
        published_on=day("1394-01-01"),
        thresholds=DEFAULTS,
    )
    gates = {outline.code: outline.gates for outline in reference.PHASES}
    for ordinal, (code, kind, least, most, opened, closed) in enumerate(PHASES, 1):
        sheets.add(
            PhaseTemplate,
            identity("phase_template", FIRST_VERSION, code),
            template_id=template_id(),
            code=code,
            ordinal=ordinal,
            kind=kind,
            min_months=least,
            max_months=most,
            starts_at=opened,
            ends_at=closed,
        )
        for gate in gates[code]:
            sheets.add(
                GateTemplate,
                identity("gate_template", FIRST_VERSION, code, gate.key),
                phase_template_id=identity("phase_template", FIRST_VERSION, code),
                **{name: getattr(gate, name) for name in gate.__slots__},
            )
