"""A taken port is said before anything is started."""

from __future__ import annotations

import errno
import socket

from services.local.failure import LocalFailure


def require_free(variable: str, host: str, port: int) -> None:
    """Refuse a port somebody else listens on, naming the variable that chooses another."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                reason = "is taken by another program; stop that one"
            else:
                reason = f"cannot be used ({error.strerror})"
            raise LocalFailure(
                f"Port {port} on {host} {reason}, or choose another port with {variable}=… and start again."
            ) from None
