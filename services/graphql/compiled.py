"""Statements that are ready to run, with what is left to do around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.graphql.absence import marks_of_absence
from services.graphql.compiler.render import Statement, render
from services.graphql.compiler.slots import Arguments, ArgumentSlot, ContextSlot

if TYPE_CHECKING:
    from services.graphql.compiler import plan as parts


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A statement ready to run, with what is left to do around it."""

    statement: Statement
    plan: parts.Plan
    arguments: tuple[Arguments, ...]
    asks_who: bool
    absences: tuple[bytes, ...]


def compiled_of(plan: parts.Plan) -> Compiled:
    """Render a plan and note which arguments its values come from."""
    statement = render(plan.members)
    slots = [*statement.slots, *(slot for charge in plan.charges for slot in charge.sizes)]
    arguments = dict.fromkeys(slot.arguments for slot in slots if isinstance(slot, ArgumentSlot))
    asks_who = any(isinstance(slot, ContextSlot) for slot in statement.slots)
    return Compiled(statement, plan, tuple(arguments), asks_who, marks_of_absence(plan.members))
