"""Addresses people are written to besides e-mail: telephone numbers and messengers, checked before they are kept."""

import re
from typing import Final
from urllib.parse import urlsplit

from schema.notifications.addresses import UnusableTarget, require_usable_url
from schema.text import UnusableText, code
from schema.unusable import Unusable

_NUMBER: Final = re.compile(r"\+[1-9][0-9]{7,14}")
_NATIONAL: Final = re.compile(r"0(9[0-9]{9})")
_LONGEST: Final = 500
SERVICES: Final = frozenset(
    {"tgram", "discord", "slack", "gchat", "msteams", "whatsapp", "signl4", "line", "zulip"}
)
"""Messengers whose own servers are written to: nobody chooses a host with these."""
OWN_HOSTS: Final = {
    "jsons": "https",
    "matrixs": "https",
    "mmosts": "https",
    "rockets": "https",
    "ntfys": "https",
}
"""Messengers an organisation runs itself, over TLS: their host is checked like that of a webhook."""
OPEN_HOSTS: Final = {"json": "http", "matrix": "http", "mmost": "http", "rocket": "http", "ntfy": "http"}
"""The same without TLS: for development only."""


class UnusableWay(Unusable):
    """An address people are not written to; the message says why."""


def usable_number(text: str, *, inside_allowed: bool = False) -> str:
    """Return a telephone number in its international form, whatever digits it was typed in.

    Raises:
        UnusableWay: it is none.
    """
    del inside_allowed
    try:
        typed = re.sub(r"[\s()-]", "", code(text))
    except UnusableText:
        raise _NO_NUMBER from None
    if national := _NATIONAL.fullmatch(typed):
        return f"+98{national[1]}"
    if typed.startswith("00"):
        typed = f"+{typed[2:]}"
    if not _NUMBER.fullmatch(typed):
        raise _NO_NUMBER
    return typed


def usable_messenger(text: str, *, inside_allowed: bool = False) -> str:
    """Return a messenger's address, if it leads to a service we know or to a host outside.

    Raises:
        UnusableWay: it does not; what its host resolves to is checked once more before sending.
    """
    address = text.strip()
    scheme = address.partition("://")[0].lower()
    if len(address) > _LONGEST or not address.isprintable() or "://" not in address or " " in address:
        raise _NO_MESSENGER
    if scheme in SERVICES:
        return address
    target = target_of(address)
    if target is None or (scheme in OPEN_HOSTS and not inside_allowed):
        raise _NO_MESSENGER
    try:
        require_usable_url(target, inside_allowed=inside_allowed)
    except UnusableTarget as unusable:
        raise UnusableWay(unusable.reason_fa, unusable.reason_en) from None
    return address


def target_of(address: str) -> str | None:
    """Return the web address that a messenger of one's own is reached at; None for the known services."""
    parts = urlsplit(address)
    scheme = {**OWN_HOSTS, **OPEN_HOSTS}.get(parts.scheme.lower())
    if scheme is None or not parts.hostname:
        return None
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    return f"{scheme}://{parts.hostname}{port}/"


_NO_NUMBER: Final = UnusableWay(
    "این شمارهٔ تلفن همراه نیست؛ نمونه: ‎+989121234567",
    "this is no telephone number: write it as in +989121234567.",
)
_NO_MESSENGER: Final = UnusableWay(
    "این نشانی پیام‌رسان پذیرفته نیست؛ نمونه: tgram://bot-token/chat-id",
    "this address of a messenger cannot be used: write it as in tgram://bot-token/chat-id.",
)
