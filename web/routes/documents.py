"""The pages of documents: everything attached in a cluster, attaching, correcting, removing."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page
from web.routes.asking import removes, restores

_SAID: Final = ("kind", "titleFa", "titleEn", "language", "datedOn")
_LIST: Final = "/clusters/{document.cluster.slug}/documents"

PAGES: Final = (
    Page("/clusters/{slug}/documents", "clusters/documents", mark("Documents"), section="clusters"),
    Page(
        "/documents/new",
        "documents/attach",
        mark("Attach a document"),
        section="clusters",
        form=Form(
            submit=mark("Attach"),
            toast=mark("The document is attached."),
            done=_LIST,
            back="/clusters",
            fields=("uploadId", *_SAID),
            file="uploadId",
            given=("ownerId",),
        ),
    ),
    Page(
        "/documents/{id}/edit",
        "documents/edit",
        mark("Edit the document"),
        section="clusters",
        form=Form(
            submit=mark("Save"),
            toast=mark("Saved."),
            done=_LIST,
            back=_LIST,
            fields=_SAID,
            initial="document",
        ),
    ),
    removes(
        "/documents/{id}/remove",
        "documents/remove",
        mark("Remove the document"),
        back=_LIST,
        consequence=mark(
            "The document is no longer shown here; it can be brought back from the removed things."
        ),
        undo="/documents/{id}/restore",
    ),
    restores("/documents/{id}/restore", "documents/restore", mark("Bring the document back"), to=_LIST),
)
