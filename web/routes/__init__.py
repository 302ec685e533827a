"""Every page of the admin: one module for each noun, in the order of the nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from web.routes import (
    accounts,
    agencies,
    clusters,
    councils,
    history,
    home,
    jobs,
    networks,
    notifications,
    phases,
    plans,
    projects,
    provinces,
    stakeholders,
    sub_projects,
    support,
    templates,
    users,
    views,
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
    *plans.PAGES,
    *councils.PAGES,
    *sub_projects.PAGES,
    *stakeholders.PAGES,
    *networks.PAGES,
    *support.PAGES,
    *templates.PAGES,
    *notifications.PAGES,
    *history.PAGES,
    *jobs.PAGES,
    *views.PAGES,
)
