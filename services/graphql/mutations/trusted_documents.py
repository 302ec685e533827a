"""The mutations of trusted documents: registering one, taking it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import strawberry

from schema.agencies import documents as rules
from schema.agencies import rows
from schema.agencies.documents import Examined
from schema.decision import Decision, refuse
from schema.identity import global_id
from schema.problems import ProblemCode
from schema.unusable import Unusable
from services.graphql.failures import Refused
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation
from services.graphql.trusted import digest_of

if TYPE_CHECKING:
    from schema.viewers import Viewer
    from services.graphql.engine import Engine
    from services.graphql.mutations.write import Write


@strawberry.input(description="A document to be sent by its SHA-256 alone.")
class RegisterTrustedDocumentInput(Command):
    """The document, exactly as it hashes."""

    query: str = strawberry.field(
        description="The whole text, taken as it is; it must be valid and within limits."
    )
    name: str | None = strawberry.field(default=None, description="What it is for, to recognise it later.")
    partner_agency_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whose it is; the agency that asks, unless given."
    )


@strawberry.input(description="A registered document to take away.")
class RemoveTrustedDocumentInput(Command):
    """Which document."""

    id: strawberry.ID = strawberry.field(description="The document.")


async def _examine(engine: Engine, _viewer: Viewer, given: RegisterTrustedDocumentInput) -> Examined:
    """Parse, measure and validate the document as if it were to be executed."""
    digest = digest_of(given.query)
    try:
        engine.documents.prepare(given.query, engine.limits.document)
    except Refused as refused:
        words = str(refused)
        return Examined(given.query, digest, Unusable(f"سند اجرا‌شدنی نیست ({words}).", words))
    return Examined(given.query, digest)


@mutation("TrustedDocument", beforehand=_examine)
async def register_trusted_document(write: Write, input: RegisterTrustedDocumentInput) -> Decision:  # noqa: A002 - the name in the API
    """Register a document; from then on its SHA-256 (`digest`) is sent instead of its text."""
    given = input.partner_agency_id or (
        global_id("PartnerAgency", write.viewer.agency_id) if write.viewer.agency_id else None
    )
    document = write.prepared
    if given is None or not isinstance(document, Examined):
        return refuse(ProblemCode.REQUIRED, "partnerAgencyId")
    agency = await write.facts(rows.REGISTRAR, given, "partnerAgencyId")
    registered = await write.transaction.connection.fetchval(
        "select id from trusted_document where agency_id = $1 and digest = $2 and deleted_at is null",
        agency.id, document.digest,
    )  # fmt: skip
    return rules.register(
        agency, document, registered=registered, document_id=write.new_id(), name=input.name
    )


@mutation("TrustedDocument")
async def remove_trusted_document(write: Write, input: RemoveTrustedDocumentInput) -> Decision:  # noqa: A002 - as above
    """Take a registered document away; within seconds its digest is refused."""
    return rules.remove(await write.facts(rows.TRUSTED_DOCUMENT, input.id))
