"""The computed fields of webhook endpoints as SQL over the row `{t}`."""

from __future__ import annotations

from typing import Final

IDS: Final = (
    "(select coalesce(array_agg('{type}_' || one.value), '{{{{}}}}')"
    " from jsonb_array_elements_text({{t}}.{column}) one)"
)
LAST_DAY: Final = (
    "(select count(*) from delivery_attempt a where a.endpoint_id = {t}.id"
    " and a.at > now() - interval '1 day' and <which>)::int"
)
ISSUED: Final = (
    "case when current_setting('khoosheh.issued', true) = {t}.id::text"
    " then current_setting('khoosheh.secret', true) end"
)
HEALTH: Final = (
    "case when {t}.paused_at is not null then 'PAUSED' when {t}.resting_until > now() then 'RESTING'"
    " when {t}.failures > 0 then 'FAILING' else 'WORKING' end"
)
LAST_SUCCEEDED_AT: Final = (
    "(select max(a.at) from delivery_attempt a where a.endpoint_id = {t}.id and a.status = 'SUCCEEDED')"
)
WAITING: Final = (
    "(select count(*) from notification_delivery w where w.channel = 'WEBHOOK'"
    " and w.recipient_id = {t}.id and w.next_attempt_at is not null)::int"
)
