"""The pages of phases: plan, start, complete."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page
from web.routes.asking import asks

PAGES: Final = (
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
