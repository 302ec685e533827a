"""What fields are called on the screen: one place for forms, columns and filter chips."""

from __future__ import annotations

import re
from typing import Final

from web.localisation import mark

LABELS: Final = {
    "nameFa": mark("Name in Persian"),
    "nameEn": mark("Name in English"),
    "titleFa": mark("Title in Persian"),
    "titleEn": mark("Title in English"),
    "slug": mark("Short address"),
    "provinceId": mark("Province"),
    "countyIds": mark("Counties"),
    "identifiedOn": mark("Identified on"),
    "establishedOn": mark("Established on"),
    "workshopsCount": mark("Workshops"),
    "workersCount": mark("Weavers and workers"),
    "countedOn": mark("Counted on"),
    "countedBy": mark("Source of the count"),
    "centreFa": mark("Centre in Persian"),
    "centreEn": mark("Centre in English"),
    "sectorCode": mark("Sector code"),
    "website": mark("Website"),
    "summaryFa": mark("Summary in Persian"),
    "summaryEn": mark("Summary in English"),
    "plannedStart": mark("Planned start"),
    "plannedEnd": mark("Planned end"),
    "executingOrganisation": mark("Executing organisation"),
    "contractNumber": mark("Contract number"),
    "currency": mark("Currency"),
    "on": mark("Day"),
    "studyStartsOn": mark("First day of the study"),
    "reason": mark("Reason"),
    "role": mark("Role"),
    "visionFa": mark("Vision in Persian"),
    "visionEn": mark("Vision in English"),
    "periodStart": mark("Period from"),
    "periodEnd": mark("Period to"),
    "documentNumber": mark("Document number"),
    "descriptionFa": mark("Description in Persian"),
    "descriptionEn": mark("Description in English"),
    "presentedOn": mark("Presented on"),
    "meetingId": mark("Meeting of the council"),
    "votes": mark("Votes"),
    "noteFa": mark("Note in Persian"),
    "noteEn": mark("Note in English"),
    "formedOn": mark("Formed on"),
    "placeFa": mark("Place in Persian"),
    "placeEn": mark("Place in English"),
    "agendaFa": mark("Agenda in Persian"),
    "agendaEn": mark("Agenda in English"),
    "present": mark("Who was there"),
    "minutesFa": mark("Minutes in Persian"),
    "minutesEn": mark("Minutes in English"),
    "evidence": mark("Evidence"),
    "decidedBy": mark("Decided by"),
    "type": mark("Type"),
    "kind": mark("Kind"),
    "sizeClass": mark("Size"),
    "leadGender": mark("Gender of who leads it"),
    "countyId": mark("County"),
    "definedBy": mark("Defined by"),
    "ledBy": mark("Led by"),
    "networkIds": mark("Networks"),
    "objectivesFa": mark("Objectives in Persian"),
    "objectivesEn": mark("Objectives in English"),
    "weight": mark("Weight"),
    "dueOn": mark("Due on"),
    "done": mark("Steps that are done"),
    "validFrom": mark("From"),
}


def label(field: str) -> str:
    """Return the untranslated label of a field; one without an entry is its name in words."""
    if field in LABELS:
        return LABELS[field]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field.removesuffix("Id").removesuffix("Ids")).lower()
    return words[:1].upper() + words[1:]
