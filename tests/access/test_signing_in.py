"""Signing in tells nobody who exists, waits after failures, and ends what was open when it must."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import orjson
import pytest
from argon2 import Type, extract_parameters

from schema.vocabulary import UserRole
from services.graphql.exchange import Refusal
from services.graphql.identities.accounts import Accounts, NotSignedIn, PasswordUnusable
from services.graphql.identities.passwords import Passwords
from services.graphql.identities.sessions import Session
from services.graphql.viewer import COOKIE
from services.sealing import Sealer
from services.settings import read_settings

if TYPE_CHECKING:
    import asyncpg

    from services.graphql.viewer import Viewers
    from tests.access.conftest import Clock, People, WithCookie, WithToken

    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]

EMAIL = "agent@khoosheh.example"
PASSWORD = "گلیم و جاجیم و ماشته"


SEALER = Sealer(read_settings(encryption_keys="a key for tests that is long enough"))


@dataclass
class Pigeon:
    """A courier that opens what it was given and keeps it."""

    letters: list[dict[str, str]] = field(default_factory=list)

    async def take(self, _connection: object, _kind: object, sealed: str, *_times: object) -> None:
        self.letters.append(orjson.loads(SEALER.open(sealed)))


@pytest.fixture
def pigeon() -> Pigeon:
    return Pigeon()


@pytest.fixture
async def accounts(pool: Pool, clock: Clock, pigeon: Pigeon, people: People) -> Accounts:
    accounts = Accounts(pool, SEALER, courier=pigeon, now=clock)
    await accounts.set_password(await people.user(UserRole.PROVINCE_VIEWER, email=EMAIL), PASSWORD)
    return accounts


async def signed_in(accounts: Accounts, email: str = EMAIL, password: str = PASSWORD, **more: Any) -> Session:
    outcome = await accounts.sign_in(email, password, **more)
    assert isinstance(outcome, Session)
    return outcome


async def test_the_right_password_opens_a_session_whatever_the_case_of_the_address(
    accounts: Accounts, viewers: Viewers
) -> None:
    session = await signed_in(accounts, " Agent@Khoosheh.Example ")
    viewer = await viewers.viewer_of_session(session.secret)
    assert viewer is not None
    assert viewer.role is UserRole.PROVINCE_VIEWER
    assert viewer.language == "en"


async def test_wrong_passwords_and_unknown_disabled_or_impossible_addresses_are_refused_alike(
    accounts: Accounts, people: People, pool: Pool
) -> None:
    disabled = await people.user(UserRole.NATIONAL_VIEWER, email="gone@khoosheh.example")
    await accounts.set_password(disabled, PASSWORD)
    await pool.execute("update app_user set disabled_at = now() where id = $1", disabled)
    for email, password in (
        (EMAIL, "wrong"), (EMAIL, ""), (EMAIL, "x" * 10_000), ("nobody@khoosheh.example", PASSWORD),
        ("gone@khoosheh.example", PASSWORD), ("", ""), ("a\x00b", "\x00"), ("\ud800", "\ud800"),
    ):  # fmt: skip
        assert await accounts.sign_in(email, password) == NotSignedIn(), (email, password)


@pytest.mark.usefixtures("full_price")
async def test_time_does_not_tell_whether_a_user_exists(accounts: Accounts, pool: Pool) -> None:
    times: dict[str, list[float]] = {EMAIL: [], "nobody@khoosheh.example": []}
    for turn in range(8):
        for email in sorted(times, reverse=bool(turn % 2)):
            await pool.execute("delete from sign_in_failure")
            began = time.process_time()
            await accounts.sign_in(email, f"wrong {turn}")
            times[email].append(time.process_time() - began)
    known, unknown = (statistics.median(found) for found in times.values())
    assert abs(known - unknown) < 0.25 * max(known, unknown), (known, unknown)


async def test_after_five_failures_an_address_waits_longer_each_time_known_or_not(
    accounts: Accounts, clock: Clock
) -> None:
    for email in (EMAIL, "nobody@khoosheh.example"):
        for _ in range(5):
            assert await accounts.sign_in(email, "wrong") == NotSignedIn()
        assert await accounts.sign_in(email, PASSWORD) == NotSignedIn(retry_after=30)
        clock.forward(seconds=31)
        assert await accounts.sign_in(email, "wrong") == NotSignedIn()
        assert await accounts.sign_in(email, PASSWORD) == NotSignedIn(retry_after=60)
        clock.forward(seconds=61)
    await signed_in(accounts)
    assert await accounts.sign_in(EMAIL, "wrong") == NotSignedIn()


async def test_twenty_guesses_at_once_are_not_twenty_guesses(accounts: Accounts) -> None:
    outcomes = await asyncio.gather(*(accounts.sign_in(EMAIL, f"guess {turn}") for turn in range(20)))
    assert sum(outcome == NotSignedIn() for outcome in outcomes) == 5
    assert all(isinstance(outcome, NotSignedIn) for outcome in outcomes)


async def test_signing_in_again_changes_the_session_and_ends_the_old_one(
    accounts: Accounts, viewers: Viewers
) -> None:
    first = await signed_in(accounts)
    second = await signed_in(accounts, previous=first.secret)
    assert second.secret != first.secret
    viewers.forget()
    assert await viewers.viewer_of_session(first.secret) is None
    assert await viewers.viewer_of_session(second.secret)


async def test_signing_out_ends_the_session(
    accounts: Accounts, viewers: Viewers, with_cookie: WithCookie
) -> None:
    session = await signed_in(accounts)
    await viewers.viewer_of(with_cookie(COOKIE, session.secret))
    await accounts.sign_out(session.secret)
    await asyncio.sleep(0.1)
    with pytest.raises(Refusal):
        await viewers.viewer_of(with_cookie(COOKIE, session.secret))


async def test_a_new_password_ends_every_session_and_token_but_the_new_session(
    accounts: Accounts, viewers: Viewers, people: People, with_token: WithToken
) -> None:
    first, other = await signed_in(accounts), await signed_in(accounts)
    token = await people.token(user=first.user_id)
    assert await accounts.change_password(first.user_id, "wrong", "یک گذرواژهٔ تازه") == NotSignedIn()
    assert await viewers.viewer_of_session(first.secret)
    changed = await accounts.change_password(first.user_id, PASSWORD, "یک گذرواژهٔ تازه")
    assert isinstance(changed, Session)
    await asyncio.sleep(0.1)
    assert await viewers.viewer_of_session(changed.secret)
    for secret in (first.secret, other.secret):
        assert await viewers.viewer_of_session(secret) is None
    with pytest.raises(Refusal):
        await viewers.viewer_of(with_token(token))
    assert await accounts.sign_in(EMAIL, PASSWORD) == NotSignedIn()
    await signed_in(accounts, password="یک گذرواژهٔ تازه")


@pytest.mark.parametrize(
    "statement",
    ["update app_user set role = 'NATIONAL_ADMINISTRATOR'", "update app_user set disabled_at = now()"],
)
async def test_another_role_or_being_disabled_ends_every_session_and_token(
    accounts: Accounts, viewers: Viewers, people: People, with_token: WithToken, pool: Pool, statement: str
) -> None:
    session = await signed_in(accounts)
    token = await people.token(user=session.user_id)
    await pool.execute(statement)
    assert await viewers.viewer_of_session(session.secret) is None
    with pytest.raises(Refusal):
        await viewers.viewer_of(with_token(token))


async def test_a_password_is_twelve_to_two_hundred_characters(accounts: Accounts) -> None:
    session = await signed_in(accounts)
    for unusable in ("", "short", "x" * 201):
        with pytest.raises(PasswordUnusable):
            await accounts.change_password(session.user_id, PASSWORD, unusable)


async def test_a_letter_resets_the_password_once_and_for_an_hour(
    accounts: Accounts, viewers: Viewers, pigeon: Pigeon, clock: Clock, pool: Pool
) -> None:
    session = await signed_in(accounts)
    for address in (EMAIL, "nobody@khoosheh.example"):
        await accounts.request_reset(address)
    await accounts.close()
    (letter,) = pigeon.letters
    assert letter["address"] == EMAIL
    assert not await pool.fetchval("select count(*) from password_reset where hash = $1", letter["secret"])
    assert await accounts.letter_is_good(letter["secret"])
    assert not await accounts.reset_password("guess", "یک گذرواژهٔ تازه")
    assert await accounts.reset_password(letter["secret"], "یک گذرواژهٔ تازه")
    assert not await accounts.reset_password(letter["secret"], "یک گذرواژهٔ دیگر")
    assert not await accounts.letter_is_good(letter["secret"])
    viewers.forget()
    assert await viewers.viewer_of_session(session.secret) is None
    await signed_in(accounts, password="یک گذرواژهٔ تازه")
    await accounts.request_reset(EMAIL)
    await accounts.close()
    clock.forward(minutes=61)
    assert not await accounts.reset_password(pigeon.letters[-1]["secret"], "یک گذرواژهٔ دیگر")


async def test_nobodys_mailbox_is_flooded_with_letters(accounts: Accounts, pigeon: Pigeon) -> None:
    for _ in range(10):
        await accounts.request_reset(EMAIL)
        await accounts.close()
    assert len(pigeon.letters) == 3


async def test_no_secret_is_kept(accounts: Accounts, pool: Pool, pigeon: Pigeon) -> None:
    session = await signed_in(accounts)
    await accounts.request_reset(EMAIL)
    await accounts.close()
    rows = [
        str(tuple(row))
        for table in ("user_session", "user_password", "password_reset", "sign_in_failure", "app_user")
        for row in await pool.fetch(f"select * from {table}")  # noqa: S608 - the names above
    ]
    kept = "".join(rows)
    for secret in (session.secret, pigeon.letters[0]["secret"], PASSWORD):
        assert secret not in kept
    assert "$argon2id$" in kept


@pytest.mark.usefixtures("full_price")
async def test_a_hash_costs_what_owasp_asks_for() -> None:
    found = extract_parameters(await Passwords().hash(PASSWORD))
    assert found.type is Type.ID
    assert found.memory_cost >= 19 * 1024
    assert found.time_cost >= 2
