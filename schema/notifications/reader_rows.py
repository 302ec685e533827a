"""The tables of readers: how each wants to be written to, and what each follows or mutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference, Statement
from schema.notifications import reading
from schema.rows import NAME_LENGTH, Row, guards_of, reference, term
from schema.vocabulary import NotificationRhythm, SubscriptionKind, Weekday

if TYPE_CHECKING:
    from uuid import UUID


class NotificationPreference(Row):
    """How a user wants to be written to; its id is the user's, and there is always exactly one.

    The secrets are the number and the address, sealed: whoever reads the table alone writes to nobody.
    """

    id: UUID = fields.UUIDField(primary_key=True)
    user_id = reference()
    mail = term(NotificationRhythm, default=NotificationRhythm.IMMEDIATE)
    sms = term(NotificationRhythm, default=NotificationRhythm.OFF)
    messenger = term(NotificationRhythm, default=NotificationRhythm.OFF)
    digest_hour = fields.SmallIntField(default=reading.DIGEST_HOUR)
    digest_weekday = term(Weekday, default=Weekday.SATURDAY)
    quiet_from = fields.SmallIntField(null=True)
    quiet_until = fields.SmallIntField(null=True)
    working_days_only = fields.BooleanField(default=True)
    phone_secret = fields.TextField(null=True)
    messenger_secret = fields.TextField(null=True)
    calendar_hash = fields.CharField(max_length=64, null=True)

    class Meta:
        """The table."""

        table = "notification_preference"


class NotificationSubscription(Row):
    """Which events a user follows beyond the usual ones, or does not want to hear of."""

    user_id = reference()
    kind = term(SubscriptionKind, default=SubscriptionKind.FOLLOW)
    name = fields.CharField(max_length=NAME_LENGTH)
    event_types: Any = fields.JSONField(default=list)
    provinces: Any = fields.JSONField(default=list)
    clusters: Any = fields.JSONField(default=list)
    phases: Any = fields.JSONField(default=list)
    most_days_left = fields.IntField(null=True)
    least_percent = fields.IntField(null=True)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        """The table."""

        table = "notification_subscription"


# Whoever is let in is told at once of what concerns them, so the usual way of reading comes with the user.
_EVERY_USER: Final = f"""
create function khoosheh_user_is_a_reader() returns trigger language plpgsql as $$ begin
  insert into notification_preference (id, revision, created_at, user_id, mail, sms, messenger, digest_hour,
    digest_weekday, working_days_only)
  values (new.id, 1, now(), new.id, 'IMMEDIATE', 'OFF', 'OFF', {reading.DIGEST_HOUR}, 'SATURDAY', true);
  return null;
end $$;
create trigger user_is_a_reader after insert on app_user for each row execute function khoosheh_user_is_a_reader()
"""  # noqa: S608 - a number of ours

reader_guards: tuple[Guard, ...] = (
    *guards_of(NotificationPreference, NotificationSubscription),
    Reference("notification_preference", "user_id", "app_user", on_delete="cascade"),
    Check("notification_preference", "own", "id = user_id"),
    Check("notification_preference", "digest", "digest_hour between 0 and 23"),
    Check(
        "notification_preference",
        "quiet",
        "(quiet_from is null) = (quiet_until is null) and quiet_from between 0 and 23"
        " and quiet_until between 0 and 23 and quiet_from <> quiet_until",
    ),
    Index("notification_preference", "calendar_hash", where="calendar_hash is not null", unique=True),
    Reference("notification_subscription", "user_id", "app_user", on_delete="cascade", indexed=False),
    Index("notification_subscription", "user_id, id"),
    Statement(
        "app_user.reader",
        _EVERY_USER.strip(),
        "drop trigger user_is_a_reader on app_user; drop function khoosheh_user_is_a_reader()",
    ),
)

PREFERENCE = Facts(
    reading.PreferenceFacts,
    "NotificationPreference",
    {
        "has_phone": "({t}.phone_secret is not null)",
        "has_messenger": "({t}.messenger_secret is not null)",
        "has_calendar": "({t}.calendar_hash is not null)",
        "subscriptions": (
            "(select count(*) from notification_subscription s where s.user_id = {t}.user_id"
            " and s.ended_at is null)::int"
        ),
    },
)
SUBSCRIPTION = Facts(reading.SubscriptionFacts, "NotificationSubscription")
