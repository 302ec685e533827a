"""What a rule answers: accepted with its changes and events, or refused with its problems.

A rule is a pure function of facts. It returns plain data; `services/graphql/mutations/apply.py`
is the only reader that turns accepted decisions into rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from schema.events import EventType
    from schema.problems import ProblemCode


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why something is refused (or, as a warning, remarkable).

    `path` names the input field that the user can mend, `values` fill the message's blanks.
    """

    code: ProblemCode
    path: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Create:
    """A row to insert: the public type's name, its new id and its values by column."""

    entity: str
    id: UUID
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Update:
    """Values to set on an existing row; `revision` rises by itself.

    One that only `follows` from the other changes is not made when none of them changes anything.
    """

    entity: str
    id: UUID
    values: Mapping[str, object]
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Remove:
    """A soft deletion: the row stays, is no longer visible and can be restored."""

    entity: str
    id: UUID


Change = Create | Update | Remove


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, in the words of domain section 4.4; it carries no personal data.

    `subject` is the (public type, id) it happened to. Cluster, project and province are
    completed by `apply` from the locked cluster.
    """

    type: EventType
    subject: tuple[str, UUID]
    project_id: UUID | None = None
    phase_code: str | None = None
    payload: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The rule allows it: these rows change and these events are written, together or not at all.

    `result` is the (public type, id) that the mutation's payload shows.
    """

    result: tuple[str, UUID]
    changes: tuple[Change, ...]
    events: tuple[Event, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The rule forbids it, for these reasons; nothing changes."""

    problems: tuple[Problem, ...]


Decision = Accepted | Refused


def refuse(code: ProblemCode, *path: str, **values: object) -> Refused:
    """Refuse for a single reason."""
    return Refused((Problem(code, path, values),))


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether an action is open now, and if not, why: the answer to `permittedActions`.

    Whoever may not do what it is `like` may not do this either.
    """

    action: str
    allowed: bool
    reasons: tuple[Problem, ...] = ()
    like: str | None = None


def permission(action: str, decision: Decision, *, like: str | None = None) -> Permission:
    """Ask a rule beforehand: the same function that will decide tells whether it would refuse.

    `like` names another action whose roles are asked for as well.
    """
    if isinstance(decision, Refused):
        return Permission(action, allowed=False, reasons=decision.problems, like=like)
    return Permission(action, allowed=True, reasons=decision.warnings, like=like)
