"""Secrets and people never reach a log: they are known by their name or by their shape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import MutableMapping

HIDDEN: Final = "[hidden]"
SECRET_NAME: Final = re.compile(
    r"password|passwd|secret|token|authori[sz]ation|cookie|api_?key|credential|private_key|session|otp",
    re.IGNORECASE,
)
# Secret wherever it stands: the password of an address, a header, our own tokens and webhook secrets.
SECRET_VALUE: Final = re.compile(
    r"(?P<address>\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@/]+(?=@)"
    r"|(?P<header>\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]{8,}"
    r"|(?P<ours>\b(?:khoosheh|khs|whsec)_)[A-Za-z0-9+/=_-]{8,}",
    re.IGNORECASE,
)

# Who somebody is: an address of e-mail, a telephone number of Iran, and the row PostgreSQL quotes in a refusal.
PERSONAL_VALUE: Final = re.compile(
    r"(?P<row>\b(?:Key \([^)]*\)=|Failing row contains )\()(?s:.*)"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|(?:\+|\b00)98[\s-]?\d[\d\s-]{7,11}\d|(?<![\w-])0[1-9]\d{1,2}[\s-]?\d{3,4}[\s-]?\d{4}(?![\w-])"
)


def hide_secrets(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace what looks like a secret by its name or by its shape, at any depth."""
    for key, value in event.items():
        event[key] = HIDDEN if SECRET_NAME.search(key) and value is not None else _hidden(value)
    return event


def _hidden(value: object) -> object:
    if isinstance(value, str):
        open_ = SECRET_VALUE.sub(
            lambda found: f"{found['address'] or found['header'] or found['ours']}{HIDDEN}", value
        )
        return PERSONAL_VALUE.sub(lambda found: f"{found['row'] or ''}{HIDDEN}", open_)
    if isinstance(value, dict):
        return {
            key: HIDDEN if SECRET_NAME.search(str(key)) and inner is not None else _hidden(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_hidden(inner) for inner in value]
    return value
