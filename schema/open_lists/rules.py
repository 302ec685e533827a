"""What may happen to a type that administrators add to an open list of the source (R18, R44)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schema.decision import (
    Accepted,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Update,
    permission,
    refuse,
)
from schema.entries import emptied
from schema.problems import ProblemCode


@dataclass(frozen=True, slots=True)
class AddedType:
    """A type that administrators added to an open list."""

    id: UUID
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class OpenList:
    """One open list: the entity of its added types, and the word for one of them in the names of mutations."""

    entity: str
    word: str

    def add(self, values: Mapping[str, object], *, new_id: Callable[[], UUID]) -> Decision:
        """Add a type to the list."""
        if problems := emptied(values, "name_fa", "name_en"):
            return Refused(problems)
        type_id = new_id()
        return Accepted((self.entity, type_id), (Create(self.entity, type_id, values),))

    def edit(self, added: AddedType, values: Mapping[str, object]) -> Decision:
        """Correct the names of a type."""
        if problems := emptied(values, "name_fa", "name_en"):
            return Refused(problems)
        return Accepted((self.entity, added.id), (Update(self.entity, added.id, values),))

    def retire(self, added: AddedType, *, on: date) -> Decision:
        """Offer a type no longer; what has it keeps it."""
        if added.retired_on is not None:
            return refuse(ProblemCode.TYPE_RETIRED, on=added.retired_on)
        return Accepted((self.entity, added.id), (Update(self.entity, added.id, {"retired_on": on}),))

    def permitted(self, added: AddedType, *, today: date) -> tuple[Permission, ...]:
        """Say what is open on a type today."""
        return (
            permission(f"edit{self.word}", self.edit(added, {})),
            permission(f"retire{self.word}", self.retire(added, on=today)),
        )


SUB_PROJECT_TYPES = OpenList("AdditionalSubProjectType", "SubProjectType")
TRUST_ACTIVITY_TYPES = OpenList("AdditionalTrustActivityType", "TrustActivityType")


def unlisted(
    added: AddedType | None, *, listed_as_other: bool, kept_id: UUID | None = None
) -> tuple[Problem, ...]:
    """Say why an added type cannot be chosen: only OTHER has one, and a retired one is only kept (`kept_id`)."""
    if added is None:
        return ()
    problems: list[Problem] = []
    if not listed_as_other:
        problems.append(Problem(ProblemCode.NOT_OF_THE_OPEN_LIST, ("additionalTypeId",)))
    if added.retired_on is not None and added.id != kept_id:
        problems.append(Problem(ProblemCode.TYPE_RETIRED, ("additionalTypeId",), {"on": added.retired_on}))
    return tuple(problems)
