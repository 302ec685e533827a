"""How a cluster stands with its feasibility studies, as SQL over the id `{cluster}` (E1)."""

from typing import Final

_STUDY: Final = (
    "exists (select 1 from feasibility_study f where f.cluster_id = {cluster} and f.deleted_at is null and "
)

FEASIBILITY_UNDER_WAY: Final = _STUDY + "f.completed_on is null)"
"""Whether a study has begun and is not completed yet."""

FOUND_FEASIBLE: Final = _STUDY + "f.recommendation in ('FEASIBLE', 'CONDITIONALLY_FEASIBLE'))"
"""Whether a completed study speaks for a project, be it under conditions."""
