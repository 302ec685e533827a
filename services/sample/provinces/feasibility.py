"""The feasibility studies of the provinces' clusters: made before their projects, one still under way."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from schema.feasibility.rows import FeasibilityStudy
from schema.vocabulary import ClusterStatus, FeasibilityRecommendation

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory
    from services.sample.provinces.standings import Standing

BEGINS_AFTER: Final = dt.timedelta(days=30)
LASTS: Final = dt.timedelta(days=60)


def add_feasibility(story: ClusterStory, standing: Standing, identified_on: dt.date, parks: UUID) -> None:
    """Add the study of a cluster that has come so far; one that waits for its project is still studied."""
    if standing.project is None:
        return
    begun_on = identified_on + BEGINS_AFTER
    completed = (
        {}
        if standing.cluster is ClusterStatus.FEASIBILITY
        else {
            "completed_on": begun_on + LASTS,
            "recommendation": FeasibilityRecommendation.FEASIBLE,
            "summary_fa": "شمار کارگاه‌ها و بازار محصول، پروژه توسعه را توجیه می‌کند.",
            "summary_en": "The number of workshops and the market of the product speak for a project.",
        }
    )
    story.add(FeasibilityStudy, 1, institution_id=parks, begun_on=begun_on, **completed)
