"""What an agency may do with its webhook endpoints: make, edit, pause, rotate, test, remove; pure decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Remove,
    Update,
    permission,
    refuse,
)
from schema.events import EventType
from schema.notifications.addresses import UnusableTarget, require_usable_url
from schema.notifications.conditions import out_of_range
from schema.problems import ProblemCode
from schema.unusable import Unusable
from schema.vocabulary import Channel, DeliveryStatus, PauseReason

MOST_ENDPOINTS: Final = 20
MOST_REPLAYED_BY_NAME: Final = 100
LONGEST_OVERLAP: Final = timedelta(days=7)
PING: Final = "webhook.ping"
"""The type of the event that only tests an endpoint; it happens to nothing and nobody else hears of it."""


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What the rules need to know of the agency an endpoint is for."""

    id: UUID
    disabled_at: datetime | None = None
    endpoints: int = 0


@dataclass(frozen=True, slots=True)
class EndpointFacts:
    """What the rules need to know of an endpoint; `siblings` are the endpoints of its agency."""

    id: UUID
    agency_id: UUID
    sealed_secret: str = ""
    paused_at: datetime | None = None
    deleted_at: datetime | None = None
    agency_disabled_at: datetime | None = None
    siblings: int = 1


def create(
    agency: AgencyFacts, values: Mapping[str, object], *, endpoint_id: UUID, inside_allowed: bool
) -> Decision:
    """Register an endpoint: an address outside, event types we know, not without end."""
    problems: list[Problem] = []
    if agency.disabled_at is not None:
        problems.append(Problem(ProblemCode.AGENCY_DISABLED, ("partnerAgencyId",)))
    if agency.endpoints >= MOST_ENDPOINTS:
        problems.append(
            Problem(ProblemCode.TOO_MANY, ("partnerAgencyId",), {"limit": MOST_ENDPOINTS, "kept": True})
        )
    problems += _problems(values, inside_allowed=inside_allowed)
    if problems:
        return Refused(tuple(problems))
    made = Create("WebhookEndpoint", endpoint_id, {**values, "agency_id": agency.id})
    return Accepted(("WebhookEndpoint", endpoint_id), (made,))


def edit(endpoint: EndpointFacts, values: Mapping[str, object], *, inside_allowed: bool) -> Decision:
    """Change what an endpoint is; what has failed at the former address is tried anew at the next look."""
    if problems := _problems(values, inside_allowed=inside_allowed):
        return Refused(tuple(problems))
    changed = dict(values)
    if "url" in changed:
        changed |= _TRUSTED_AGAIN
    if "document" in changed:
        changed["document_problem"] = None
    return _changed(endpoint, changed) if changed else _unchanged(endpoint)


def pause(endpoint: EndpointFacts, *, now: datetime) -> Decision:
    """Stop posting to an endpoint; what is meant for it waits and is not lost."""
    if endpoint.paused_at is not None:
        return refuse(ProblemCode.ALREADY_DONE, "id", on=endpoint.paused_at.date())
    return _changed(endpoint, {"paused_at": now, "paused_because": PauseReason.BY_HAND})


def resume(endpoint: EndpointFacts) -> Decision:
    """Go on posting to an endpoint, beginning with what has waited longest."""
    if endpoint.paused_at is None:
        return refuse(ProblemCode.INVALID, "id", reason=_RUNS)
    return _changed(endpoint, {"paused_at": None, "paused_because": None, **_TRUSTED_AGAIN})


def rotate(endpoint: EndpointFacts, *, sealed: str, overlap: timedelta, now: datetime) -> Decision:
    """Give an endpoint a new secret; for so long the former one signs too, so that nobody misses a post."""
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        return refuse(ProblemCode.INVALID, "overlapHours", reason=_OVERLAP)
    former = endpoint.sealed_secret if overlap else None
    until = now + overlap if overlap else None
    return _changed(
        endpoint,
        {"sealed_secret": sealed, "former_sealed_secret": former, "former_secret_until": until},
    )


def ping(endpoint: EndpointFacts, *, delivery_id: UUID, now: datetime) -> Decision:
    """Post something that means nothing, to see whether it arrives; it waits for nothing else."""
    if endpoint.paused_at is not None:
        return refuse(ProblemCode.INVALID, "id", reason=_PAUSED)
    values = {
        "channel": Channel.WEBHOOK,
        "endpoint_id": endpoint.id,
        "agency_id": endpoint.agency_id,
        "lane": delivery_id,
        "position": 0,
        "status": DeliveryStatus.PENDING,
        "next_attempt_at": now,
        "content": {"type": PING},
    }
    made = Create("NotificationDelivery", delivery_id, values)
    awake = Update("WebhookEndpoint", endpoint.id, {"resting_until": None})
    return Accepted(("NotificationDelivery", delivery_id), (made, awake))


def remove(endpoint: EndpointFacts) -> Decision:
    """Take an endpoint away; its log stays, and what waited goes on when it is restored."""
    return Accepted(("WebhookEndpoint", endpoint.id), (Remove("WebhookEndpoint", endpoint.id),))


def restore(endpoint: EndpointFacts) -> Decision:
    """Bring a removed endpoint back."""
    if endpoint.agency_disabled_at is not None:
        return refuse(ProblemCode.AGENCY_DISABLED, "id")
    if endpoint.siblings >= MOST_ENDPOINTS:
        return refuse(ProblemCode.TOO_MANY, "id", limit=MOST_ENDPOINTS, kept=True)
    return _changed(endpoint, {"deleted_at": None})


