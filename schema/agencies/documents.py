"""When an agency may register a document to be sent by its SHA-256 alone."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from schema.decision import Accepted, Create, Decision, Problem, Refused, Remove
from schema.problems import ProblemCode
from schema.unusable import Unusable

MOST_DOCUMENTS: Final = 500
"""Documents one agency may have registered at the same time."""


@dataclass(frozen=True, slots=True)
class Registrar:
    """What the rules need to know of the agency whose document it is."""

    id: UUID
    documents: int = 0


@dataclass(frozen=True, slots=True)
class TrustedDocumentFacts:
    """What the rules need to know of a registered document."""

    id: UUID


@dataclass(frozen=True, slots=True)
class Examined:
    """A document as it was sent: its text and digest, and why it could not be executed, if it could not."""

    query: str
    digest: str
    fault: Unusable | None = None


def register(
    agency: Registrar, document: Examined, *, registered: UUID | None, document_id: UUID, name: str | None
) -> Decision:
    """Register a document; the same one again is the one that is there."""
    if registered is not None:
        return Accepted(("TrustedDocument", registered), ())
    problems: list[Problem] = []
    if document.fault is not None:
        problems.append(Problem(ProblemCode.INVALID, ("query",), {"reason": document.fault}))
    if agency.documents >= MOST_DOCUMENTS:
        problems.append(Problem(ProblemCode.DOCUMENTS_FULL, ("query",), {"limit": MOST_DOCUMENTS}))
    if problems:
        return Refused(tuple(problems))
    values = {"agency_id": agency.id, "digest": document.digest, "query": document.query, "name": name}
    return Accepted(("TrustedDocument", document_id), (Create("TrustedDocument", document_id, values),))


def remove(document: TrustedDocumentFacts) -> Decision:
    """Take a registered document away."""
    return Accepted(("TrustedDocument", document.id), (Remove("TrustedDocument", document.id),))
