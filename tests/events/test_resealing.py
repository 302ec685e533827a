"""Keys at rest are exchanged without a secret being lost, and what no key opens is named."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from schema.vocabulary import UserRole
from services.reseal import SEALED, reseal
from services.sealing import Sealer
from services.settings import read_settings
from tests.events.conftest import KEY, ROOT, SECRET

if TYPE_CHECKING:
    from uuid import UUID

    from tests.events.conftest import Country

NEW = "n" * 32


def sealer(keys: str) -> Sealer:
    return Sealer(read_settings(encryption_keys=keys))


async def endpoint(country: Country) -> UUID:
    made = await country.endpoint(await country.agency(), "https://partner.example/hook")
    await country.pool.execute(
        "update webhook_endpoint set former_sealed_secret = $1, former_secret_until = now()",
        sealer(KEY).seal("former"),
    )
    return made


async def test_everything_sealed_is_sealed_by_the_newest_key_and_the_old_one_can_go(country: Country) -> None:
    await endpoint(country)
    reader = await country.user(UserRole.NATIONAL_VIEWER)
    await country.pool.execute(
        "update notification_preference set phone_secret = $2, messenger_secret = $3 where id = $1",
        reader, sealer(KEY).seal("+989121112233"), sealer(KEY).seal("tgram://token/chat"),
    )  # fmt: skip
    done = await reseal(country.pool, sealer(f"{NEW},{KEY}"))
    assert (done.anew, done.already, done.broken) == (4, 0, [])
    row = await country.pool.fetchrow("select sealed_secret, former_sealed_secret from webhook_endpoint")
    assert sealer(NEW).open(row["sealed_secret"]) == SECRET
    assert sealer(NEW).open(row["former_sealed_secret"]) == "former"
    row = await country.pool.fetchrow("select phone_secret, messenger_secret from notification_preference")
    opened = [sealer(NEW).open(secret) for secret in row]
    assert opened == ["+989121112233", "tgram://token/chat"], "a reader is still written to"
    again = await reseal(country.pool, sealer(NEW))
    assert (again.anew, again.already, again.broken) == (0, 4, [])


async def test_the_command_says_what_it_did_and_names_what_no_key_opens(country: Country) -> None:
    made = await endpoint(country)

    async def run(keys: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "DATABASE_URL": country.settings.require_database_url(),
            "ENCRYPTION_KEYS": keys,
        }
        return await asyncio.to_thread(
            subprocess.run, [sys.executable, "-m", "services.reseal"], cwd=ROOT, env=environment,
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    done = await run(f"{NEW},{KEY}")
    assert (done.returncode, done.stdout) == (0, "Sealed anew: 2. By the newest key already: 0.\n")
    lost = await run("o" * 32)
    assert lost.returncode == 1
    assert str(made) in lost.stderr
    assert "ENCRYPTION_KEYS" in lost.stderr
    assert "ENCRYPTION_KEYS" in (await run("")).stderr


async def test_no_sealed_column_is_forgotten(country: Country) -> None:
    found = await country.pool.fetch(
        "select table_name, column_name from information_schema.columns"
        " where table_schema = 'public' and data_type = 'text'"
        " and column_name ~ '(sealed|secret)'"
    )
    assert {tuple(row) for row in found} == set(SEALED)
