"""The feasibility study of the Lorestan cluster: done by 5 Ordibehesht 1394; its first day is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.feasibility.rows import FeasibilityStudy
from schema.vocabulary import DocumentKind, FeasibilityRecommendation
from services.sample.papers import Paper, add_paper
from services.sample.reference import day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory

PAPER_NUMBER: Final = 5


def add_feasibility(story: ClusterStory, institutions: Mapping[str, UUID]) -> None:
    """Add the study that spoke for the project, and its paper."""
    study = story.add(
        FeasibilityStudy,
        1,
        institution_id=institutions["parks"],
        begun_on=day("1394-01-15"),
        completed_on=day("1394-02-05"),
        recommendation=FeasibilityRecommendation.FEASIBLE,
        summary_fa=(
            "از سیزده خوشه شناسایی‌شده استان؛ شمار بافندگان، پیشینه دست‌بافته‌ها و خواست بازار بیرونی"
            " اجرای پروژه توسعه را توجیه می‌کند."
        ),
        summary_en=(
            "One of the thirteen clusters identified in the province; the number of weavers, the tradition of the"
            " craft and demand from abroad speak for a development project."
        ),
    )
    paper = Paper(
        DocumentKind.FEASIBILITY_STUDY,
        "گزارش امکان‌سنجی خوشه",
        "Feasibility study of the cluster",
        ("feasibility_id", study),
    )
    add_paper(story, PAPER_NUMBER, paper)
