"""What every mutation's input has in common."""

from __future__ import annotations

from typing import Any, Final

import strawberry

from schema.making import read_annotations

VERBATIM: Final = frozenset({"currentPassword", "newPassword", "query"})
"""Fields whose text is neither cleaned nor folded: another letter would be another password or document."""

SECRETS: Final = ("current_password", "new_password")
"""Parts of inputs that leave no trace, not even in the digest by which a repetition is recognised."""


@strawberry.input(description="What every command may carry.")
class Command:
    """The optional parts of every input."""

    expected_revision: int | None = strawberry.field(
        default=None,
        description="The `revision` you last saw; the command is refused as STALE when it has risen since.",
    )
    idempotency_key: str | None = strawberry.field(
        default=None,
        description="A text of your own, up to 80 characters: the same key again gives the same answer, once.",
    )

    def __init_subclass__(cls) -> None:
        """Spare Strawberry the reading of the same annotations again and again."""
        read_annotations(cls)

    def given(self, *names: str) -> dict[str, Any]:
        """Return those of the named fields that were given; an absent one (UNSET) leaves things as they are."""
        values = {name: getattr(self, name) for name in names}
        return {name: value for name, value in values.items() if value is not strawberry.UNSET}
