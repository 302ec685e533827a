"""Agencies' own documents that travel with events: which variables they have, whether one is usable, its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

import orjson
from graphql import GraphQLError, OperationType

from schema.identity import global_id
from schema.unusable import Unusable
from schema.viewers import Viewer
from schema.vocabulary import TokenScope, UserRole
from services.document_answer import DocumentAnswer
from services.graphql.exchange import GraphQLRequest
from services.graphql.failures import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphql.language import OperationDefinitionNode

    from services.graphql.engine import Engine

VARIABLES: Final = ("event", "subject", "cluster", "project", "type", "phase")
"""What is known of an event and may be used as a variable; cluster, project and phase may be null."""

_NOBODY: Final = UUID(int=0)
_SAMPLE: Final[Mapping[str, object]] = {
    "event": global_id("Event", _NOBODY),
    "subject": global_id("Phase", _NOBODY),
    "cluster": global_id("Cluster", _NOBODY),
    "project": global_id("ClusterProject", _NOBODY),
    "type": "phase.completed",
    "phase": "DIAGNOSTIC_STUDY",
}
_ONLY_QUERIES: Final = Unusable(
    "تنها یک query پذیرفته است؛ این سند چیزی را تغییر می‌دهد یا دنبال می‌کند.",
    "only a query is accepted: this document changes or follows something.",
)


def unusable_document(
    examine: Callable[[GraphQLRequest, Viewer], OperationDefinitionNode],
    document: str | None,
    agency_id: UUID,
) -> Unusable | None:
    """Return why a document could not travel with events, found out as far as that needs no database."""
    if not document:
        return None
    try:
        operation = examine(GraphQLRequest(document, None, _SAMPLE), _agency(agency_id))
    except Refused as refused:
        said = str(refused)
    except GraphQLError as error:
        said = error.message
    else:
        if operation.operation is not OperationType.QUERY:
            return _ONLY_QUERIES
        names = [part.variable.name.value for part in operation.variable_definitions or ()]
        return next((_unknown(name) for name in names if name not in VARIABLES), None)
    return Unusable(
        f"سند GraphQL پذیرفته نشد: {said[:200]}", f"the GraphQL document is refused: {said[:200]}"
    )


async def answer_in_scope(
    engine: Engine, viewer: Viewer, document: str, variables: Mapping[str, object]
) -> DocumentAnswer:
    """Execute a document in an agency's scope; whatever fails is told and never raised."""
    response = await engine.execute(GraphQLRequest(document, None, variables), viewer, allow_mutation=False)
    body = orjson.loads(response.body)
    if "errors" not in body:
        return DocumentAnswer(body["data"])
    error = body["errors"][0]
    code = error.get("extensions", {}).get("code")
    return DocumentAnswer(problem=str(error["message"]), passing=code in {"UNAVAILABLE", "RATE_LIMITED"})


def _unknown(name: str) -> Unusable:
    known = ", ".join(f"${one}" for one in VARIABLES)
    return Unusable(
        f"متغیر ${name[:60]} در کار نیست؛ از این‌ها یکی را به کار ببرید: {known}",
        f"nothing fills ${name[:60]}: use {known}",
    )


def _agency(agency_id: UUID) -> Viewer:
    return Viewer(
        role=UserRole.PARTNER_AGENCY,
        actor=global_id("PartnerAgency", agency_id),
        language="en",
        agency_id=agency_id,
        scopes=frozenset({TokenScope.READ}),
    )
