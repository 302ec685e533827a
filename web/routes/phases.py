"""The pages of phases: all of them, plan, start, complete."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Column, Listing, Page
from web.parameters import Filter, Order
from web.routes.asking import asks
from web.routes.country import BY_CLUSTER, IN_PROVINCE, PROVINCE, TRY_ANOTHER, search

PAGES: Final = (
    Page(
        "/phases",
        "phases/list",
        mark("Phases"),
        section="phases",
        filters=(
            search(mark("Name of a cluster")),
            PROVINCE,
            Filter("code", mark("Phase"), ("code.eq",)),
            Filter("status", mark("State"), ("status.eq",)),
            Filter("health", mark("Health"), ("health.in",)),
        ),
        orders=(
            Order("end", mark("Ends at the latest"), "windowEnd"),
            BY_CLUSTER,
            Order("start", mark("From"), "actualStart"),
        ),
        name_column=Column(
            "name",
            mark("Cluster"),
            order="cluster",
            kind="name",
            value="cluster",
            link="/clusters/{cluster.slug}",
        ),
        columns=(
            Column("code", mark("Phase"), kind="term", enumeration="PhaseCode"),
            IN_PROVINCE,
            Column("status", mark("State"), kind="term", enumeration="PhaseStatus"),
            Column("health", mark("Health"), kind="term", enumeration="Health"),
            Column("end", mark("Ends at the latest"), order="end", kind="date", value="windowEnd"),
            Column("left", mark("Days left"), kind="number", value="daysLeft"),
            Column("progress", mark("Progress"), kind="percent"),
            Column(
                "start",
                mark("From"),
                order="start",
                kind="date",
                value="actualStart|plannedStart",
                at_first=False,
            ),
            Column("ended", mark("Ended"), kind="date", value="actualEnd", at_first=False),
        ),
        listing=Listing(
            mark("Every phase of every project within your reach; what must end first stands first."),
            mark("There is no phase yet"),
            TRY_ANOTHER,
        ),
    ),
    Page(
        "/gates/{id}/meet",
        "phases/gate",
        mark("Pass the gate"),
        section="clusters",
        form=Form(
            submit=mark("Save"),
            toast=mark("The gate is passed."),
            done="/clusters/{phaseGate.cluster.slug}",
            back="/clusters/{gate.cluster.slug}",
            fields=("evidence", "decidedBy", "on"),
            long=("evidence",),
            initial="gate",
            undo="/gates/{id}/reopen",
        ),
    ),
    asks(
        "/gates/{id}/reopen",
        "phases/reopen",
        mark("Open the gate again"),
        to="/clusters/{phaseGate.cluster.slug}",
        back="/clusters/{gate.cluster.slug}",
        submit=mark("Open again"),
        toast=mark("The gate is open again."),
        initial="gate",
        consequence=mark("Its evidence and its day are cleared."),
    ),
    Page(
        "/phases/{id}/plan",
        "phases/plan",
        mark("Plan the phase"),
        section="clusters",
        form=Form(
            submit=mark("Save"),
            toast=mark("The changes were saved."),
            done="/clusters/{phase.cluster.slug}",
            back="/clusters/{phase.cluster.slug}",
            fields=("plannedStart", "plannedEnd"),
            initial="phase",
        ),
    ),
    Page(
        "/phases/{id}/start",
        "phases/start",
        mark("Start the phase"),
        section="clusters",
        form=Form(
            submit=mark("Start"),
            toast=mark("The phase has started."),
            done="/clusters/{phase.cluster.slug}",
            back="/clusters/{phase.cluster.slug}",
            initial="phase",
        ),
    ),
    Page(
        "/phases/{id}/complete",
        "phases/complete",
        mark("Complete the phase"),
        section="clusters",
        form=Form(
            submit=mark("Complete"),
            toast=mark("The phase is completed."),
            done="/clusters/{phase.cluster.slug}",
            back="/clusters/{phase.cluster.slug}",
            fields=("on", "reason"),
            long=("reason",),
            initial="phase",
        ),
    ),
)
