"""Every page of the admin: one module for each noun, in the order of the nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from web.routes import (
    accounts,
    agencies,
    clusters,
    councils,
    documents,
    exits,
    history,
    home,
    indicators,
    jobs,
    networks,
    notifications,
    phases,
    plan_parts,
    plans,
    projects,
    provinces,
    readers,
    removed,
    risks,
    stakeholders,
    studies,
    sub_project_parts,
    sub_projects,
    support,
    templates,
    trust,
    users,
    views,
    webhooks,
)

if TYPE_CHECKING:
    from web.page import Page

PAGES: Final[tuple[Page, ...]] = (
    *home.PAGES,
    *provinces.PAGES,
    *users.PAGES,
    *agencies.PAGES,
    *accounts.PAGES,
    *clusters.PAGES,
    *projects.PAGES,
    *phases.PAGES,
    *studies.PAGES,
    *trust.PAGES,
    *plans.PAGES,
    *plan_parts.PAGES,
    *councils.PAGES,
    *sub_projects.PAGES,
    *sub_project_parts.PAGES,
    *risks.PAGES,
    *removed.PAGES,
    *documents.PAGES,
    *stakeholders.PAGES,
    *networks.PAGES,
    *support.PAGES,
    *exits.PAGES,
    *indicators.PAGES,
    *templates.PAGES,
    *webhooks.PAGES,
    *notifications.PAGES,
    *history.PAGES,
    *readers.PAGES,
    *jobs.PAGES,
    *views.PAGES,
)
