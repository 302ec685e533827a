"""What may happen to a document: attached, corrected, removed while nothing was approved with it, restored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from schema.access import ACTIONS
from schema.decision import (
    Accepted,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Remove,
    Update,
    permission,
)
from schema.documents.owners import OWNERS, OwnerType
from schema.entries import emptied
from schema.problems import ProblemCode
from schema.vocabulary import UserRole

_NEVER_EMPTY: Final = ("kind", "title_fa")


@dataclass(frozen=True, slots=True)
class OwnerFacts:
    """What the rules need to know of the thing a document is attached to."""

    id: UUID
    cluster_id: UUID
    entity: OwnerType


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """A file that has arrived and was found to be what it claims."""

    id: UUID
    file_name: str
    media_type: str
    size: int
    sha256: str
    attached_at: datetime | None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the rules need to know of a document and of the thing it lies with."""

    id: UUID
    entity: OwnerType
    settled: bool
    owner_removed: bool


@dataclass(frozen=True, slots=True)
class Sender:
    """Who attaches a file, and when."""

    role: UserRole
    actor: str
    now: datetime


def attach(
    owner: OwnerFacts,
    upload: UploadFacts,
    values: Mapping[str, object],
    *,
    sender: Sender,
    today: date,
    document_id: UUID,
) -> Decision:
    """Attach a file that was sent before; the same file is attached once."""
    problems = [*_out_of_hand(owner.entity, sender.role, "ownerId"), *emptied(values, *_NEVER_EMPTY)]
    problems += _dated(values, today)
    if upload.attached_at is not None:
        problems.append(Problem(ProblemCode.UPLOAD_ATTACHED, ("uploadId",)))
    if problems:
        return Refused(tuple(problems))
    column = OWNERS[owner.entity].column
    row = {
        **values,
        "cluster_id": owner.cluster_id,
        **({column: owner.id} if column else {}),
        "upload_id": upload.id,
        "file_name": upload.file_name,
        "media_type": upload.media_type,
        "size": upload.size,
        "sha256": upload.sha256,
        "uploaded_by": sender.actor,
    }
    return Accepted(
        ("Document", document_id),
        (Create("Document", document_id, row), Update("Upload", upload.id, {"attached_at": sender.now})),
    )


def edit(document: DocumentFacts, values: Mapping[str, object], *, by: UserRole, today: date) -> Decision:
    """Correct what is said about a document; the file itself never changes."""
    problems = [
        *_out_of_hand(document.entity, by, "id"),
        *_settled(document),
        *emptied(values, *_NEVER_EMPTY),
        *_dated(values, today),
    ]
    if problems:
        return Refused(tuple(problems))
    return Accepted(("Document", document.id), (Update("Document", document.id, values),))


def remove(document: DocumentFacts, *, by: UserRole) -> Decision:
    """Take a document off; what lies with something approved stays on record."""
    problems = [*_out_of_hand(document.entity, by, "id"), *_settled(document)]
    if problems:
        return Refused(tuple(problems))
    return Accepted(("Document", document.id), (Remove("Document", document.id),))


def restore(document: DocumentFacts, *, by: UserRole) -> Decision:
    """Bring a removed document back, with the thing it lies with."""
    problems = _out_of_hand(document.entity, by, "id")
    if document.owner_removed:
        problems.append(Problem(ProblemCode.PART_OF_REMOVED))
    if problems:
        return Refused(tuple(problems))
    return Accepted(("Document", document.id), (Update("Document", document.id, {"deleted_at": None}),))


def permitted_on_owner(owner: OwnerFacts, *, today: date) -> tuple[Permission, ...]:
    """Say whether a document can be attached: at any time, by whoever may record the thing itself."""
    del today
    return (Permission("attachDocument", allowed=True, like=OWNERS[owner.entity].action),)


def permitted(document: DocumentFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a document; the roles are those of what it lies with."""
    like = OWNERS[document.entity].action
    anybody = UserRole.NATIONAL_ADMINISTRATOR
    return (
        permission("editDocument", edit(document, {}, by=anybody, today=today), like=like),
        permission("removeDocument", remove(document, by=anybody), like=like),
    )


def _out_of_hand(entity: OwnerType, by: UserRole, path: str) -> list[Problem]:
    if by in ACTIONS[OWNERS[entity].action]:
        return []
    return [Problem(ProblemCode.NOT_ALLOWED, (path,))]


def _settled(document: DocumentFacts) -> tuple[Problem, ...]:
    return (Problem(ProblemCode.DOCUMENT_ON_RECORD),) if document.settled else ()


def _dated(values: Mapping[str, object], today: date) -> tuple[Problem, ...]:
    day = values.get("dated_on")
    if isinstance(day, date) and day > today:
        return (Problem(ProblemCode.IN_FUTURE, ("datedOn",), {"date": day}),)
    return ()
