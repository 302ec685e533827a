"""Addresses people are written to besides e-mail: telephone numbers and messengers, checked before they are kept."""

import re
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from schema.text import UnusableText, code
from schema.unusable import Unusable

_NUMBER: Final = re.compile(r"\+[1-9][0-9]{7,14}")
_NATIONAL: Final = re.compile(r"0(9[0-9]{9})")
_LONGEST: Final = 500
SERVICES: Final = frozenset(
    {"tgram", "discord", "slack", "gchat", "msteams", "whatsapp", "signl4", "line", "zulip"}
)
"""Messengers whose own servers are written to: nobody chooses a host with these."""
OWN_SERVERS: Final = frozenset(
    f"{name}{tls}" for name in ("json", "matrix", "mmost", "rocket", "ntfy") for tls in ("", "s")
)
"""Messengers an organisation runs itself: only on hosts its operator names, so that nobody reaches inside."""


class UnusableWay(Unusable):
    """An address people are not written to; the message says why."""


def usable_number(text: str) -> str:
    """Return a telephone number in its international form, whatever digits it was typed in.

    Raises:
        UnusableWay: it is none.
    """
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


def usable_messenger(text: str, *, hosts: Collection[str], anywhere: bool = False) -> str:
    """Return a messenger's address, if it leads to a service we know or to one of the trusted `hosts`.

    Raises:
        UnusableWay: it does not.
    """
    address = text.strip()
    scheme = address.partition("://")[0].lower()
    if len(address) > _LONGEST or not address.isprintable() or "://" not in address or " " in address:
        raise _NO_MESSENGER
    if scheme in SERVICES:
        return address
    try:
        host = urlsplit(address).hostname
    except ValueError:
        raise _NO_MESSENGER from None
    if scheme not in OWN_SERVERS or not host:
        raise _NO_MESSENGER
    if not anywhere and host.lower() not in hosts:
        raise UnusableWay(
            "این میزبان را راهبر سامانه نپذیرفته است (MESSENGER_HOSTS)؛ از او بخواهید یا پیام‌رسان دیگری برگزینید.",
            "the operator does not trust this host (MESSENGER_HOSTS): ask for it or choose another messenger.",
        )
    return address


_NO_NUMBER: Final = UnusableWay(
    "این شمارهٔ تلفن همراه نیست؛ نمونه: ‎+989121234567",
    "this is no telephone number: write it as in +989121234567.",
)
_NO_MESSENGER: Final = UnusableWay(
    "این نشانی پیام‌رسان پذیرفته نیست؛ نمونه: tgram://bot-token/chat-id",
    "this address of a messenger cannot be used: write it as in tgram://bot-token/chat-id.",
)
