"""The announced exits of the provinces' projects: the council's word, and what is handed over to whom."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from schema.calendar import months_window
from schema.clusters.rows import DevelopmentAssessment, DevelopmentAssessmentItem
from schema.exits.rows import ExitProcess, HandoverStep, SelfRelianceAssessment
from schema.projects.thresholds import DEFAULTS
from schema.vocabulary import DecisionSubject, DevelopmentLevel, ExitStatus, HandoverRecipient
from services.sample.provinces.plans import PLACE, SEATS

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory
    from services.sample.provinces.standings import Standing

AGENDA: Final = ("خوداتکایی اعضا و خروج عامل توسعه", "Self-reliance of the members and exit of the agent")
# what | days after the announcement it is due | who takes over: the network, or an office by its key
STEPS: Final = (
    ("دبیرخانه و بایگانی خوشه", "The secretariat and the files of the cluster", 10, None),
    ("تدوین سند برنامه عمل سال بعد", "Drafting the action plan of the next year", 90, None),
    ("پیگیری ریزپروژه‌های نیمه‌تمام", "Following up the sub-projects still open", 130, "parks"),
)
# What the assessment of development looked at, and its rating, 1 to 5.
RATED: Final = (
    ("بازار و صادرات", "Market and export", 4),
    ("شبکه‌ها و همکاری", "Networks and cooperation", 4),
)
MONTHS: Final = (4, 6)
EVIDENCE: Final = "صورت‌جلسه تحویل (ساختگی)"


def add_exit(
    story: ClusterStory,
    project_id: UUID,
    standing: Standing,
    offices: dict[str, UUID],
    networks: list[UUID],
) -> None:
    """Add the assessment, the decision and the exit with its steps (R47 to R51); the first step is done."""
    announced = standing.announced
    if announced is None:
        return
    story.add(
        SelfRelianceAssessment,
        1,
        project_id=project_id,
        assessed_on=announced - dt.timedelta(days=30),
        defining=0.7,
        steering=0.65,
        threshold=float(DEFAULTS["exit_self_reliance"]),
        decided_by="شورای راهبری خوشه",
        evidence="فهرست ریزپروژه‌ها و گزارش شبکه (ساختگی)",
    )
    story.add(
        DevelopmentAssessment,
        1,
        assessed_on=announced - dt.timedelta(days=30),
        level=standing.level,
        required_level=list(DevelopmentLevel)[int(DEFAULTS["exit_development_rank"]) - 1],
        score=Decimal(75),
        decided_by="شورای راهبری خوشه",
        evidence="گزارش ارزیابی توسعه‌یافتگی (ساختگی)",
    )
    for ordinal, (name_fa, name_en, rating) in enumerate(RATED, 1):
        story.add(
            DevelopmentAssessmentItem,
            ordinal,
            assessment_id=story.identity("DevelopmentAssessment", 1),
            ordinal=ordinal,
            name_fa=name_fa,
            name_en=name_en,
            rating=rating,
        )
    decision_id = story.add_decision(
        len(standing.plans) + 1,
        on=announced - dt.timedelta(days=5),
        council_id=story.identity("SteeringCouncil"),
        seats=SEATS,
        place=PLACE,
        agenda=AGENDA,
        subject=DecisionSubject.EXIT,
        project_id=project_id,
    )
    window = months_window(announced, *MONTHS)
    exit_id = story.add(
        ExitProcess,
        1,
        project_id=project_id,
        status=ExitStatus.COMPLETED if standing.ended else ExitStatus.ANNOUNCED,
        announced_on=announced,
        decision_id=decision_id,
        development_assessment_id=story.identity("DevelopmentAssessment", 1),
        self_reliance_assessment_id=story.identity("SelfRelianceAssessment", 1),
        window_start=window.earliest,
        window_end=window.latest,
        completed_on=standing.ended,
    )
    for number, (what_fa, what_en, days, office) in enumerate(STEPS, 1):
        due_on = announced + dt.timedelta(days=days)
        done = standing.ended is not None or number == 1
        story.add(
            HandoverStep,
            number,
            exit_id=exit_id,
            what_fa=what_fa,
            what_en=what_en,
            recipient=HandoverRecipient.SUPPORT_INSTITUTION if office else HandoverRecipient.NETWORK,
            network_id=None if office else networks[-1],
            institution_id=offices[office] if office else None,
            due_on=due_on,
            done_on=due_on if done else None,
            evidence=EVIDENCE if done else None,
        )
