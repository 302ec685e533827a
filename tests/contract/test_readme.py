"""What the README shows is what a newcomer gets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from services.sample.load import copy_sample
from services.sample.progress import silent

if TYPE_CHECKING:
    from tests.world import Api

README = Path(__file__).resolve().parents[2] / "README.md"


async def test_the_first_query_gives_the_answer_that_is_printed_below_it(api: Api) -> None:
    text = README.read_text(encoding="utf-8")
    sent = re.search(r"-d '(\{.*\})'", text)
    printed = re.search(r"```json\n(.*)\n```", text)
    assert sent
    assert printed
    async with api.pool.acquire() as connection:
        await copy_sample(connection, silent)
    answer = await api.ask(orjson.loads(sent[1])["query"])
    assert {"data": answer["data"]} == orjson.loads(printed[1])


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8")):
        assert (README.parent / target).exists(), target
