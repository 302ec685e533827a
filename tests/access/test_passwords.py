"""People are invited by a letter, choose and change their passwords; no secret is kept, logged or repeated."""

from __future__ import annotations

import asyncio
import os
import re
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import orjson
import pytest
import structlog

from schema.identity import global_id
from schema.vocabulary import UserRole
from services.graphql.identities.accounts import Accounts, NotSignedIn
from services.graphql.identities.sessions import Session
from services.notifications.letters import account_letters as letters
from services.notifications.letters.account_letters import AccountLetters
from services.notifications.letters.mailer import Mailer
from services.notifications.measures import Measures
from services.sealing import Sealer
from services.settings import read_settings

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from services.graphql.viewer import Viewers
    from services.settings import Settings
    from tests.access.conftest import People
    from tests.post_office import PostOffice
    from tests.world import Api

pytestmark = pytest.mark.usefixtures("world")

KEYS = "a key for tests that is long enough"
OLD, NEW = "گلیم و جاجیم و ماشته", "پشم و روناس و پوست گردو"
PROVINCE = "Province_01900000-0000-7000-8000-00010000000"
INVITED = {"email": "Maryam@Khoosheh.Example", "name": "مریم", "role": "DEVELOPMENT_AGENT"}


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENCRYPTION_KEYS", KEYS)


@pytest.fixture
def sealer() -> Sealer:
    return Sealer(read_settings())


async def send(api: Api, sealer: Sealer, **settings: object) -> int:
    """Let the notification service send what is due."""
    chosen = read_settings(admin_url="https://khoosheh.example/", **settings)
    async with Mailer(chosen) as mailer:
        return await AccountLetters(api.pool, chosen, sealer, mailer, Measures()).send_due()


def secret_in(letter: EmailMessage) -> str:
    text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # there is one
    (found,) = re.findall(r"https://khoosheh\.example/password/reset\?secret=([\w-]{43})", text)
    return str(found)


async def test_who_is_let_in_chooses_a_password_by_the_letter_once(
    api: Api, sealer: Sealer, post_office: PostOffice, viewers: Viewers
) -> None:
    user = await api.accepted(
        "createUser", {**INVITED, "provinceIds": [f"{PROVINCE}1"]}, "id passwordChangedAt"
    )
    assert user["passwordChangedAt"] is None
    assert await send(api, sealer, smtp_url=post_office.url) == 1
    assert await send(api, sealer, smtp_url=post_office.url) == 0
    (letter,) = post_office.letters
    assert letter["To"] == "maryam@khoosheh.example"
    assert "مریم" in str(letter.get_body(("html",)).get_content())  # type: ignore[union-attr]  # there is one
    assert 'dir="rtl"' in str(letter.get_body(("html",)).get_content())  # type: ignore[union-attr]
    accounts, secret = Accounts(api.pool, sealer), secret_in(letter)
    assert await accounts.reset_password(secret, NEW)
    assert not await accounts.reset_password(secret, OLD)
    session = await accounts.sign_in("maryam@khoosheh.example", NEW)
    assert isinstance(session, Session)
    assert (viewer := await viewers.viewer_of_session(session.secret))
    assert viewer.role is UserRole.DEVELOPMENT_AGENT


async def test_a_letter_that_cannot_be_handed_in_waits_and_goes_later(
    api: Api, sealer: Sealer, post_office: PostOffice, people: People
) -> None:
    await Accounts(api.pool, sealer).set_password(
        await people.user(UserRole.NATIONAL_VIEWER, email="n@k.ir"), OLD
    )
    accounts = Accounts(api.pool, sealer)
    await accounts.request_reset("n@k.ir")
    await accounts.close()
    post_office.answers["DATA"] = "451 later"
    address = post_office.url
    assert await send(api, sealer, smtp_url=address) == 1
    assert await api.pool.fetchval("select count(*) from letter where sent_at is null and sealed <> ''") == 1
    post_office.answers.clear()
    assert await send(api, sealer, smtp_url=address) == 0
    await api.pool.execute("update letter set due_at = now()")
    assert await send(api, sealer, smtp_url=address) == 1
    assert len(post_office.letters) == 2


