"""The example of the README runs as it stands: a phase is completed over the API and the message arrives."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx2
import orjson

from services.local.demo import prepare_demo
from services.sample.load import copy_sample
from services.sample.progress import silent
from tests.events.conftest import KEY, ROOT, free_port

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.events.conftest import Country, Start

    Eventually = Callable[..., Awaitable[None]]

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = "docs/examples/complete_a_phase.py"


async def test_a_phase_is_completed_and_the_message_arrives(
    country: Country, start_worker: Start, eventually: Eventually, tmp_path: Path
) -> None:
    async with country.pool.acquire() as connection:
        await copy_sample(connection, silent)
    port = free_port()
    demo = await prepare_demo(country.settings, {})
    written = tmp_path / "demo.json"
    written.write_bytes(orjson.dumps({**demo, "graphql": f"http://127.0.0.1:{port}/graphql"}))
    environment = {
        **os.environ,
        "DATABASE_URL": country.settings.require_database_url(),
        "GRAPHQL_PORT": str(port),
        "ENCRYPTION_KEYS": KEY,
        "KHOOSHEH_DEMO": str(written),
    }
    with subprocess.Popen(  # noqa: ASYNC220 - starting takes no time worth awaiting
        [sys.executable, "-m", "services.graphql"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    ) as service:
        try:
            await start_worker().ready()

            async def ready() -> bool:
                try:
                    async with httpx2.AsyncClient() as client:
                        return (await client.get(f"http://127.0.0.1:{port}/ready")).status_code == 200
                except httpx2.TransportError:
                    return False

            await eventually(ready, 90)
            assert f"python3 {EXAMPLE}" in README
            done = await asyncio.to_thread(
                subprocess.run, [sys.executable, EXAMPLE], cwd=ROOT, env=environment, capture_output=True,
                text=True, check=False, timeout=180,
            )  # fmt: skip
        finally:
            service.terminate()
    assert done.returncode == 0, done.stdout + done.stderr
    shown = re.search(rf"{re.escape(EXAMPLE)}\n```\n```\n(.+?)\n```", README, re.DOTALL)
    assert shown, "the README shows what the example prints"

    def without_numbers(text: str) -> str:
        return re.sub(r"[0-9۰-۹]+", "#", text.strip())

    assert without_numbers(done.stdout) == without_numbers(shown[1])
