"""The pages of saved views: the views of a list, keeping one, removing one."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page

PAGES: Final = (
    Page("/views", "views/list", mark("Saved views"), section="views"),
    Page(
        "/views/new",
        "views/create",
        mark("Keep what is shown now"),
        section="views",
        form=Form(
            submit=mark("Keep"),
            toast=mark("The view is kept under its name."),
            done="/",
            back="/",
            fields=("name", "sharedWith"),
            given=("address",),
            returns=True,
        ),
    ),
    Page(
        "/views/{id}/remove",
        "views/remove",
        mark("Remove the view"),
        section="views",
        form=Form(
            submit=mark("Remove"),
            toast=mark("The view was removed."),
            done="/",
            back="/",
            initial="savedView",
            returns=True,
        ),
    ),
)