async def test_a_letter_that_cannot_be_written_holds_up_nobody_and_a_refused_one_shows_at_the_account(
    api: Api, sealer: Sealer, post_office: PostOffice, people: People
) -> None:
    await api.pool.execute(
        "insert into letter (id, revision, created_at, kind, sealed, due_at, expires_at, attempts) values"
        " (gen_random_uuid(), 1, now(), 'INVITATION', $1, now() - interval '1 hour', now() + interval '1 day', 0)",
        sealer.seal('{"address": "lost@k.ir", "language": "EN"}'),
    )
    for name, answer in (("right", "250 OK"), ("wrong", "550 5.1.1 <wrong@k.ir>: unknown")):
        await people.user(UserRole.NATIONAL_VIEWER, email=f"{name}@k.ir")
        post_office.answers[f"{name}@k.ir"] = answer
        accounts = Accounts(api.pool, sealer)
        await accounts.request_reset(f"{name}@k.ir")
        await accounts.close()
    del post_office.answers["right@k.ir"]
    measures = Measures()
    chosen = read_settings(smtp_url=post_office.url)
    async with Mailer(chosen) as mailer:
        assert await AccountLetters(api.pool, chosen, sealer, mailer, measures).send_due() == 3
    assert [letter["To"] for letter in post_office.letters] == ["right@k.ir"]
    shown = await api.data("{ users(first: 20) { nodes { email mailProblem } } }")
    problems = {one["email"]: one["mailProblem"] for one in shown["users"]["nodes"]}
    assert problems["right@k.ir"] is None
    assert (
        problems["wrong@k.ir"] == "the mailbox refuses (550 5.1.1 <…>: unknown): correct the e-mail address"
    )
    name = "khoosheh_notifications_deliveries_total"
    for outcome in ("SENT", "EXHAUSTED"):
        found = measures.registry.get_sample_value(name, {"channel": "EMAIL", "outcome": outcome})
        assert found == 1, "operators are told"


async def test_two_workers_send_a_letter_once(
    api: Api, sealer: Sealer, post_office: PostOffice, people: People
) -> None:
    await people.user(UserRole.NATIONAL_VIEWER, email="n@k.ir")
    accounts = Accounts(api.pool, sealer)
    await accounts.request_reset("n@k.ir")
    await accounts.close()
    address = post_office.url
    taken = await asyncio.gather(*(send(api, sealer, smtp_url=address) for _ in range(4)))
    assert sum(taken) == 1
    assert len(post_office.letters) == 1


async def test_a_letter_whose_link_has_ended_or_that_cannot_be_opened_is_given_up(
    api: Api, sealer: Sealer, people: People
) -> None:
    await people.user(UserRole.NATIONAL_VIEWER, email="n@k.ir")
    accounts = Accounts(api.pool, sealer)
    for _ in range(2):
        await accounts.request_reset("n@k.ir")
        await accounts.close()
    late = await api.pool.fetchval("select id from letter order by id limit 1")
    await api.pool.execute("update letter set expires_at = now() - interval '1 second' where id = $1", late)
    assert (
        await send(
            api, Sealer(read_settings(encryption_keys="another key and just as long as the first one"))
        )
        == 2
    )
    rows = await api.pool.fetch("select sealed, given_up_at, sent_at from letter")
    assert all(row["given_up_at"] and not row["sent_at"] and row["sealed"] == "" for row in rows)


