"""The rows of support institutions: national ones are added once, however many provinces name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schema.support.rows import SupportInstitution
from schema.vocabulary import InstitutionKind, InstitutionSector
from services.sample.identities import identity
from services.sample.reference import province_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from services.sample.sheets import Sheets


def institution_id(facts: Mapping[str, Any], province: str) -> UUID:
    """Return the id of an institution of a province, or of a national one."""
    return identity("institution", "national" if facts.get("national") else province, facts["key"])


def add_institution(sheets: Sheets, facts: Mapping[str, Any], province: str, parent_id: UUID | None) -> UUID:
    """Add an institution that publicly exists."""
    return sheets.add(
        SupportInstitution,
        institution_id(facts, province),
        name_fa=facts["name_fa"],
        name_en=facts["name_en"],
        kind=InstitutionKind(facts["kind"]),
        sector=InstitutionSector(facts["sector"]),
        province_id=None if facts.get("national") else province_id(province),
        parent_id=parent_id,
        iati_organisation_type=facts["iati"],
        iati_reference=facts.get("iati_reference"),
    )
