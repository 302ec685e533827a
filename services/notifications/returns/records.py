"""Writes what follows from a letter that came back: the delivery's end, and that its reader's address is wrong."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from schema.identity import new_id
from schema.vocabulary import AttemptStatus, DeliveryStatus
from services.notifications.returns.reports import Fate

if TYPE_CHECKING:
    from uuid import UUID

    import asyncpg

    from services.notifications.returns.addresses import Returned
    from services.notifications.returns.reports import Report

PROBLEM_LENGTH: Final = 300

_DELIVERY: Final = """
select n.id, n.user_id, n.agency_id, n.lane, n.finished_at, n.status, n.next_attempt_at is not null as under_way,
  coalesce(u.email, g.contact_email) as address
from notification_delivery n left join app_user u on u.id = n.user_id
left join partner_agency g on g.id = n.agency_id
where n.id = $1 and n.channel = 'EMAIL' for no key update of n
"""
_ACCOUNT: Final = (
    "select id as user_id, null::uuid as agency_id, email as address from app_user where id = $1"
)
# What one letter told of was finished by one statement (a digest), and so has one moment.
_OF_THE_LETTER: Final = """
select n.id from notification_delivery n where n.id = $1 or (n.user_id = $2 and n.lane = $3 and n.finished_at = $4
  and n.channel = 'EMAIL' and n.status = $5)
"""
_ATTEMPTS: Final = """
insert into delivery_attempt (id, revision, created_at, delivery_id, agency_id, user_id, at, status,
  response_code, duration_ms, problem)
select given.id, 1, now(), n.id, n.agency_id, n.user_id, now(), $3::text, $4, 0, $5
from unnest($1::uuid[], $2::uuid[]) as given (id, delivery_id) join notification_delivery n on n.id = given.delivery_id
where $3::text = 'BOUNCED'
  or not exists (select 1 from delivery_attempt a where a.delivery_id = n.id and a.status = $3::text)
"""
_GIVEN_UP: Final = """
update notification_delivery set status = 'EXHAUSTED', finished_at = now() where id = any($1)
"""
_WRONG_ADDRESS: Final = (
    "update app_user set mail_returned_at = now(), mail_problem = $3 where id = $1 and email = $2",
    "update partner_agency set mail_returned_at = now(), mail_problem = $3 where id = $1 and contact_email = $2",
)


class Noted(StrEnum):
    """What came of a report, as it is counted."""

    BOUNCED = "bounced"
    DELAYED = "delayed"
    NOTHING = "nothing"
    TOO_EARLY = "too_early"


async def note(pool: asyncpg.Pool[asyncpg.Record], returned: Returned, report: Report) -> Noted:
    """Write down what a report says of a letter; said again it changes nothing.

    A report may be quicker than the worker that still writes down that the letter left: then it is too early.
    """
    if report.fate is Fate.ARRIVED:
        return Noted.NOTHING
    async with pool.acquire() as connection, connection.transaction():
        delivery = await connection.fetchrow(_DELIVERY, returned.id)
        if delivery is None:
            return await _of_an_account(connection, returned, report)
        if delivery["under_way"]:
            return Noted.TOO_EARLY
        if delivery["status"] != DeliveryStatus.SENT.value:
            return Noted.NOTHING
        told = [
            row["id"]
            for row in await connection.fetch(
                _OF_THE_LETTER,
                delivery["id"], delivery["user_id"], delivery["lane"], delivery["finished_at"],
                DeliveryStatus.SENT.value,
            )
        ]  # fmt: skip
        bounced = report.fate is Fate.BOUNCED
        status = AttemptStatus.BOUNCED if bounced else AttemptStatus.DELAYED
        await connection.execute(
            _ATTEMPTS, [new_id() for _ in told], told, status.value, report.code, report.problem[:PROBLEM_LENGTH]
        )  # fmt: skip
        if not bounced:
            return Noted.DELAYED
        await connection.execute(_GIVEN_UP, told)
        await _judge_address(connection, delivery, returned, report)
    return Noted.BOUNCED


async def _of_an_account(connection: Any, returned: Returned, report: Report) -> Noted:  # noqa: ANN401 - asyncpg ships no types
    """Note what came back of a letter about an account, which leaves no delivery: only where it cannot go."""
    account = await connection.fetchrow(_ACCOUNT, returned.id)
    if account is None or not report.wrong_address:
        return Noted.NOTHING
    return Noted.BOUNCED if await _judge_address(connection, account, returned, report) else Noted.NOTHING


async def _judge_address(connection: Any, whose: Any, returned: Returned, report: Report) -> bool:  # noqa: ANN401 - as above
    """Mark the address as wrong if the letter went to the present one; a former one is past."""
    address = whose["address"]
    if not report.wrong_address or address is None or not returned.went_to(address):
        return False
    await mark_address(connection, whose["user_id"] or whose["agency_id"], address, report.problem)
    return True


async def mark_address(connection: Any, reader: UUID, address: str, problem: str) -> None:  # noqa: ANN401 - as above
    """Say at a user or an agency that letters to the address, if it is still theirs, come back."""
    for statement in _WRONG_ADDRESS:
        await connection.execute(statement, reader, address, problem[:PROBLEM_LENGTH])
