"""The open list of sub-project types: what administrators add to the source's own (R44)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schema.decision import Accepted, Create, Decision, Permission, Refused, Update, permission, refuse
from schema.entries import emptied
from schema.problems import ProblemCode


@dataclass(frozen=True, slots=True)
class AddedTypeFacts:
    """A type on the open list."""

    id: UUID
    retired_on: date | None


def add_type(values: Mapping[str, object], *, new_id: Callable[[], UUID]) -> Decision:
    """Add a type to the open list."""
    if problems := emptied(values, "name_fa", "name_en"):
        return Refused(problems)
    type_id = new_id()
    return Accepted(
        ("AdditionalSubProjectType", type_id), (Create("AdditionalSubProjectType", type_id, values),)
    )


def edit_type(added: AddedTypeFacts, values: Mapping[str, object]) -> Decision:
    """Correct the names of a type."""
    if problems := emptied(values, "name_fa", "name_en"):
        return Refused(problems)
    return Accepted(
        ("AdditionalSubProjectType", added.id), (Update("AdditionalSubProjectType", added.id, values),)
    )


def retire_type(added: AddedTypeFacts, *, on: date) -> Decision:
    """Offer a type no longer; sub-projects that have it keep it."""
    if added.retired_on is not None:
        return refuse(ProblemCode.TYPE_RETIRED, on=added.retired_on)
    changed = {"retired_on": on}
    return Accepted(
        ("AdditionalSubProjectType", added.id), (Update("AdditionalSubProjectType", added.id, changed),)
    )


def permitted_of_type(added: AddedTypeFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a type today."""
    return (
        permission("editSubProjectType", edit_type(added, {})),
        permission("retireSubProjectType", retire_type(added, on=today)),
    )
