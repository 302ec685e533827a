"""The public types in which rules answer: problems of a mutation, and which actions are open now."""

from __future__ import annotations

import strawberry

from schema.problems import ProblemCode
from schema.terms import publish_terms

publish_terms()


@strawberry.type(description="A reason why something is refused, or a warning about something accepted.")
class Problem:
    """One reason, in the user's language."""

    code: ProblemCode = strawberry.field(description="The reason, for programs.")
    path: list[str] = strawberry.field(description="The input field that can be mended; empty for the whole.")
    message: str = strawberry.field(description="The rule and the remedy, in the viewer's language.")


@strawberry.type(description="An action on an entity, and whether it is open to the viewer now.")
class PermittedAction:
    """The answer to 'may I?', given by the rule that will decide."""

    action: str = strawberry.field(description="The mutation's name, such as `startPhase`.")
    allowed: bool = strawberry.field(description="Whether the mutation would be accepted as things stand.")
    reasons: list[Problem] = strawberry.field(
        description="Why not, when it is not allowed; what to mind, when it is."
    )
