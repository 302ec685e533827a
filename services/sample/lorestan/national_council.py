"""The national policy council above Lorestan's committee: ISIPO chairs it; its day is made up for the sample (E8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.national_councils.rows import NationalCouncil, NationalCouncilSeat, NationalCouncilSession
from schema.vocabulary import SeatRole
from services.sample.identities import identity
from services.sample.reference import day

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory

HELD: Final = "1394-02-05"
SEATS: Final = (
    (SeatRole.CHAIR, "مدیرعامل سازمان", "Chief executive of the organisation"),
    (SeatRole.SECRETARY, "معاون صنایع کوچک", "Deputy for small industries"),
)


def add_national_council(story: ClusterStory, institutions: dict[str, UUID]) -> None:
    """Add the council with its first seats and its first session."""
    isipo = institutions["isipo"]
    council_id = story.sheets.add(
        NationalCouncil,
        identity("national council"),
        institution_id=isipo,
        formed_on=day(HELD),
        is_sample=True,
    )
    for number, (role, title_fa, title_en) in enumerate(SEATS, 1):
        story.sheets.add(
            NationalCouncilSeat,
            identity("national council", "seat", number),
            council_id=council_id,
            role=role,
            title_fa=title_fa,
            title_en=title_en,
            institution_id=isipo,
            valid_from=day(HELD),
            is_sample=True,
        )
    story.sheets.add(
        NationalCouncilSession,
        identity("national council", "session", 1),
        council_id=council_id,
        held_on=day(HELD),
        agenda_fa="خوشه‌های اولویت‌دار استان‌ها",
        agenda_en="The clusters that the provinces give priority",
        is_sample=True,
    )
