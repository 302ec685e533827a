"""What every mutation's input has in common."""

from __future__ import annotations

import strawberry


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
