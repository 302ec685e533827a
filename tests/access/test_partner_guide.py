"""The partners' guide is true: its examples run as they stand, its tables are those of the code."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg
import httpx2
import pytest

from services.database import open_pool
from services.graphql.documents import DocumentLimits
from services.graphql.failures import Refused
from services.graphql.protocol import BODY_LIMIT, VALUES_LIMIT
from services.local.demo import prepare_demo
from services.sample.load import copy_sample
from services.sample.progress import silent
from services.settings import Settings, read_settings
from tests.service_process import running_service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "partners.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(bash|python|javascript)\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def partner(module_database_url: str, free_port: Callable[[], int]) -> Iterator[dict[str, str]]:
    """Serve the sample in a process of its own and return what a partner is given: an address and a token."""
    settings = read_settings(database_url=module_database_url)

    async def fill() -> dict[str, str]:
        pool = await open_pool(settings)
        async with pool.acquire() as connection:
            await copy_sample(connection, silent)
        await pool.close()
        demo = await prepare_demo(settings, {})
        return {token["role"]: token["token"] for token in demo["tokens"]}

    tokens = asyncio.run(fill())
    with running_service(module_database_url, free_port()) as service:
        yield {
            "KHOOSHEH_URL": service.address,
            "KHOOSHEH_TOKEN": tokens["PARTNER_AGENCY"],
            "ADMINISTRATOR": tokens["NATIONAL_ADMINISTRATOR"],
        }
        assert service.stop() == 0


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=lambda number: f"{EXAMPLES[number][0]}-{number}")
def test_an_example_runs_as_it_stands(
    number: int, partner: dict[str, str], program: Callable[..., str], tmp_path: Path
) -> None:
    language, text = EXAMPLES[number]
    command = {
        "bash": lambda: [program("bash"), "-euc", text],
        "python": lambda: [sys.executable, "-c", text],
        "javascript": lambda: [program("node", why="the examples"), "--input-type=module", "-e", text],
    }[language]()
    if language == "bash":
        program("curl", why="the examples")
    done = subprocess.run(
        command,
        env={**os.environ, **partner},
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert "errors" not in done.stdout
    assert done.stderr == ""


def test_a_copy_is_made_and_kept_in_step_with_changes_and_with_the_reach(
    partner: dict[str, str], module_database_url: str, tmp_path: Path
) -> None:
    def run() -> str:
        program = ROOT / "docs" / "examples" / "synchronised_copy.py"
        command = [sys.executable, str(program), str(tmp_path / "copy.sqlite")]
        environment = {**os.environ, **partner}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def copied() -> dict[str, dict[str, Any]]:
        with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copy:
            return {
                str(row[0]): json.loads(row[1]) for row in copy.execute("select id, content from cluster")
            }

    first = re.fullmatch(r"(\d+) clusters, (\d+) read, 0 gone", run())
    assert first
    assert first[1] == first[2] == str(len(copied()))
    assert re.fullmatch(r"\d+ clusters, 0 read, 0 gone", run())
    changed = min(copied())
    edited = {"id": changed, "nameEn": "Renamed for the copy"}
    answer = httpx2.post(
        partner["KHOOSHEH_URL"],
        json={
            "query": "mutation ($input: EditClusterInput!) { editCluster(input: $input) { problems { code } } }",
            "variables": {"input": edited},
        },
        headers={"authorization": f"Bearer {partner['ADMINISTRATOR']}"},
        timeout=30,
    ).json()
    assert answer["data"]["editCluster"]["problems"] == []
    assert re.fullmatch(r"\d+ clusters, 1 read, 0 gone", run())
    assert copied()[changed]["nameEn"] == "Renamed for the copy"

    async def reach(statement: str) -> None:
        connection = await asyncpg.connect(module_database_url)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(
        reach(
            "insert into agency_cluster (id, revision, created_at, is_sample, agency_id, cluster_id)"
            " select gen_random_uuid(), 1, now(), true, g.id, c.id from partner_agency g, cluster c"
            " join province p on p.id = c.province_id where g.is_sample and p.iso_code <> 'IR-15' limit 1"
        )
    )
    before = len(copied())
    assert re.fullmatch(r"\d+ clusters, 1 read, 0 gone", run())
    assert len(copied()) == before + 1
    asyncio.run(reach("delete from agency_cluster"))
    assert re.fullmatch(r"\d+ clusters, 0 read, 1 gone", run())
    assert len(copied()) == before


def test_there_is_an_example_in_every_language() -> None:
    assert {language for language, _ in EXAMPLES} == {"bash", "python", "javascript"}


def test_the_limits_are_those_of_the_code() -> None:
    told = dict(re.findall(r"^\| ([a-z ,]+) \| (\d+)(?: bytes)? \|$", GUIDE, re.MULTILINE))
    limits, settings = DocumentLimits(), Settings.model_fields
    assert {name: int(number) for name, number in told.items()} == {
        "tokens of a document": limits.tokens,
        "depth": limits.depth,
        "aliases": limits.aliases,
        "root fields": limits.root_fields,
        "nodes on one page": settings["page_limit"].default,
        "size of a request": BODY_LIMIT,
        "values in variables": VALUES_LIMIT,
        "cost of a document": settings["cost_limit"].default,
        "cost per token, minute and process": settings["rate_cost_per_minute"].default,
    }


def test_the_errors_have_the_statuses_of_the_code() -> None:
    rows = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \| (\d{3}) \|", GUIDE, re.MULTILINE)
    assert len(rows) >= 12
    for codes, status in rows:
        for code in re.findall(r"[A-Z_]+", codes):
            assert Refused("", code).status == int(status), code
