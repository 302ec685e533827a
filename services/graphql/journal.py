"""Writes one line per request, as cheaply as a line can be written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson
import structlog

from schema.identity import global_id
from services.telemetry import is_pretty

if TYPE_CHECKING:
    from starlette.types import Scope

    from schema.viewers import Viewer
    from services.settings import Settings

Journal = Callable[[dict[str, object]], None]
"""Takes what is to be said about a request; `given` says that its identifier came from outside."""

log = structlog.get_logger("services.graphql.requests")


def note(scope: Scope, **words: object) -> None:
    """Add to what the line of a request will say; whoever finds something out notes it."""
    scope.setdefault("state", {}).setdefault("observed", {}).update(words)


def note_viewer(scope: Scope, viewer: Viewer) -> None:
    """Note who asks as an operator may know it: by identifier, role and reach, never by name or address."""
    if viewer.is_national:
        province = "all"
    elif len(viewer.provinces) == 1:
        province = global_id("Province", viewer.provinces[0])
    else:
        province = "several" if viewer.provinces else "none"
    note(scope, viewer=viewer.actor, role=viewer.role.value, province=province)


def through_the_log(fields: dict[str, object]) -> None:
    """Write the line as every other message is written, with secrets hidden."""
    log.info("request", **fields)


def journal_for(settings: Settings) -> Journal:
    """Return how this process writes its lines.

    The way through all processors of the log costs more than the rest of the door. A line that holds
    nothing but words of our own, numbers and the name of an operation needs none of them.
    """
    if settings.log_level not in {"DEBUG", "INFO"}:
        return _nothing
    return through_the_log if is_pretty(settings) else _straight


def _nothing(_fields: dict[str, object]) -> None:
    """Write no line: the installation wants warnings only."""


def _straight(fields: dict[str, object]) -> None:
    if fields["path"] != "/graphql" or fields.pop("given", None):
        through_the_log(fields)
        return
    line = {
        "event": "request",
        "level": "info",
        "logger": "services.graphql.requests",
        "timestamp": datetime.now(UTC),
        "service": "graphql",
        **fields,
    }
    output = sys.stdout.buffer
    output.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z))
    output.flush()
