"""One step of a bulk action: first gather what it is about, then send the command for each thing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from web.door import Refused
from web.jobs.values import value_of
from web.localisation import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from services.jobs import Item, Jobs, Taken
    from web.documents import Document
    from web.door import Door
    from web.jobs.lists import Listed
    from web.localisation import Localisation
    from web.session import SignedIn

AT_ONCE: Final = 10
NOT_DONE: Final = mark("It could not be done; try it by itself.")


async def send_next(  # noqa: PLR0913, PLR0917 - what a step needs
    jobs: Jobs,
    door: Door,
    taken: Taken,
    listed: Listed,
    person: SignedIn,
    reader: Localisation,
    document: Document,
) -> Taken | None:
    """Go one step on; None when every thing is settled.

    Everything is gathered before the first command, because a command may take its thing out of the list.

    Raises:
        LeaseLost: the job is no longer ours.
    """
    if not taken.gathered:
        leaf = await listed.leaf(door, person, taken.cursor, counted=taken.cursor is None)
        things = [(str(node["id"]), _called(listed, node, reader)) for node in leaf.nodes]
        await jobs.keep_items(taken, things, total=leaf.total, cursor=leaf.end, gathered=not leaf.more)
        return replace(taken, cursor=leaf.end, gathered=not leaf.more)
    waiting = await jobs.waiting(taken, AT_ONCE)
    for item in waiting:
        await jobs.settle(taken, item, await _send(door, taken, item, person, reader, document))
    if waiting:
        return taken
    await jobs.finish(taken)
    return None


def _called(listed: Listed, node: Mapping[str, Any], reader: Localisation) -> str:
    return str(value_of(listed.page.name_column, node, reader) or "–") if listed.page.name_column else "–"


async def _send(
    door: Door,
    taken: Taken,
    item: Item,
    person: SignedIn,
    reader: Localisation,
    document: Document,
) -> str | None:
    """Send the command for one thing and return why it was refused; its key makes a repetition harmless."""
    values = {
        **taken.given,
        "id": item.subject,
        "idempotencyKey": f"job-{taken.id}-{item.ordinal}",
    }
    try:
        payload = await door.submit(document, values, person)
    except Refused as refused:
        if refused.code in {"UNAVAILABLE", "TIMED_OUT"}:
            raise
        return reader.text(NOT_DONE)
    return " ".join(problem["message"] for problem in payload["problems"]) or None
