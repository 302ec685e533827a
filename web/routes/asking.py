"""Declare, in few words, the many pages that are one form for one mutation."""

from __future__ import annotations

from typing import Any, Final

from web.forms import Form
from web.localisation import mark
from web.page import Page

SAVED: Final = mark("The changes were saved.")
REMOVED: Final = mark("It was removed.")
RESTORED: Final = mark("It is back.")
SAVE: Final = mark("Save")
ADD: Final = mark("Add")
REMOVE: Final = mark("Remove")
RESTORE: Final = mark("Bring back")


def asks(  # noqa: PLR0913 - the parts of a form
    path: str,
    document: str,
    title: str,
    *,
    to: str,
    back: str = "",
    submit: str = SAVE,
    toast: str = SAVED,
    section: str = "clusters",
    fields: tuple[str, ...] = (),
    **more: Any,  # noqa: ANN401 - whatever a form declares besides
) -> Page:
    """Return a page with a form; `to` is where it leads, and where one goes back to unless told otherwise."""
    form = Form(toast=toast, done=to, back=back or to, submit=submit, fields=fields, **more)
    return Page(path, document, title, section=section, form=form)


def removes(path: str, document: str, title: str, *, back: str, consequence: str, undo: str = "") -> Page:
    """Return a page that removes something after naming the consequence; it leads back where one came from."""
    about = back.partition("{")[2].partition(".")[0]
    return asks(
        path, document, title, to="", back=back, submit=REMOVE, toast=REMOVED, consequence=consequence,
        grave=True, undo=undo, initial=about,
    )  # fmt: skip


def restores(path: str, document: str, title: str, *, to: str, section: str = "clusters") -> Page:
    """Return a page that brings something back that was removed."""
    return asks(path, document, title, to=to, back="/", submit=RESTORE, toast=RESTORED, section=section)
