"""What both services say to each other about an agency's own document: how it is asked, what it answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """What a document answered: its data, or why there is none; `passing` failures may be gone in a moment."""

    data: Any = None
    problem: str | None = None
    passing: bool = False


Answer = Callable[[UUID, str, Mapping[str, object]], Awaitable[DocumentAnswer]]
"""Executes a document with variables in the scope of an agency."""
