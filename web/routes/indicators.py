"""The pages of indicators: the catalogue, the values of a cluster, entering and reviewing them."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Column, Listing, Page
from web.parameters import Filter, Order
from web.routes.asking import ADD, asks, removes, restores

VALUE: Final = "/indicator-values/{indicatorValue.id}"
ONE: Final = "/indicators/{indicator.id}"
OF_CLUSTER: Final = "/clusters/{clusterBySlug.slug}/indicators"
BY_TARGET: Final = "/clusters/{indicatorTarget.cluster.slug}/indicators"
GOAL: Final = ("baseline", "target", "dueOn")
MEANING: Final = ("definitionFa", "definitionEn")
KIND: Final = ("unit", "dimension", "level", "basis")
NUMBER: Final = ("value", "currency", "currencyUnit", "evidence", "parts")

PAGES: Final = (
    Page(
        "/indicators",
        "indicators/list",
        mark("Indicators"),
        section="indicators",
        filters=(
            Filter(
                "search",
                mark("Search"),
                ("nameFa.contains", "nameEn.contains"),
                hint=mark("Name of an indicator"),
            ),
            Filter("dimension", mark("Dimension"), ("dimension.eq",)),
            Filter("origin", mark("Origin"), ("origin.eq",)),
        ),
        orders=(Order("dimension", mark("Dimension"), "dimension"), Order("name", mark("Name"), "nameFa")),
        name_column=Column(
            "name", mark("Name"), order="name", kind="name", value="self", link="/indicators/{id}"
        ),
        columns=(
            Column(
                "dimension",
                mark("Dimension"),
                order="dimension",
                kind="term",
                enumeration="IndicatorDimension",
            ),
            Column("subject", mark("Measured for"), kind="term", enumeration="IndicatorSubject"),
            Column("unit", mark("Unit"), kind="term", enumeration="IndicatorUnit"),
            Column("origin", mark("Origin"), kind="term", enumeration="IndicatorOrigin"),
            Column("version", mark("Version of the formula"), kind="number", value="formulaVersion"),
        ),
        listing=Listing(
            mark(
                "What is measured: every indicator with its definition, its unit and the version of its formula."
            ),
            mark("No indicator fits these filters"),
            mark("Take a filter away or search for another name."),
            mark("New indicator"),
            "/indicators/new",
            "addIndicator",
        ),
    ),
    asks(
        "/indicators/new",
        "indicators/create",
        mark("New indicator"),
        to=ONE,
        back="/indicators",
        submit=ADD,
        section="indicators",
        fields=("code", "nameFa", "nameEn", *MEANING, *KIND),
        long=MEANING,
    ),
    Page("/indicators/{id}", "indicators/detail", mark("Indicator"), section="indicators"),
    asks(
        "/indicators/{id}/edit",
        "indicators/edit",
        mark("Edit the indicator"),
        to=ONE,
        section="indicators",
        fields=("nameFa", "nameEn", *MEANING, *KIND),
        long=MEANING,
        initial="indicator",
    ),
    asks(
        "/indicators/{id}/retire",
        "indicators/retire",
        mark("Ask for no more values"),
        to=ONE,
        submit=mark("Retire"),
        section="indicators",
        initial="indicator",
        consequence=mark("No more values are asked for; those on record stay."),
        grave=True,
    ),
    Page("/clusters/{slug}/indicators", "clusters/indicators", mark("Indicators"), section="clusters"),
    asks(
        "/clusters/{slug}/indicators/new",
        "indicators/enter",
        mark("New value"),
        to=VALUE,
        back=OF_CLUSTER,
        submit=ADD,
        toast=mark("The value is a draft: hand it in when its evidence is complete."),
        fields=("indicatorId", "period", *NUMBER),
        long=("evidence",),
        nodes={"indicatorId": "indicators.nodes"},
        hidden={"clusterId": "clusterBySlug.id"},
    ),
    asks(
        "/clusters/{slug}/targets/new",
        "targets/set",
        mark("Set a target"),
        to="/clusters/{indicatorTarget.cluster.slug}/indicators",
        back=OF_CLUSTER,
        toast=mark("The target is on record."),
        fields=("indicatorId", *GOAL),
        nodes={"indicatorId": "indicators.nodes"},
        hidden={"clusterId": "clusterBySlug.id"},
    ),
    asks(
        "/targets/{id}/change",
        "targets/change",
        mark("Change the target"),
        to=BY_TARGET,
        toast=mark("The target is on record."),
        fields=GOAL,
        hidden={"clusterId": "indicatorTarget.cluster.id", "indicatorId": "indicatorTarget.indicator.id"},
        initial="indicatorTarget",
    ),
    removes(
        "/targets/{id}/remove",
        "targets/remove",
        mark("Take the target off"),
        back=BY_TARGET,
        consequence=mark("Nothing is compared with this target any more; what it was stays in the history."),
    ),
    asks(
        "/projects/{id}/indicators/take",
        "indicators/take",
        mark("Keep today's values"),
        to="/clusters/{project.cluster.slug}/indicators",
        submit=mark("Keep"),
        toast=mark("What the indicators say today is kept."),
        hidden={"projectId": "project.id"},
        consequence=mark("What every computed indicator says today stays on record and never changes."),
    ),
    Page("/indicator-values/{id}", "indicators/value", mark("Value of an indicator"), section="clusters"),
    asks(
        "/indicator-values/{id}/edit",
        "indicators/change",
        mark("Edit the value"),
        to=VALUE,
        fields=NUMBER,
        long=("evidence",),
        initial="indicatorValue",
    ),
    asks(
        "/indicator-values/{id}/submit",
        "indicators/submit",
        mark("Hand the value in"),
        to=VALUE,
        submit=mark("Hand in"),
        toast=mark("The value waits for its review."),
        initial="indicatorValue",
    ),
    asks(
        "/indicator-values/{id}/return",
        "indicators/return",
        mark("Send the value back"),
        to=VALUE,
        submit=mark("Send back"),
        toast=mark("The value was sent back."),
        long=("reason",),
        initial="indicatorValue",
    ),
    asks(
        "/indicator-values/{id}/approve",
        "indicators/approve",
        mark("Approve the value"),
        to=VALUE,
        submit=mark("Approve"),
        toast=mark("The value is approved."),
        initial="indicatorValue",
        consequence=mark("An approved value never changes again; a later one may correct it."),
    ),
    asks(
        "/indicator-values/{id}/correct",
        "indicators/correct",
        mark("Correct the value"),
        to=VALUE,
        back=VALUE,
        submit=ADD,
        fields=NUMBER,
        long=("evidence",),
        hidden={
            "clusterId": "indicatorValue.cluster.id",
            "indicatorId": "indicatorValue.indicator.id",
            "period": "indicatorValue.period",
            "correctsId": "indicatorValue.id",
        },
    ),
    removes(
        "/indicator-values/{id}/remove",
        "indicators/remove",
        mark("Remove the value"),
        back="/clusters/{indicatorValue.cluster.slug}/indicators",
        consequence=mark("The value nobody approved disappears from the cluster."),
        undo="/indicator-values/{id}/restore",
    ),
    restores("/indicator-values/{id}/restore", "indicators/restore", mark("Bring the value back"), to=VALUE),
)
