"""The pages of the reader's own account: how to read, where signed in."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page

PAGES: Final = (
    Page("/profile", "accounts/detail", mark("My account"), section="profile"),
    Page(
        "/profile/edit",
        "accounts/edit",
        mark("How I read"),
        section="profile",
        form=Form(
            submit=mark("Save"),
            toast=mark("The changes were saved."),
            done="/profile",
            back="/profile",
            fields=("name", "language", "calendar", "digits"),
            initial="viewer",
            reading="user",
        ),
    ),
    Page(
        "/sessions/{id}/revoke",
        "sessions/revoke",
        mark("End the session"),
        section="profile",
        form=Form(
            submit=mark("End it"),
            toast=mark("The session has ended."),
            done="/profile",
            back="/profile",
            initial="userSession",
            consequence=mark("Whoever uses this browser has to sign in again."),
            grave=True,
            returns=True,
        ),
    ),
)
