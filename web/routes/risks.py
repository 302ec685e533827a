"""The pages of risks and issues: the list, and each from being raised to being closed."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Column, Listing, Page
from web.parameters import Filter, Order
from web.routes.asking import ADD, asks, removes, restores

ONE: Final = "/risks/{risk.id}"
RESPONSE: Final = ("responseFa", "responseEn")
WEIGHED: Final = ("kind", "titleFa", "titleEn", "likelihood", "impact", *RESPONSE)

PAGES: Final = (
    Page(
        "/risks",
        "risks/list",
        mark("Risks and issues"),
        section="risks",
        filters=(
            Filter(
                "search",
                mark("Search"),
                ("titleFa.contains", "titleEn.contains"),
                hint=mark("What the risk is about"),
            ),
            Filter(
                "province", mark("Province"), ("cluster.province.isoCode.eq",), options="provinces.isoCode"
            ),
            Filter("status", mark("State"), ("status.eq",)),
            Filter("kind", mark("Kind"), ("kind.eq",)),
        ),
        orders=(
            Order("exposure", mark("Exposure"), "exposure", last_first=True),
            Order("raised", mark("Raised on"), "raisedOn"),
        ),
        name_column=Column("title", mark("Title"), kind="name", value="self", link="/risks/{id}"),
        columns=(
            Column("status", mark("State"), kind="term", enumeration="RiskStatus"),
            Column("kind", mark("Kind"), kind="term", enumeration="RiskKind"),
            Column("exposure", mark("Exposure"), order="exposure", kind="number"),
            Column("likelihood", mark("Likelihood"), kind="number", at_first=False),
            Column("impact", mark("Impact"), kind="number", at_first=False),
            Column(
                "subProject",
                mark("Sub-project"),
                kind="name",
                link="/sub-projects/{subProject.id}",
            ),
            Column("cluster", mark("Cluster"), kind="name", link="/clusters/{cluster.slug}"),
            Column("province", mark("Province"), kind="name", value="cluster.province", at_first=False),
            Column("raised", mark("Raised on"), order="raised", kind="date", value="raisedOn"),
            Column("closed", mark("Closed on"), kind="date", value="closedOn", at_first=False),
        ),
        listing=Listing(
            mark("What may go wrong with sub-projects, or already has, the heaviest first."),
            mark("No risk is on record"),
            mark("Risks and issues are raised on the page of their sub-project."),
        ),
    ),
    asks(
        "/sub-projects/{id}/risks/new",
        "risks/raise",
        mark("Raise a risk or an issue"),
        to=ONE,
        back="/sub-projects/{subProject.id}",
        submit=ADD,
        toast=mark("The risk is on record."),
        fields=(*WEIGHED, "on"),
        long=RESPONSE,
        hidden={"subProjectId": "subProject.id"},
    ),
    Page("/risks/{id}", "risks/detail", mark("Risk or issue"), section="risks"),
    asks(
        "/risks/{id}/edit",
        "risks/edit",
        mark("Weigh the risk anew"),
        to=ONE,
        fields=WEIGHED,
        long=RESPONSE,
        initial="risk",
    ),
    asks(
        "/risks/{id}/mitigate",
        "risks/mitigate",
        mark("The response holds the risk down"),
        to=ONE,
        toast=mark("The risk is held down."),
        fields=("responseFa",),
        long=RESPONSE,
        initial="risk",
    ),
    asks(
        "/risks/{id}/close",
        "risks/close",
        mark("Close the risk"),
        to=ONE,
        submit=mark("Close the risk"),
        toast=mark("The risk is closed."),
        fields=("reason", "on"),
        long=("reason",),
        initial="risk",
    ),
    asks(
        "/risks/{id}/reopen",
        "risks/reopen",
        mark("Open the risk again"),
        to=ONE,
        submit=mark("Open again"),
        toast=mark("The risk is open again."),
        initial="risk",
    ),
    removes(
        "/risks/{id}/remove",
        "risks/remove",
        mark("Remove the risk"),
        back="/sub-projects/{risk.subProject.id}",
        consequence=mark("The risk disappears from the sub-project; one that came true is closed instead."),
        undo="/risks/{id}/restore",
    ),
    restores("/risks/{id}/restore", "risks/restore", mark("Bring the risk back"), to=ONE),
)
