"""The people and machines of the office that the tests of the admin look at."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from schema.agencies.rows import ApiToken, AppUser, PartnerAgency, UserSession
from schema.identity import new_id
from schema.jobs.rows import Job, JobItem
from schema.notifications.rows import (
    DeliveryAttempt,
    InboxEntry,
    NotificationDelivery,
    NotificationSubscription,
    WebhookEndpoint,
)
from schema.notifications.upkeep_rows import SetAsideEvent
from schema.open_lists.rows import AdditionalSubProjectType, AdditionalTrustActivityType
from schema.projects.rows import ProgrammeTemplate
from schema.views.rows import SavedView
from schema.vocabulary import (
    AttemptStatus,
    Channel,
    DeliveryStatus,
    InterfaceLanguage,
    JobItemStatus,
    JobKind,
    JobStatus,
    TokenScope,
    UserRole,
)
from schema.wordings.rows import NotificationText
from services.sample.progress import silent
from services.sample.sheets import Sheets

if TYPE_CHECKING:
    import asyncpg

DIRECTOR = UUID("01900000-0000-7000-8000-00000000d1ec")
SESSION = UUID("01900000-0000-7000-8000-00000000005e")
NOON = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


async def move_in(connection: asyncpg.Connection[asyncpg.Record]) -> None:
    """Give the office its administrator, an agency with a token and an endpoint, and one delivery."""
    sheets = Sheets()
    agency, endpoint, delivery = new_id(), new_id(), new_id()
    sheets.add(
        AppUser, DIRECTOR, email="office@khoosheh.example", name="دفتر ملی",
        role=UserRole.NATIONAL_ADMINISTRATOR,
    )  # fmt: skip
    sheets.add(
        UserSession, SESSION, user_id=DIRECTOR, hash="0" * 64, client="Firefox",
        idle_until=NOON + datetime.timedelta(days=3650), ends_at=NOON + datetime.timedelta(days=3650),
    )  # fmt: skip
    sheets.add(PartnerAgency, agency, name_fa="صندوق نوآوری", name_en="Innovation fund")
    sheets.add(
        ApiToken, new_id(), agency_id=agency, name="همگام‌سازی", prefix="khoosheh_abc", hash="1" * 64,
        scopes=[TokenScope.READ.value],
    )  # fmt: skip
    sheets.add(
        WebhookEndpoint, endpoint, agency_id=agency, name="دریافت رویدادها",
        url="https://partner.example/khoosheh", sealed_secret="sealed", event_types=["phase.completed"],
        provinces=[], clusters=[],
    )  # fmt: skip
    job = new_id()
    sheets.add(
        Job, job, user_id=DIRECTOR, kind=JobKind.BULK_ACTION, address="/deliveries?status=EXHAUSTED",
        action="deliveries/replay", given={}, status=JobStatus.RUNNING, total=3, done=1, refused=1, gathered=True,
        leased_until=NOON + datetime.timedelta(days=3650),
    )  # fmt: skip
    sheets.add(
        JobItem, new_id(), job_id=job, user_id=DIRECTOR, ordinal=2, subject="NotificationDelivery_x",
        name="فاز پایان یافت", status=JobItemStatus.REFUSED, problem="این ارسال هنوز در راه است.",
    )  # fmt: skip
    sheets.add(
        SavedView, new_id(), user_id=DIRECTOR, name="خوشه‌های دیرکرده", page="/clusters",
        address="/clusters?health=OVERDUE",
    )  # fmt: skip
    await sheets.copy(connection, silent)
    event = await connection.fetchrow(
        "select id, sequence, coalesce(cluster_id, id) as lane from event order by sequence limit 1"
    )
    sheets = Sheets()
    sheets.add(
        NotificationDelivery, delivery, event_id=event["id"], channel=Channel.WEBHOOK, endpoint_id=endpoint,
        agency_id=agency, lane=event["lane"], position=event["sequence"], status=DeliveryStatus.EXHAUSTED,
        attempts_made=12, finished_at=NOON,
    )  # fmt: skip
    sheets.add(
        DeliveryAttempt, new_id(), delivery_id=delivery, agency_id=agency, at=NOON,
        status=AttemptStatus.FAILED, response_code=503, duration_ms=12, problem="503 Service Unavailable",
    )  # fmt: skip
    message = new_id()
    sheets.add(
        NotificationDelivery, message, event_id=event["id"], channel=Channel.INBOX, user_id=DIRECTOR,
        lane=event["lane"], position=event["sequence"], status=DeliveryStatus.SENT, attempts_made=1,
        finished_at=NOON,
    )  # fmt: skip
    sheets.add(
        InboxEntry, new_id(), delivery_id=message, event_id=event["id"], user_id=DIRECTOR, title="فاز پایان یافت",
        body="فاز «مطالعه شناختی» پایان یافت.\n• مطالعه ارائه شد.",
    )  # fmt: skip
    sheets.add(
        NotificationSubscription, new_id(), user_id=DIRECTOR, name="خروج‌ها", event_types=["exit.announced"],
        provinces=[], clusters=[], phases=["AGENT_EXIT"], most_days_left=14,
    )  # fmt: skip
    sheets.add(
        SetAsideEvent, new_id(), event_id=event["id"], problem="The cluster of the event was gone.", created_at=NOON,
    )  # fmt: skip
    sheets.add(
        AdditionalSubProjectType, new_id(), name_fa="بیمهٔ بافندگان", name_en="Insurance of the weavers"
    )
    sheets.add(
        NotificationText, new_id(), event_type="phase.completed", language=InterfaceLanguage.FA,
        title="پایان فاز", text="همکاران گرامی، فاز «{phase}» خوشهٔ «{cluster}» پایان یافت.",
    )  # fmt: skip
    sheets.add(
        AdditionalTrustActivityType, new_id(), name_fa="شب شعر و موسیقی", name_en="Evening of poems and songs"
    )
    sheets.add(
        ProgrammeTemplate, new_id(), version=2, name_fa="برنامه، پیش‌نویس", name_en="Programme, a draft",
        thresholds={},
    )  # fmt: skip
    await sheets.copy(connection, silent)
