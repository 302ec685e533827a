"""How a cluster `{cluster}` stands with its feasibility studies, and a study `{t}` with the others, as SQL (E1)."""

from typing import Final

_STUDY: Final = (
    "exists (select 1 from feasibility_study f where f.cluster_id = {cluster} and f.deleted_at is null and "
)

_FAVOURABLE: Final = "in ('FEASIBLE', 'CONDITIONALLY_FEASIBLE')"

FEASIBILITY_UNDER_WAY: Final = _STUDY + "f.completed_on is null)"
"""Whether a study has begun and is not completed yet."""

FOUND_FEASIBLE: Final = _STUDY + f"f.recommendation {_FAVOURABLE})"
"""Whether a completed study speaks for a project, be it under conditions."""

_OTHER: Final = (
    "exists (select 1 from feasibility_study o where o.cluster_id = {t}.cluster_id and o.id <> {t}.id"
    " and o.deleted_at is null and "
)

OTHER_UNDER_WAY: Final = _OTHER + "o.completed_on is null)"
"""Whether another study than the study `{t}` is under way in its cluster."""

PROJECT_RESTS_ON_IT: Final = (
    f"(coalesce({{t}}.recommendation {_FAVOURABLE}, false) and not {_OTHER}o.recommendation {_FAVOURABLE})"  # noqa: S608 - ours
    " and exists (select 1 from cluster_project p where p.cluster_id = {t}.cluster_id"
    " and p.deleted_at is null and p.status <> 'CANCELLED'))"
)
"""Whether the study `{t}` is the only one that speaks for a project of its cluster."""
