"""The three versions of the Lorestan action plan, the council that approved them, and their sub-projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.open_lists.rows import AdditionalSubProjectType
from schema.vocabulary import (
    CommitmentKind,
    SeatRole,
    SubProjectActor,
    SubProjectStatus,
    SubProjectType,
)
from services.sample.cluster_story import Seat
from services.sample.identities import identity
from services.sample.lorestan.facts import CLUSTER, read
from services.sample.reference import day
from services.sample.sub_project_rows import SubProjectFacts, add_commitment, add_sub_project

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory

PLACE: Final = ("شرکت شهرک‌های صنعتی استان لرستان", "Lorestan Industrial Parks Company")
# The type that administrators would have added to the open list (R44).
CULTURE: Final = ("نشان و فرهنگ", "Marks and culture")
# Who promised something to which sub-projects, in the order of their file, one after the other.
SUPPORTERS: Final = (
    ("parks", CommitmentKind.CASH),
    ("heritage", CommitmentKind.SERVICE),
    ("training", CommitmentKind.SERVICE),
    ("trade", CommitmentKind.CASH),
    ("cooperative_bank", CommitmentKind.CASH),
    ("agriculture", CommitmentKind.IN_KIND),
    ("chamber", CommitmentKind.SERVICE),
    ("omid", CommitmentKind.CASH),
)


def seats(story: ClusterStory, institutions: dict[str, UUID]) -> tuple[Seat, ...]:
    """Return the seats as the rules of the programme fill them (E4): titles, three of them cluster actors."""
    return (
        Seat(
            SeatRole.CHAIR,
            "مدیرعامل شرکت شهرک‌های صنعتی",
            "Managing director of the parks company",
            institutions["parks"],
        ),
        Seat(SeatRole.MEMBER, "معاون صنایع کوچک", "Deputy for small industries", institutions["parks"]),
        Seat(SeatRole.MEMBER, "معاون صنایع دستی", "Deputy for handicrafts", institutions["heritage"]),
        Seat(
            SeatRole.MEMBER,
            "نماینده صنعت، معدن و تجارت",
            "Representative of Industry, Mine and Trade",
            institutions["trade"],
        ),
        Seat(
            SeatRole.MEMBER,
            "نماینده اتاق بازرگانی",
            "Representative of the chamber of commerce",
            institutions["chamber"],
        ),
        Seat(
            SeatRole.MEMBER,
            "مسئول کنسرسیوم صادراتی",
            "Head of the export consortium",
            None,
            story.identity("Stakeholder", 3),
        ),
        Seat(
            SeatRole.MEMBER,
            "نماینده بافندگان",
            "Representative of the weavers",
            None,
            story.identity("Stakeholder", 1),
        ),
        Seat(
            SeatRole.MEMBER,
            "نماینده رنگرزان",
            "Representative of the dyers",
            None,
            story.identity("Stakeholder", 2),
        ),
        Seat(SeatRole.MEMBER, "مشاور–ناظر فنی", "Technical advisor–supervisor"),
        Seat(SeatRole.SECRETARY, "عامل توسعه خوشه", "Cluster development agent"),
    )


def add_plans(
    story: ClusterStory, project_id: UUID, institutions: dict[str, UUID], networks: dict[str, UUID]
) -> None:
    """Add the council, the three versions (the second one approved late) and what they define."""
    council = seats(story, institutions)
    council_id = story.add_council(council, day(CLUSTER["project"]["study_completed_on"]))
    plans: dict[int, UUID] = {}
    programmes: dict[tuple[int, str], UUID] = {}
    versions = read("plans")
    for facts in versions:
        version: int = facts["version"]
        plans[version] = story.add_approved_plan(
            version,
            project_id=project_id,
            approved_on=day(facts["approved_on"]),
            current=version == len(versions),
            council_id=council_id,
            seats=len(council),
            place=PLACE,
            agenda=(facts["meeting_fa"], facts["meeting_en"]),
            document_number=facts["number"],
            vision_fa=facts["vision_fa"],
            vision_en=facts["vision_en"],
            period_start=day(facts["period_start"]),
            period_end=day(facts["period_end"]),
            presented_on=day(facts["presented_on"]),
        )
        for ordinal, strategy in enumerate(read("strategies"), 1):
            programme = story.add_strategy(plans[version], version, ordinal, strategy)
            programmes[version, strategy["key"]] = programme
    _add_sub_projects(story, plans, programmes, institutions, networks)


def _add_sub_projects(
    story: ClusterStory,
    plans: dict[int, UUID],
    programmes: dict[tuple[int, str], UUID],
    institutions: dict[str, UUID],
    networks: dict[str, UUID],
) -> None:
    culture = story.sheets.add(
        AdditionalSubProjectType,
        identity("additional_sub_project_type", "culture"),
        name_fa=CULTURE[0],
        name_en=CULTURE[1],
        is_sample=True,
    )
    for number, facts in enumerate(read("sub_projects"), 1):
        known = SubProjectFacts(
            number=number,
            type=SubProjectType(facts["type"]),
            name_fa=facts["fa"],
            name_en=facts["en"],
            plan_id=plans[facts["plan"]],
            programme_id=programmes[facts["plan"], facts["strategy"]],
            status=SubProjectStatus(facts["status"]),
            actor=SubProjectActor(facts["by"]),
            start=day(facts["start"]),
            end=day(facts["end"]),
            network_id=networks[facts["network"]] if facts["network"] else None,
            reason=facts.get("reason"),
            millions=facts["millions"],
            additional_type_id=culture if facts["type"] == "OTHER" else None,
        )
        sub_project_id = add_sub_project(story, known)
        if known.status is not SubProjectStatus.CANCELLED:
            supporter, kind = SUPPORTERS[number % len(SUPPORTERS)]
            add_commitment(
                story,
                known,
                sub_project_id,
                institution_id=institutions[supporter],
                kind=kind,
                committed_on=max(known.start, day("1394-08-06")),
            )
