"""A service takes its address before anything else is opened, so that a taken port is said at once."""

from __future__ import annotations

import socket


class PortTaken(Exception):
    """Somebody else listens where we should; the words name the settings that choose another place."""


def listen(service: str, prefix: str, host: str, port: int) -> socket.socket:
    """Take the address of a service whose settings begin with the prefix.

    Raises:
        PortTaken: The address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortTaken(
            f"{service} cannot listen on {host}:{port} ({error.strerror}); "
            f"stop what listens there or set {prefix}_HOST and {prefix}_PORT."
        ) from None
    return listener
