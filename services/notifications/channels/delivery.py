"""What every channel is handed and what it gives back: a delivery, its outcome, and the protocol between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

import orjson

from schema.vocabulary import AttemptStatus, Channel

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping, Sequence
    from uuid import UUID

    from services.notifications.wordings import Wording

PROBLEM_LENGTH: Final = 300


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an agency wants its webhooks, as it stood when the delivery was leased; the newest secret first."""

    id: UUID
    agency_id: UUID
    url: str
    sealed_secrets: tuple[str, ...]
    document: str | None = None
    document_problem: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """The person (or the agency) a letter is for, as the account stood when the delivery was leased.

    An agency may have no address. `mail_rests` says that a letter to the address came back a short while ago.
    """

    id: UUID
    email: str | None
    name: str
    language: str
    phone_secret: str | None = None
    messenger_secret: str | None = None
    mail_rests: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message on its way to one recipient; `id` is the same on every attempt.

    `event` is the row of the event with the names of its cluster and province, or None for what tells
    of no single event; `content` is whatever made the delivery left for its channel; `address` is
    where it goes when the recipient has several. `attempts_made` does not count this attempt.
    """

    id: UUID
    lease: UUID
    channel: Channel
    recipient_id: UUID
    lane: UUID
    address: str | None
    content: Mapping[str, Any]
    attempts_made: int
    replayed: bool
    in_reach: bool
    endpoint: Endpoint | None
    reader: Reader | None
    event: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended; `asked` are the seconds the other side wants us to wait, `final` means no further attempt.

    `covers` is how many deliveries of the run, in their order, the attempt was of: a digest is one message.
    `problem` says what went wrong and the remedy, in English and without personal data; `wrong_address` says that
    nothing sent to the reader's address will arrive.
    """

    status: AttemptStatus
    at: datetime
    duration_ms: int
    response_code: int | None = None
    problem: str | None = None
    asked: float | None = None
    final: bool = False
    covers: int = 1
    wrong_address: bool = False


class OutgoingChannel(Protocol):
    """A way out of this system, with failures of its own.

    Retries, leases, order, dead letters and the log are the pipeline's; a channel makes one attempt.
    """

    most_at_once: int
    """How many deliveries of one recipient and lane are handed over together; the oldest first."""

    def deliver(self, run: Sequence[Delivery]) -> AsyncGenerator[Outcome, None]:
        """Attempt deliveries of one recipient and lane in order and yield the outcomes in that order.

        A channel that makes one message of several (a digest) sends it and yields one outcome that covers them.
        The pipeline commits each outcome before it asks for the next; it stops asking after an attempt that is
        to be repeated, and when the lease comes to its end; what was not attempted by then is given out again.
        Exceptions are failures to be repeated; a channel says what it knows of in an outcome instead.
        """
        ...


def unsent(problem: str, *, final: bool = False) -> Outcome:
    """Return the outcome of what was not sent, for the safety of either side."""
    return Outcome(AttemptStatus.REFUSED, datetime.now(UTC), 0, problem=problem[:PROBLEM_LENGTH], final=final)


def delivery_of(row: Mapping[str, Any], wordings: Mapping[tuple[str, str], Wording]) -> Delivery:
    """Read a delivery from the row that leasing returns; its event is told as the office words it."""
    endpoint = reader = event = None
    if row["endpoint_id"] is not None and row["channel"] == Channel.WEBHOOK:
        sealed = (row["sealed_secret"], row["former_sealed_secret"])
        endpoint = Endpoint(
            row["endpoint_id"], row["agency_id"], row["url"], tuple(one for one in sealed if one is not None),
            row["document"], row["document_problem"],
        )  # fmt: skip
    else:
        reader = Reader(
            row["user_id"] or row["agency_id"], row["email"], row["name"], row["language"], row["phone_secret"],
            row["messenger_secret"], row["mail_rests"],
        )  # fmt: skip
    if row["event_id"] is not None:
        event = {**row, "wordings": wordings}
    return Delivery(
        row["id"], row["lease"], Channel(row["channel"]), row["recipient_id"], row["lane"], row["address"],
        orjson.loads(row["content"]) if row["content"] else {}, row["attempts_made"],
        row["replayed_at"] is not None, row["in_reach"], endpoint, reader, event,
    )  # fmt: skip
