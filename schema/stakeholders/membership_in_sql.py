"""Whether a stakeholder `{t}` is a member of its cluster now, as SQL (R54)."""

from typing import Final

IS_MEMBER: Final = (
    "exists (select 1 from membership m where m.stakeholder_id = {t}.id and m.valid_to is null"
    " and m.deleted_at is null)"
)
