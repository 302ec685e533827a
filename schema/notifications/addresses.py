"""Where webhooks may be posted to: host names of the public internet over TLS, and nothing inside."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from schema.unusable import Unusable

_TLS: Final = 443
_FIRST_FREE_PORT: Final = 1024
_LONGEST_HOST: Final = 253
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_HOST_LETTERS: Final = _LETTERS | frozenset("0123456789-")
_INSIDE_NAMES: Final = frozenset(
    {
        "localhost",
        "local",
        "internal",
        "intranet",
        "lan",
        "home",
        "corp",
        "arpa",
        "localdomain",
        "cluster",
        "onion",
    }
)
# Networks whose addresses carry another address inside: NAT64, 6to4, Teredo, IPv4-compatible.
_CARRIERS: Final = tuple(
    IPv6Network(network) for network in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")
)


class UnusableTarget(Unusable):
    """An address webhooks are not posted to; the message says why."""


def is_outside(address: str) -> bool:
    """Whether an address belongs to the public internet, also when it hides within another one."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return _is_public(found.ipv4_mapped)
        if any(found in network for network in _CARRIERS):
            return False
    return _is_public(found)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def require_usable_url(url: str, *, inside_allowed: bool = False) -> None:
    """Return if webhooks may be posted to an address as it is written; what it resolves to is checked later.

    Raises:
        UnusableTarget: they may not; the message says what to change.
    """
    if (
        any(letter.isspace() or not letter.isprintable() for letter in url)
        or not url.isascii()
        or "\\" in url
    ):
        raise UnusableTarget(
            "نشانی باید بی‌فاصله و با نویسه‌های لاتین باشد.",
            "the address must be ASCII without spaces or backslashes (write other names in punycode).",
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _NOT_A_URL from None
    host = (parts.hostname or "").lower()
    if parts.scheme not in {"http", "https"} or not host:
        raise _NOT_A_URL
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise UnusableTarget(
            "نام کاربری، گذرواژه و # در نشانی پذیرفته نیست؛ امضا با کلید جداگانه است.",
            "no user name, password or fragment belongs into the address: requests are signed instead.",
        )
    if inside_allowed:
        return
    if parts.scheme != "https":
        raise UnusableTarget("نشانی باید با https آغاز شود.", "the address must begin with https://.")
    if not _is_public_name(host):
        raise UnusableTarget(
            "میزبان باید نامی در اینترنت عمومی باشد، نه نشانی عددی یا نامی درون شبکه.",
            "the host must be a name in the public internet, not a number or a name of an internal network.",
        )
    if port is not None and port != _TLS and port < _FIRST_FREE_PORT:
        raise UnusableTarget(
            "درگاه باید ۴۴۳ یا از ۱۰۲۴ به بالا باشد.", "the port must be 443, or 1024 and above."
        )


def _is_public_name(host: str) -> bool:
    """Whether a host is a DNS name with a top level outside; every spelling of a number ends in one."""
    labels = host.split(".")
    well_formed = len(host) <= _LONGEST_HOST and all(
        label and set(label) <= _HOST_LETTERS and not label.startswith("-") and not label.endswith("-")
        for label in labels
    )
    top = labels[-1]
    named = top.startswith("xn--") or set(top) <= _LETTERS
    return well_formed and len(labels) > 1 and len(top) > 1 and named and top not in _INSIDE_NAMES


_NOT_A_URL: Final = UnusableTarget(
    "این نشانی وب نیست؛ نمونه: https://partner.example/khoosheh",
    "this is not a web address: write it as in https://partner.example/khoosheh.",
)