def replay_many(
    endpoint: EndpointFacts, wanted: Mapping[str, object], *, replay_id: UUID, now: datetime
) -> Decision:
    """Have many finished deliveries of an endpoint posted once more, each under the id it always had."""
    problems: list[Problem] = []
    since, until, named = wanted["since"], wanted["until"] or now, wanted["deliveries"]
    if not isinstance(named, list) or not isinstance(until, datetime):
        raise TypeError("A replay names deliveries in a list, and its end is a moment.")
    if (since is None) == (not named):
        problems.append(Problem(ProblemCode.INVALID, ("since",), {"reason": _SINCE_OR_NAMED}))
    if len(named) > MOST_REPLAYED_BY_NAME:
        problems.append(Problem(ProblemCode.TOO_MANY, ("ids",), {"limit": MOST_REPLAYED_BY_NAME}))
    until = min(_with_zone(until), now)
    begin = _with_zone(since) if isinstance(since, datetime) else _LONG_AGO
    if begin >= until:
        problems.append(Problem(ProblemCode.INVALID, ("since",), {"reason": _AHEAD}))
    problems += _unknown_types(wanted["event_types"])
    if problems:
        return Refused(tuple(problems))
    values = {**wanted, "since": begin, "until": until}
    values |= {"endpoint_id": endpoint.id, "agency_id": endpoint.agency_id}
    return Accepted(("DeliveryReplay", replay_id), (Create("DeliveryReplay", replay_id, values),))


def permitted(endpoint: EndpointFacts, *, today: object) -> tuple[Permission, ...]:
    """Ask the rules of an endpoint beforehand."""
    del today
    return (
        permission("editWebhookEndpoint", edit(endpoint, {}, inside_allowed=True)),
        permission("rotateWebhookSecret", rotate(endpoint, sealed="-", overlap=timedelta(0), now=_SOME_TIME)),
        permission("replayDeliveries", replay_many(endpoint, _EVERYTHING, replay_id=endpoint.id, now=_TODAY)),
        permission("pauseWebhookEndpoint", pause(endpoint, now=_SOME_TIME)),
        permission("resumeWebhookEndpoint", resume(endpoint)),
        permission("pingWebhookEndpoint", ping(endpoint, delivery_id=endpoint.id, now=_SOME_TIME)),
        permission("removeWebhookEndpoint", remove(endpoint)),
    )


def _problems(values: Mapping[str, object], *, inside_allowed: bool) -> list[Problem]:
    problems: list[Problem] = []
    if "name" in values and not values["name"]:
        problems.append(Problem(ProblemCode.REQUIRED, ("name",)))
    if "url" in values:
        try:
            require_usable_url(str(values["url"] or ""), inside_allowed=inside_allowed)
        except UnusableTarget as unusable:
            problems.append(Problem(ProblemCode.INVALID, ("url",), {"reason": unusable}))
    return problems + _unknown_types(values.get("event_types")) + out_of_range(values)


def _unknown_types(wanted: object) -> list[Problem]:
    return [
        Problem(ProblemCode.INVALID, ("eventTypes", str(index)), {"reason": _unknown_type(str(name))})
        for index, name in enumerate(wanted if isinstance(wanted, list) else [])
        if name not in set(EventType)
    ]


def _with_zone(moment: datetime) -> datetime:
    """Take a moment without a zone for one in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _changed(endpoint: EndpointFacts, values: Mapping[str, object]) -> Accepted:
    change = Update("WebhookEndpoint", endpoint.id, dict(values))
    return Accepted(("WebhookEndpoint", endpoint.id), (change,))


def _unchanged(endpoint: EndpointFacts) -> Accepted:
    return Accepted(("WebhookEndpoint", endpoint.id), ())


def _unknown_type(name: str) -> Unusable:
    return Unusable(
        f"{name[:60]!a} نوع رویداد نیست؛ نمونه: phase.completed",
        f"{name[:60]!a} is not an event type: write it as in phase.completed.",
    )


# What failed before says nothing about what comes now.
_TRUSTED_AGAIN: Final[Mapping[str, object]] = {
    "failures": 0,
    "failing_since": None,
    "resting_until": None,
    "last_problem": None,
}
_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)
# Asked beforehand, only the answer counts and not the moment it would write.
_SOME_TIME: Final = datetime.min.replace(tzinfo=UTC)
_TODAY: Final = datetime.max.replace(tzinfo=UTC)
_EVERYTHING: Final[Mapping[str, object]] = {
    "since": _LONG_AGO, "until": None, "deliveries": [], "event_types": [],
}  # fmt: skip

_RUNS: Final = Unusable(
    "این نشانی متوقف نیست و نیازی به ازسرگیری ندارد.",
    "this endpoint is not paused: there is nothing to resume.",
)
_PAUSED: Final = Unusable(
    "این نشانی متوقف است؛ نخست آن را از سر بگیرید.",
    "this endpoint is paused: resume it first.",
)
_OVERLAP: Final = Unusable(
    "کلید پیشین میان ۰ تا ۱۶۸ ساعت (یک هفته) در کنار کلید تازه می‌ماند.",
    "the former secret stays beside the new one for 0 to 168 hours (a week).",
)
_SINCE_OR_NAMED: Final = Unusable(
    "یا زمان آغاز را بدهید یا شناسهٔ ارسال‌ها را، و نه هر دو را.",
    "give either the time from which on, or the ids of deliveries, and not both.",
)
_AHEAD: Final = Unusable(
    "آغاز بازه باید گذشته و پیش از پایان آن باشد.",
    "the span begins in the past and before its end.",
)
