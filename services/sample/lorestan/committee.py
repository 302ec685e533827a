"""The provincial committee of Lorestan: its offices by title, and its first session of 24 Bahman 1395 (E7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.committees.rows import (
    CommitteeSeat,
    CommitteeSession,
    CommitteeSessionPlan,
    ProvincialCommittee,
)
from schema.vocabulary import SeatRole
from services.sample.identities import identity
from services.sample.lorestan.facts import PROVINCE
from services.sample.reference import day, province_id

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory

HELD: Final = "1395-11-24"
# role | title in both languages | office | whether it belongs to the expert sub-committee
SEATS: Final = (
    (SeatRole.CHAIR, "معاون اقتصادی استاندار", "Deputy governor for economic affairs", "governorate", False),
    (
        SeatRole.SECRETARY,
        "مدیرعامل شرکت شهرک‌های صنعتی",
        "Managing director of the parks company",
        "parks",
        False,
    ),
    (SeatRole.MEMBER, "رئیس سازمان صنعت، معدن و تجارت", "Head of Industry, Mine and Trade", "trade", False),
    (
        SeatRole.MEMBER,
        "مدیرکل تعاون، کار و رفاه اجتماعی",
        "Head of Cooperatives and Labour",
        "labour",
        False,
    ),
    (SeatRole.MEMBER, "مدیرکل امور اقتصادی و دارایی", "Head of Economic Affairs", "economy", False),
    (SeatRole.MEMBER, "رئیس سازمان جهاد کشاورزی", "Head of Agriculture-Jahad", "agriculture", False),
    (SeatRole.MEMBER, "مدیرکل میراث فرهنگی", "Head of Cultural Heritage", "heritage", False),
    (SeatRole.MEMBER, "رئیس اتاق بازرگانی", "President of the chamber of commerce", "chamber", False),
    (
        SeatRole.MEMBER,
        "مدیر بانک صنعت و معدن",
        "Manager of the Bank of Industry and Mine",
        "industry_bank",
        False,
    ),
    (SeatRole.MEMBER, "کارشناس صنایع کوچک", "Expert on small industries", "parks", True),
)


def add_committee(story: ClusterStory, institutions: dict[str, UUID]) -> None:
    """Add the committee with its seats and its first session, which looked at the second version of the plan."""
    home = {"province_id": province_id(PROVINCE), "is_sample": True}
    committee_id = story.sheets.add(
        ProvincialCommittee, identity("committee", PROVINCE), formed_on=day(HELD), **home
    )
    for number, (role, title_fa, title_en, office, expert) in enumerate(SEATS, 1):
        story.sheets.add(
            CommitteeSeat,
            identity("committee", PROVINCE, "seat", number),
            committee_id=committee_id,
            role=role,
            expert=expert,
            title_fa=title_fa,
            title_en=title_en,
            institution_id=institutions[office],
            valid_from=day(HELD),
            **home,
        )
    session_id = story.sheets.add(
        CommitteeSession,
        identity("committee", PROVINCE, "session", 1),
        committee_id=committee_id,
        held_on=day(HELD),
        agenda_fa="تأمین مالی سند برنامه عمل خوشه گلیم، جاجیم و ماشته",
        agenda_en="Funding of the action plan of the kilim, jajim and mashteh cluster",
        **home,
    )
    story.sheets.add(
        CommitteeSessionPlan,
        identity("committee", PROVINCE, "session", 1, "plan"),
        session_id=session_id,
        plan_id=story.identity("ActionPlan", 2),
        is_sample=True,
    )
