"""The pages of what a plan consists of: strategies and operational programmes."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.routes.asking import ADD, asks, removes, restores

PLAN: Final = "/clusters/{{{0}.plan.cluster.slug}}/plans/{{{0}.plan.id}}"
BY_STRATEGY: Final = PLAN.format("strategy")
BY_PROGRAMME: Final = PLAN.format("operationalProgramme")
DESCRIBED: Final = ("titleFa", "titleEn", "descriptionFa", "descriptionEn")
LONG: Final = ("descriptionFa", "descriptionEn")

PAGES: Final = (
    asks(
        "/clusters/{slug}/plans/{id}/strategies/new",
        "strategies/create",
        mark("Add a strategy"),
        to=BY_STRATEGY,
        back="/clusters/{actionPlan.cluster.slug}/plans/{actionPlan.id}",
        submit=ADD,
        fields=DESCRIBED,
        long=LONG,
        hidden={"planId": "actionPlan.id"},
    ),
    asks(
        "/strategies/{id}/edit",
        "strategies/edit",
        mark("Edit the strategy"),
        to=BY_STRATEGY,
        fields=DESCRIBED,
        long=LONG,
        initial="strategy",
    ),
    removes(
        "/strategies/{id}/remove",
        "strategies/remove",
        mark("Remove the strategy"),
        back=BY_STRATEGY,
        consequence=mark("The strategy disappears from this draft together with its programmes."),
        undo="/strategies/{id}/restore",
    ),
    restores(
        "/strategies/{id}/restore", "strategies/restore", mark("Bring the strategy back"), to=BY_STRATEGY
    ),
    asks(
        "/strategies/{id}/programmes/new",
        "programmes/create",
        mark("Add an operational programme"),
        to=BY_PROGRAMME,
        back=BY_STRATEGY,
        submit=ADD,
        fields=(*DESCRIBED, "plannedStart", "plannedEnd"),
        long=LONG,
        hidden={"strategyId": "strategy.id"},
    ),
    asks(
        "/programmes/{id}/edit",
        "programmes/edit",
        mark("Edit the operational programme"),
        to=BY_PROGRAMME,
        fields=(*DESCRIBED, "plannedStart", "plannedEnd"),
        long=LONG,
        initial="operationalProgramme",
    ),
    removes(
        "/programmes/{id}/remove",
        "programmes/remove",
        mark("Remove the operational programme"),
        back=BY_PROGRAMME,
        consequence=mark("The programme disappears from this draft."),
        undo="/programmes/{id}/restore",
    ),
    restores(
        "/programmes/{id}/restore",
        "programmes/restore",
        mark("Bring the programme back"),
        to=BY_PROGRAMME,
    ),
)
