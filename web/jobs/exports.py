"""One step of an export: read the next page of the list as its owner sees it, keep it, or finish the file."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from web.jobs.files import csv_piece, json_piece, pieces, write_workbook
from web.jobs.values import value_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from services.jobs import Jobs, Taken
    from web.door import Door
    from web.jobs.lists import Listed
    from web.localisation import Localisation
    from web.session import SignedIn


async def gather_next(
    jobs: Jobs, door: Door, taken: Taken, listed: Listed, person: SignedIn, reader: Localisation
) -> Taken | None:
    """Go one step on; None when the file is there.

    Raises:
        LeaseLost: the job is no longer ours.
    """
    columns = listed.columns
    if taken.gathered:
        if taken.format == "XLSX":
            await _write_workbook(jobs, taken, listed, reader)
        else:
            await jobs.finish(taken)
        return None
    first = taken.cursor is None
    leaf = await listed.leaf(door, person, taken.cursor, counted=first)
    rows = [[value_of(column, node, reader) for column in columns] for node in leaf.nodes]
    if taken.format == "CSV":
        content = csv_piece(columns, rows, reader, first=first)
    elif taken.format == "JSON":
        content = json_piece(columns, rows, first=first, last=not leaf.more)
    else:
        content = orjson.dumps(rows)
    await jobs.keep_part(
        taken, content, count=len(rows), total=leaf.total, cursor=leaf.end, gathered=not leaf.more
    )
    return replace(taken, cursor=leaf.end, gathered=not leaf.more, done=taken.done + len(rows))


async def _write_workbook(jobs: Jobs, taken: Taken, listed: Listed, reader: Localisation) -> None:
    async def held() -> AsyncIterator[bytes]:
        async for part in jobs.parts(taken.id):
            await jobs.hold(taken)
            yield part

    with tempfile.TemporaryDirectory(prefix="khoosheh-export-") as folder:
        path = Path(folder, "list.xlsx")
        await write_workbook(path, listed.columns, held(), reader, reader.text(listed.page.title))
        await jobs.replace_parts(taken, pieces(path))
