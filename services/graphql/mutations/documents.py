"""The mutations of documents: attach a file that was sent, correct what is said about it, remove, restore."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.documents import rows, rules
from schema.documents.owners import OWNERS
from schema.identity import UnusableId, read_global_id
from schema.vocabulary import DocumentKind, InterfaceLanguage
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation
from services.graphql.mutations.write import Write, absent

if TYPE_CHECKING:
    from schema.decision import Decision

_SAID = ("kind", "title_fa", "title_en", "language", "dated_on")


@strawberry.input(description="Which file is attached to what, and what it is.")
class AttachDocumentInput(Command):
    """A file that was sent by `POST /documents`."""

    owner_id: strawberry.ID = strawberry.field(
        description=(
            "What it is attached to: a cluster, study, plan version, meeting, hand-over step, gate, sub-project,"
            " trust activity, supervision visit or network."
        )
    )
    upload_id: strawberry.ID = strawberry.field(
        description="The file that was sent: PDF, picture, Office or ODF document, CSV or plain text."
    )
    kind: DocumentKind = strawberry.field(description="What it is.")
    title_fa: str = strawberry.field(description="The title, in Persian.")
    title_en: str | None = strawberry.field(default=None, description="The title, in English.")
    language: InterfaceLanguage | None = strawberry.field(
        default=None, description="The language it is written in."
    )
    dated_on: datetime.date | None = strawberry.field(default=None, description="The date it bears.")


@mutation("Document")
async def attach_document(write: Write, input: AttachDocumentInput) -> Decision:  # noqa: A002 - the API's word
    """Attach a file that was sent before; only its sender can, and once."""
    owner = await write.facts(rows.HOMES[_entity_of(input.owner_id)], input.owner_id, path="ownerId")
    upload = await write.facts(rows.UPLOAD, input.upload_id, path="uploadId")
    sender = rules.Sender(write.viewer.role, write.viewer.actor, datetime.datetime.now(datetime.UTC))
    return rules.attach(
        owner, upload, input.given(*_SAID), sender=sender, today=write.today, document_id=write.new_id()
    )


@strawberry.input(description="What can be corrected about a document.")
class EditDocumentInput(Command):
    """What is said about a document; the file itself never changes."""

    id: strawberry.ID = strawberry.field(description="The document.")
    kind: DocumentKind | None = strawberry.field(default=strawberry.UNSET, description="What it is.")
    title_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The title, in Persian.")
    title_en: str | None = strawberry.field(default=strawberry.UNSET, description="The title, in English.")
    language: InterfaceLanguage | None = strawberry.field(
        default=strawberry.UNSET, description="The language it is written in."
    )
    dated_on: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="The date it bears."
    )


@mutation("Document")
async def edit_document(write: Write, input: EditDocumentInput) -> Decision:  # noqa: A002 - the API's word
    """Correct what is said about a document that is not yet part of something approved."""
    document = await write.facts(rows.DOCUMENT, input.id)
    return rules.edit(document, input.given(*_SAID), by=write.viewer.role, today=write.today)


@strawberry.input(description="Which document is taken off.")
class RemoveDocumentInput(Command):
    """A document that is not yet part of something approved."""

    id: strawberry.ID = strawberry.field(description="The document.")


@mutation("Document")
async def remove_document(write: Write, input: RemoveDocumentInput) -> Decision:  # noqa: A002 - the API's word
    """Take a document off; what lies with something approved stays on record."""
    return rules.remove(await write.facts(rows.DOCUMENT, input.id), by=write.viewer.role)


@strawberry.input(description="Which document is brought back.")
class RestoreDocumentInput(Command):
    """A document that was removed."""

    id: strawberry.ID = strawberry.field(description="The document.")


@mutation("Document")
async def restore_document(write: Write, input: RestoreDocumentInput) -> Decision:  # noqa: A002 - the API's word
    """Bring a removed document back."""
    document = await write.facts(rows.DOCUMENT, input.id, removed=True)
    return rules.restore(document, by=write.viewer.role)


def _entity_of(given: str) -> str:
    """Read the type out of the owner's id; what takes no documents is as good as absent."""
    try:
        entity = read_global_id(str(given))[0]
    except UnusableId:
        raise absent("ownerId") from None
    if entity not in OWNERS:
        raise absent("ownerId")
    return entity
