"""The one kind of failure a person at the terminal is told about in one sentence."""

from __future__ import annotations


class LocalFailure(Exception):
    """Something on this machine is in the way; the message is one sentence with the remedy."""
