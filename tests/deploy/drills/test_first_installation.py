"""From an empty database to the first sign-in by the commands of the guide, each as its own role."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from deploy.drills.services import ServiceProcess
from services import first_administrator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deploy.drills.postgres import DrillPostgres

pytestmark = pytest.mark.slow
EMAIL = "first@khoosheh.example"
PASSWORD = "a-password-that-was-chosen"
ADMIN = "https://lorestan.khoosheh.example"
MARKER = re.compile(r"https://\S+")


@pytest.fixture
def first(
    repository: Path, installed_postgres: DrillPostgres, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., subprocess.CompletedProcess[str]]:  # fmt: skip
    """Run the command as the service, with the address of the admin: as a pod does, or, quicker, in this process."""
    monkeypatch.setenv("DATABASE_URL", installed_postgres.address(user="khoosheh_service"))
    monkeypatch.setenv("ADMIN_URL", ADMIN)

    def run(*arguments: str, as_a_pod: bool = False) -> subprocess.CompletedProcess[str]:
        if as_a_pod:
            return subprocess.run(
                [sys.executable, "-m", "services.first_administrator", *arguments],
                cwd=repository, capture_output=True, text=True, check=False, timeout=120,
            )  # fmt: skip
        monkeypatch.setattr(sys, "argv", ["first_administrator", *arguments])
        with pytest.raises(SystemExit) as ended:
            first_administrator.command()
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), said.out, said.err)

    return run


def secret_of(said: str) -> str:
    (address,) = MARKER.findall(said)
    assert address.startswith(f"{ADMIN}/password/reset?")
    return str(parse_qs(urlsplit(address).query)["secret"][0])


def users(server: DrillPostgres) -> list[str]:
    return server.psql("select email || ' ' || role || ' ' || is_sample from app_user").splitlines()


async def choose(browser: httpx2.AsyncClient, secret: str) -> int:
    """Open the link, choose the password on its page and return how that was answered."""
    await browser.get("/password/reset", params={"secret": secret})
    typed = {"secret": secret, "new": PASSWORD, "again": PASSWORD}
    return (await browser.post("/password/reset", data=typed)).status_code


async def test_the_first_administrator_chooses_a_password_by_the_link_and_sees_the_country(
    installed_postgres: DrillPostgres, first: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    done = await asyncio.to_thread(first, EMAIL, "نخستین راهبر", as_a_pod=True)
    assert done.returncode == 0, done.stderr
    secret = secret_of(done.stdout)
    assert secret not in installed_postgres.psql("select hash from password_reset")
    # A link that was lost is replaced, and the lost one opens nothing any more.
    again = secret_of((await asyncio.to_thread(first, EMAIL, "نخستین راهبر")).stdout)
    assert again != secret
    assert users(installed_postgres) == [f"{EMAIL} NATIONAL_ADMINISTRATOR false"]
    assert installed_postgres.psql("select actor || ' ' || action from audit_entry where entity = 'User'").split() == [
        "installation", "makeFirstAdministrator",
    ]  # fmt: skip

    address = installed_postgres.address(user="khoosheh_service")
    admin = ServiceProcess("web", tmp_path / "admin.log", DATABASE_URL=address)
    await asyncio.to_thread(admin.start)
    with admin.ended():
        origin = f"http://127.0.0.1:{admin.port}"
        async with httpx2.AsyncClient(base_url=origin, headers={"origin": origin}, timeout=60) as browser:
            assert [await choose(browser, link) for link in (secret, again, again)] == [410, 303, 410]
            refused = await browser.post("/sign-in", data={"email": EMAIL, "password": PASSWORD[1:]})
            assert refused.status_code != 303
            signed = await browser.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
            assert signed.status_code == 303, signed.text
            provinces = await browser.get("/provinces")
            assert provinces.status_code == 200
            assert "لرستان" in provinces.text
            create = await browser.get("/clusters/new")
            assert create.status_code == 200, create.url


def test_a_second_first_administrator_is_refused_and_nothing_changes(
    installed_postgres: DrillPostgres, first: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    done = first(EMAIL, "First", "--language", "en", "--password-file", str(file))
    assert done.returncode == 0, done.stderr
    assert PASSWORD not in done.stdout
    before = users(installed_postgres)
    for email in (EMAIL, "second@khoosheh.example"):
        refused = first(email, "Second")
        assert refused.returncode == 1
        assert "There is a national administrator already" in refused.stderr
        assert refused.stdout == ""
    assert users(installed_postgres) == before
    assert installed_postgres.psql("select count(*) from password_reset").strip() == "0"


def test_what_cannot_be_used_is_named_and_lets_nobody_in(
    installed_postgres: DrillPostgres, first: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    for arguments, said in (
        (("first", "First"), "email: "),
        ((EMAIL, "First", "--password-file", "/dev/null"), "The password cannot be used"),
    ):
        refused = first(*arguments)
        assert refused.returncode == 1
        assert said in refused.stderr
        assert "Traceback" not in refused.stderr
    assert users(installed_postgres) == []


def test_what_everything_refers_to_is_loaded_once_and_no_cluster_with_it(
    installed_postgres: DrillPostgres, run_module: Callable[..., str]
) -> None:
    said = run_module(installed_postgres.address(user="khoosheh_migrator"), "services.reference")
    assert "there already" in said
    counted = installed_postgres.psql(
        "select (select count(*) from province), (select count(*) from programme_template),"
        " (select count(*) from phase_template), (select count(*) from cluster), (select count(*) from app_user)"
    )
    assert counted.strip() == "31|1|5|0|0"
