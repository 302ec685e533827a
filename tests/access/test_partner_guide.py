"""The partners' guide is true: its examples run as they stand, its tables are those of the code."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

from services.database import open_pool
from services.graphql.documents import DocumentLimits
from services.graphql.failures import Refused
from services.graphql.protocol import BODY_LIMIT
from services.local.demo import prepare_demo
from services.sample.load import copy_sample
from services.sample.progress import silent
from services.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "partners.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(bash|python|javascript)\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def partner(module_database_url: str, free_port: Callable[[], int]) -> Iterator[dict[str, str]]:
    """Serve the sample in a process of its own and return what a partner is given: an address and a token."""
    settings = read_settings(database_url=module_database_url)

    async def fill() -> str:
        pool = await open_pool(settings)
        async with pool.acquire() as connection:
            await copy_sample(connection, silent)
        await pool.close()
        demo = await prepare_demo(settings, {})
        return str(demo["tokens"][0]["token"])

    token, port = asyncio.run(fill()), free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "services.graphql"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": module_database_url,
            "GRAPHQL_PORT": str(port),
            "LOG_LEVEL": "ERROR",
        },
    )
    with httpx2.Client() as client:
        for _ in range(1200):
            try:
                if client.get(f"http://127.0.0.1:{port}/ready").status_code == 200:
                    break
            except httpx2.TransportError:
                pass
            if process.poll() is not None:
                break
            asyncio.run(asyncio.sleep(0.1))
    yield {"KHOOSHEH_URL": f"http://127.0.0.1:{port}/graphql", "KHOOSHEH_TOKEN": token}
    process.terminate()
    assert process.wait(30) == 0


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
        "cost of a document": settings["cost_limit"].default,
        "cost per token, minute and process": settings["rate_cost_per_minute"].default,
    }


def test_the_errors_have_the_statuses_of_the_code() -> None:
    rows = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \| (\d{3}) \|", GUIDE, re.MULTILINE)
    assert len(rows) >= 12
    for codes, status in rows:
        for code in re.findall(r"[A-Z_]+", codes):
            assert Refused("", code).status == int(status), code
