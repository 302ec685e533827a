"""Reads the report of a mail server on a letter it could not deliver (RFC 3464); pure, and afraid of nothing."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from services.notifications.returns.refusals import meaning, quoted, status_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CODE: Final = re.compile(r"\b([245]\d\d)\b")
_GROUPS: Final = 50


class Fate(StrEnum):
    """What became of a letter, as far as its report tells."""

    BOUNCED = "bounced"
    DELAYED = "delayed"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says; `problem` says it with the remedy, in English and without personal data."""

    fate: Fate
    problem: str = ""
    code: int | None = None
    wrong_address: bool = False


UNREADABLE: Final = Report(
    Fate.BOUNCED,
    "the letter came back with a report that cannot be read: ask the reader whether the e-mail address is right",
)


def read_report(letter: bytes) -> Report | None:
    """Read a report on one letter; None for everything that is no report: answers, greetings, garbage.

    A report that says nothing readable about its letter still says that it did not arrive.
    """
    try:
        message = message_from_bytes(letter)
        if not _is_report(message):
            return None
    except Exception:  # noqa: BLE001 - whatever strangers write, it is no report then
        return None
    with suppress(Exception):
        said = [one for one in map(_said, _recipients(message)) if one is not None]
        # One letter has one reader; should a server tell more than one thing of it, the worst counts.
        for fate in Fate:
            for one in said:
                if one.fate is fate:
                    return one
    return UNREADABLE


def _is_report(message: Message) -> bool:
    if message.get_content_type() != "multipart/report":
        return False
    kind = message.get_param("report-type")
    return str(kind).lower() == "delivery-status" if kind else _status_part(message) is not None


def _status_part(message: Message) -> Message | None:
    for part in _parts(message):
        if part.get_content_type() in {"message/delivery-status", "message/global-delivery-status"}:
            return part
    return None


def _parts(message: Message) -> Sequence[Message]:
    parts = message.get_payload()
    return [part for part in parts if isinstance(part, Message)] if isinstance(parts, list) else []


def _recipients(message: Message) -> Iterator[Message]:
    """Yield the groups of fields, each of one recipient; the first group is of the letter as a whole."""
    part = _status_part(message)
    for group in _parts(part)[:_GROUPS] if part is not None else ():
        if "Final-Recipient" in group or "Action" in group:
            yield group


def _said(group: Message) -> Report | None:
    action = str(group.get("Action", "")).strip().lower()
    words = str(group.get("Diagnostic-Code", "")).partition(";")[2].strip()
    status = status_in(str(group.get("Status", ""))) or status_in(words)
    found = _CODE.search(words)
    code = int(found[1]) if found else None
    told = quoted(words) or status or "no reason given"
    if action == "failed" or (not action and status and status.startswith("5")):
        refusal = meaning(status, code)
        return Report(
            Fate.BOUNCED, f"the letter came back ({told}): {refusal.remedy}", code, refusal.wrong_address
        )
    if action == "delayed" or (not action and status and status.startswith("4")):
        problem = f"their mail server has not taken the letter yet ({told}): it is still being tried"
        return Report(Fate.DELAYED, problem, code)
    if action in {"delivered", "relayed", "expanded"}:
        return Report(Fate.ARRIVED)
    return None
