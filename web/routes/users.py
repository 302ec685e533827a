"""The pages of people: who signs in, with which role, and what each role may do."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Bulk, Column, Listing, Page
from web.parameters import Filter, Order

ONE: Final = "/users/{user.id}"

PAGES: Final = (
    Page(
        "/users",
        "users/list",
        mark("Users"),
        section="users",
        filters=(
            Filter(
                "search", mark("Search"), ("name.contains", "email.contains"), hint=mark("Name or e-mail")
            ),
            Filter("role", mark("Role"), ("role.eq",)),
            Filter("province", mark("Province"), ("provinces.isoCode.eq",), options="provinces.isoCode"),
            Filter("disabled", mark("Kept out"), ("disabledAt.isNull",), words=("false", "true")),
            Filter(
                "returned", mark("Letters come back"), ("mailReturnedAt.isNull",), words=("false", "true")
            ),
        ),
        orders=(
            Order("name", mark("Name"), "name"),
            Order("email", mark("E-mail address"), "email"),
            Order("role", mark("Role"), "role"),
            Order("created", mark("Entered"), "createdAt"),
        ),
        name_column=Column("name", mark("Name"), order="name", link="/users/{id}"),
        columns=(
            Column("email", mark("E-mail address"), order="email", kind="code"),
            Column("role", mark("Role"), order="role", kind="term", enumeration="UserRole"),
            Column("provinces", mark("Provinces"), kind="names", value="provinces.nodes"),
            Column("disabled", mark("Kept out since"), kind="moment", value="disabledAt"),
            Column(
                "returned", mark("Letters come back"), kind="moment", value="mailReturnedAt", at_first=False
            ),
            Column(
                "created", mark("Entered"), order="created", kind="moment", value="createdAt", at_first=False
            ),
        ),
        bulk=(
            Bulk("users/disable", "disableUser", mark("Keep all of them out")),
            Bulk("users/enable", "enableUser", mark("Let all of them in again")),
        ),
        listing=Listing(
            mark("Who signs in, with which role and for which provinces."),
            mark("There is no user yet"),
            mark("Let somebody in: an address, a role and the provinces it is for."),
            add=mark("New user"),
            add_path="/users/new",
            add_action="createUser",
        ),
    ),
    Page("/roles", "roles/list", mark("Roles"), section="roles"),
    Page(
        "/users/new",
        "users/create",
        mark("New user"),
        section="users",
        form=Form(
            submit=mark("Let in"),
            toast=mark("The user was let in."),
            done=ONE,
            back="/users",
            fields=("name", "email", "role", "language", "provinceIds", "clusterIds"),
            references={"clusterIds": "clusters"},
            nodes={"provinceIds": "provinces.nodes"},
        ),
    ),
    Page("/users/{id}", "users/detail", mark("User"), section="users"),
    Page(
        "/users/{id}/edit",
        "users/edit",
        mark("Edit the user"),
        section="users",
        form=Form(
            submit=mark("Save"),
            toast=mark("The changes were saved."),
            done=ONE,
            back=ONE,
            fields=("name", "role", "provinceIds", "clusterIds"),
            references={"clusterIds": "clusters"},
            nodes={"provinceIds": "provinces.nodes"},
            initial="user",
            consequence=mark("Another role ends every session and every token of this person."),
        ),
    ),
    Page(
        "/users/{id}/letter",
        "users/letter",
        mark("Send a letter to sign in"),
        section="users",
        form=Form(
            submit=mark("Send the letter"),
            toast=mark("The letter is on its way."),
            done=ONE,
            back=ONE,
            initial="user",
        ),
    ),
    Page(
        "/users/{id}/disable",
        "users/disable",
        mark("Keep the user out"),
        section="users",
        form=Form(
            submit=mark("Keep out"),
            toast=mark("The user can no longer sign in."),
            done=ONE,
            back=ONE,
            initial="user",
            consequence=mark("Every session and every token of this person ends at once."),
            grave=True,
        ),
    ),
    Page(
        "/users/{id}/enable",
        "users/enable",
        mark("Let the user in again"),
        section="users",
        form=Form(
            submit=mark("Let in again"),
            toast=mark("The user can sign in again."),
            done=ONE,
            back=ONE,
            initial="user",
        ),
    ),
)
