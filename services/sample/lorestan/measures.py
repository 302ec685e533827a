"""What was measured in the Lorestan cluster: invented figures of jobs and joint actions, year by year."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from schema.indicators.periods import read_period
from schema.indicators.rows import IndicatorTarget, IndicatorValue, IndicatorValuePart
from schema.indicators.seed import id_of
from schema.vocabulary import IndicatorStatus

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory

# code | period | value | of these women (or firms led by women) | state of the review
VALUES: Final = (
    ("JOBS", "1394", 560, 510, IndicatorStatus.APPROVED),
    ("JOBS", "1395", 640, 585, IndicatorStatus.APPROVED),
    ("JOBS", "1396", 700, 640, IndicatorStatus.SUBMITTED),
    ("JOINT_ACTIONS", "1395", 6, None, IndicatorStatus.APPROVED),
    ("JOINT_ACTIONS", "1396-S2", 3, None, IndicatorStatus.DRAFT),
)
REVIEWED: Final = frozenset({IndicatorStatus.RETURNED, IndicatorStatus.APPROVED})
BY: Final = "services.sample"


def add_measures(story: ClusterStory, project_id: UUID) -> None:
    """Add the values with their parts, and the target in jobs."""
    for code, name, value, women, status in VALUES:
        period = read_period(name)
        handed_in = period.end + datetime.timedelta(days=20) if status is not IndicatorStatus.DRAFT else None
        reviewed = period.end + datetime.timedelta(days=35) if status in REVIEWED else None
        made = story.add(
            IndicatorValue,
            code,
            name,
            project_id=project_id,
            indicator_id=id_of(code),
            status=status,
            period=period.name,
            period_start=period.start,
            period_end=period.end,
            value=value,
            formula_version=1,
            evidence="فهرست کارگاه‌ها و گزارش عامل توسعه (ساختگی)",
            submitted_on=handed_in,
            submitted_by=BY if handed_in else None,
            reviewed_on=reviewed,
            reviewed_by=f"{BY} (review)" if reviewed else None,
            is_sample=True,
        )
        if women is not None:
            story.add(
                IndicatorValuePart,
                code,
                name,
                value_id=made,
                ordinal=1,
                name_fa="زنان",
                name_en="Women",
                value=women,
                is_sample=True,
            )
    story.add(
        IndicatorTarget,
        "JOBS",
        indicator_id=id_of("JOBS"),
        baseline=500,
        target=900,
        due_on=read_period("1397").end,
        is_sample=True,
    )
