"""What fields are called on the screen: one place for forms, columns and filter chips."""

from __future__ import annotations

import re
from typing import Final

from web.localisation import mark

LABELS: Final = {
    "nameFa": mark("Name in Persian"),
    "nameEn": mark("Name in English"),
    "slug": mark("Short address"),
    "provinceId": mark("Province"),
    "status": mark("State"),
    "developmentLevel": mark("Level of development"),
    "identifiedAt": mark("Identified on"),
    "establishedAt": mark("Established on"),
    "workshopsCount": mark("Workshops"),
    "workersCount": mark("Workers"),
    "countedAt": mark("Counted on"),
    "countSource": mark("Source of the count"),
    "sectorCode": mark("Sector code"),
    "website": mark("Website"),
    "strategySummary": mark("Strategy in short"),
    "countyIds": mark("Counties"),
    "productIds": mark("Products"),
    "plannedStart": mark("Planned start"),
    "plannedEnd": mark("Planned end"),
    "startedAt": mark("Started on"),
    "startedOn": mark("Started on"),
    "completedAt": mark("Completed on"),
    "completedOn": mark("Completed on"),
    "start": mark("Start"),
    "on": mark("Day"),
    "reason": mark("Reason"),
    "lateReason": mark("Reason for the delay"),
    "note": mark("Note"),
    "contractNumber": mark("Contract number"),
    "executingOrganisation": mark("Executing organisation"),
    "executingOrganisationId": mark("Executing organisation"),
    "currency": mark("Currency"),
    "currencyUnit": mark("Unit of currency"),
    "leadAgentName": mark("Lead development agent"),
    "templateId": mark("Programme template"),
}


def label(field: str) -> str:
    """Return the untranslated label of a field; one without an entry is its name in words."""
    if field in LABELS:
        return LABELS[field]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field.removesuffix("Id").removesuffix("Ids")).lower()
    return words[:1].upper() + words[1:]
