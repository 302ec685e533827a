"""What may go wrong in the Lorestan cluster, or has: invented risks and issues of its sub-projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.risks.rows import Risk
from schema.vocabulary import RiskKind, RiskStatus
from services.sample.reference import day

if TYPE_CHECKING:
    from services.sample.cluster_story import ClusterStory

# sub-project (in the order of their file) | kind | state | likelihood | impact | raised on | texts
RISKS: Final = (
    (
        15,
        RiskKind.RISK,
        RiskStatus.MITIGATED,
        3,
        4,
        "1396-09-10",
        ("تأخیر در ترخیص نمونه‌ها در گمرک", "Samples held up at the customs"),
        ("همکاری با کارگزار گمرکی اتاق بازرگانی", "A customs broker of the chamber of commerce helps"),
    ),
    (
        18,
        RiskKind.ISSUE,
        RiskStatus.OPEN,
        5,
        4,
        "1396-11-20",
        ("کمبود پشم به سبب خشک‌سالی", "Wool is short because of the drought"),
        ("خرید از دامداران استان‌های همسایه بررسی می‌شود", "Buying in neighbouring provinces is looked into"),
    ),
)


def add_risks(story: ClusterStory) -> None:
    """Add each with what is done about it."""
    for number, (sub_project, kind, status, likelihood, impact, raised, titles, responses) in enumerate(
        RISKS, 1
    ):
        story.add(
            Risk,
            number,
            sub_project_id=story.identity("SubProject", sub_project),
            kind=kind,
            status=status,
            likelihood=likelihood,
            impact=impact,
            raised_on=day(raised),
            title_fa=titles[0],
            title_en=titles[1],
            response_fa=responses[0],
            response_en=responses[1],
        )