async def test_without_a_mail_server_letters_lie_in_a_folder_and_the_log_says_where_but_no_secret(
    api: Api, sealer: Sealer, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the module tells is taken at its own logger: where it is written to was settled by whoever ran before.
    logged = structlog.testing.CapturingLogger()
    monkeypatch.setattr(letters, "log", logged)
    await people.user(UserRole.NATIONAL_VIEWER, email="nobody-logs-me@k.ir")
    accounts = Accounts(api.pool, sealer)
    await accounts.request_reset("nobody-logs-me@k.ir")
    await accounts.close()
    await send(api, sealer, mail_outbox=str(tmp_path))
    (name,) = [name for name in os.listdir(tmp_path) if name.endswith(".eml")]  # noqa: PTH208 - nothing waits here
    written = await asyncio.to_thread((tmp_path / name).read_bytes)
    secret = secret_in(message_from_bytes(written, policy=default))
    told = str(logged.calls)
    assert str(tmp_path) in told
    assert secret not in told
    assert "nobody-logs-me" not in told


async def test_neither_database_nor_trail_nor_answer_keeps_the_secret_of_a_letter(
    api: Api, sealer: Sealer, post_office: PostOffice
) -> None:
    answer = await api.run("createUser", {**INVITED, "provinceIds": [f"{PROVINCE}1"]}, "id email")
    sealed = await api.pool.fetchval("select sealed from letter")
    content = orjson.loads(sealer.open(sealed))
    await send(api, sealer, smtp_url=post_office.url)
    kept = ""
    for table in ("letter", "password_reset", "audit_entry", "event", "app_user"):
        kept += str([tuple(row) for row in await api.pool.fetch(f"select * from {table}")])  # noqa: S608 - as above
    for secret in (content["secret"], sealed):
        assert secret not in kept
        assert secret not in str(answer)


async def test_without_keys_a_user_is_made_and_the_missing_letter_is_told(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ENCRYPTION_KEYS")
    payload = await api.run("createUser", {**INVITED, "provinceIds": [f"{PROVINCE}1"]})
    assert payload["problems"] == []
    assert [warning["code"] for warning in payload["warnings"]] == ["LETTER_NOT_WRITTEN"]
    assert await api.refused("requestPasswordReset", {"id": payload["user"]["id"]}) == [
        ("LETTER_NOT_WRITTEN", [])
    ]
    assert await api.pool.fetchval("select count(*) from letter") == 0


async def test_an_administrator_sends_the_letter_again_but_not_more_than_three_in_an_hour(api: Api) -> None:
    user = await api.accepted("createUser", {**INVITED, "provinceIds": [f"{PROVINCE}1"]})
    for _ in range(2):
        await api.accepted("requestPasswordReset", {"id": user["id"]})
    assert await api.refused("requestPasswordReset", {"id": user["id"]}) == [("TOO_OFTEN", ["id"])]
    kinds = {row["kind"] for row in await api.pool.fetch("select kind from letter")}
    assert kinds == {"INVITATION"}


async def test_nobody_lets_a_letter_open_the_account_of_somebody_above(api: Api, people: People) -> None:
    from uuid import UUID  # noqa: PLC0415 - only here

    province = UUID(f"{PROVINCE}1".removeprefix("Province_"))
    above = await people.user(UserRole.PROVINCE_ADMINISTRATOR, email="above@k.ir")
    await api.pool.execute(
        "insert into user_province (id, revision, created_at, is_sample, user_id, province_id)"
        " values (gen_random_uuid(), 1, now(), false, $1, $2)",
        above, province,
    )  # fmt: skip
    colleague = api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(province,))
    assert await colleague.refused("requestPasswordReset", {"id": global_id("User", above)}) == [
        ("NOT_ALLOWED", ["id"])
    ]
    await api.pool.execute("update app_user set disabled_at = now() where id = $1", above)
    assert await api.refused("requestPasswordReset", {"id": global_id("User", above)}) == [
        ("USER_DISABLED", ["id"])
    ]


async def test_a_changed_password_ends_every_session_and_token_at_once(
    api: Api, sealer: Sealer, people: People, viewers: Viewers
) -> None:
    user = await people.user(UserRole.NATIONAL_VIEWER, email="n@k.ir")
    accounts = Accounts(api.pool, sealer)
    await accounts.set_password(user, OLD)
    session = await accounts.sign_in("n@k.ir", OLD)
    token = await people.token(user=user)
    assert isinstance(session, Session)
    me = api.as_(UserRole.NATIONAL_VIEWER, user_id=user)
    wrong = await me.refused("changePassword", {"currentPassword": "wrong", "newPassword": "short"})
    assert wrong == [("PASSWORD_UNUSABLE", ["newPassword"]), ("PASSWORD_WRONG", ["currentPassword"])]
    # Not even a space or another form of a letter is lost between the mutation and the sign-in page.
    new = f"  {NEW} ي ك "
    shown = await me.accepted(
        "changePassword", {"currentPassword": OLD, "newPassword": new}, "passwordChangedAt"
    )
    assert shown["passwordChangedAt"]
    await asyncio.sleep(0.1)
    viewers.forget()
    assert await viewers.viewer_of_session(session.secret) is None
    assert (
        await api.pool.fetchval(
            "select count(*) from api_token where revoked_at is null and user_id = $1", user
        )
        == 0
    )
    assert token
    assert isinstance(await accounts.sign_in("n@k.ir", new), Session)
    assert isinstance(await accounts.sign_in("n@k.ir", OLD), NotSignedIn)
    trail = await api.pool.fetch("select before, after from audit_entry where action = 'changePassword'")
    assert len(trail) == 1
    assert NEW not in str(tuple(trail[0]))


async def test_guesses_at_the_present_password_wait_like_guesses_at_signing_in(
    api: Api, sealer: Sealer, people: People
) -> None:
    user = await people.user(UserRole.NATIONAL_VIEWER, email="n@k.ir")
    await Accounts(api.pool, sealer).set_password(user, OLD)
    me = api.as_(UserRole.NATIONAL_VIEWER, user_id=user)
    given = {"currentPassword": "a guess", "newPassword": NEW}
    found = [(await me.refused("changePassword", given))[0][0] for _ in range(6)]
    assert found == ["PASSWORD_WRONG"] * 5 + ["TOO_OFTEN"]
    assert await me.refused("changePassword", {**given, "currentPassword": OLD}) == [
        ("TOO_OFTEN", ["currentPassword"])
    ]


async def test_a_password_is_changed_once_under_its_key_and_its_digest_is_nowhere(
    api: Api, sealer: Sealer, people: People
) -> None:
    user = await people.user(UserRole.NATIONAL_VIEWER, email="n@k.ir")
    await Accounts(api.pool, sealer).set_password(user, OLD)
    me = api.as_(UserRole.NATIONAL_VIEWER, user_id=user)
    given = {"currentPassword": OLD, "newPassword": NEW, "idempotencyKey": "k"}
    first = await me.run("changePassword", given, "id revision")
    assert first["problems"] == []
    before = await api.footprint()
    assert await me.run("changePassword", given, "id revision") == first
    # The key alone tells: nothing is kept by which another password could be told from this one.
    assert await me.run("changePassword", {**given, "newPassword": f"{NEW}!"}, "id revision") == first
    assert await api.footprint() == before
    assert await api.pool.fetchval("select count(*) from sign_in_failure") == 0
    assert isinstance(await Accounts(api.pool, sealer).sign_in("n@k.ir", NEW), Session)


async def test_a_token_of_an_agency_changes_no_password(api: Api) -> None:
    agency = api.as_(UserRole.PARTNER_AGENCY)
    given = {"currentPassword": OLD, "newPassword": NEW}
    assert await agency.refused("changePassword", given) == [("NOT_ALLOWED", [])]


async def test_where_only_a_provider_signs_in_there_is_no_password_to_change_and_letters_are_limited_all_the_same(
    api: Api, sealer: Sealer, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await people.user(UserRole.NATIONAL_VIEWER, email="n@k.ir")
    await Accounts(api.pool, sealer).set_password(user, OLD)
    monkeypatch.setenv("PASSWORD_SIGN_IN", "false")
    me = api.as_(UserRole.NATIONAL_VIEWER, user_id=user)
    given = {"currentPassword": OLD, "newPassword": NEW}
    assert await me.refused("changePassword", given) == [("PASSWORDS_OFF", [])]
    for _ in range(3):
        await api.accepted("requestPasswordReset", {"id": global_id("User", user)})
    assert await api.refused("requestPasswordReset", {"id": global_id("User", user)}) == [
        ("TOO_OFTEN", ["id"])
    ]
    kinds = [row["kind"] for row in await api.pool.fetch("select kind from letter")]
    assert kinds == ["PROVIDER_INVITATION"] * 3
    assert await api.pool.fetchval("select count(*) from password_reset") == 0


@pytest.mark.usefixtures("full_price")
async def test_hashing_holds_no_connection_while_it_takes_its_time(
    api: Api, sealer: Sealer, people: People, settings: Settings
) -> None:
    user = await people.user(UserRole.NATIONAL_VIEWER, email="n@k.ir")
    await Accounts(api.pool, sealer).set_password(user, OLD)
    me = api.as_(UserRole.NATIONAL_VIEWER, user_id=user)
    given = {"currentPassword": "a guess", "newPassword": NEW}
    guessing = [
        asyncio.create_task(me.run("changePassword", given)) for _ in range(settings.database_pool_max)
    ]
    await asyncio.sleep(0.05)
    async with asyncio.timeout(1):
        assert (await api.data("{ provinces { totalCount } }"))["provinces"]["totalCount"] == 2
    assert {payload["problems"][0]["code"] for payload in await asyncio.gather(*guessing)} == {
        "PASSWORD_WRONG", "TOO_OFTEN",
    }  # fmt: skip
