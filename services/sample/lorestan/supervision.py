"""Supervision of the Lorestan project: invented visits in their rhythm, and an assessment of self-reliance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.exits.rows import SelfRelianceAssessment
from schema.projects.rows import SupervisionVisit
from schema.projects.thresholds import DEFAULTS
from schema.vocabulary import PhaseCode
from services.sample.reference import day

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory

# Monthly during the study, every two months afterwards (E9).
VISITS: Final = (
    (
        "1394-04-20",
        PhaseCode.DIAGNOSTIC_STUDY,
        "مطالعه کتابخانه‌ای آغاز شده است.",
        "The desk study has begun.",
    ),
    ("1394-05-20", PhaseCode.DIAGNOSTIC_STUDY, "بازدید کارگاه‌ها پیش می‌رود.", "Workshops are being visited."),
    (
        "1394-06-20",
        PhaseCode.DIAGNOSTIC_STUDY,
        "پیش‌نویس مطالعه بررسی شد.",
        "The draft of the study was reviewed.",
    ),
    (
        "1394-09-20",
        PhaseCode.IMPLEMENTATION,
        "ریزپروژه‌های نخست آغاز شده‌اند.",
        "The first sub-projects have begun.",
    ),
    (
        "1394-11-20",
        PhaseCode.IMPLEMENTATION,
        "خرید مشترک پشم به تأخیر افتاده است.",
        "Joint purchase of wool is late.",
    ),
    (
        "1395-01-20",
        PhaseCode.IMPLEMENTATION,
        "برنامه‌ها مطابق زمان‌بندی است.",
        "The programmes are on schedule.",
    ),
)


def add_supervision(story: ClusterStory, project_id: UUID) -> None:
    """Add the visits and the assessment."""
    for number, (on, phase, fa, en) in enumerate(VISITS, 1):
        found = {"findings_fa": fa, "findings_en": en}
        story.add(
            SupervisionVisit, number, project_id=project_id, visited_on=day(on), phase_code=phase, **found
        )
    story.add(
        SelfRelianceAssessment,
        1,
        project_id=project_id,
        assessed_on=day("1396-11-20"),
        defining=0.4,
        steering=0.45,
        threshold=float(DEFAULTS["exit_self_reliance"]),
        decided_by="مشاور–ناظر فنی",
        evidence="گزارش عملکرد سه‌ساله",
    )
