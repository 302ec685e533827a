"""The pages of work that goes on behind the pages: exports and bulk actions of one's own."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Column, Listing, Page
from web.parameters import Order

ONE: Final = "/jobs/{job.id}"

PAGES: Final = (
    Page(
        "/jobs",
        "jobs/list",
        mark("My exports and bulk actions"),
        section="jobs",
        orders=(Order("created", mark("Started"), "createdAt", last_first=True),),
        name_column=Column("kind", mark("Kind"), kind="term", enumeration="JobKind", link="/jobs/{id}"),
        columns=(
            Column("status", mark("State"), kind="term", enumeration="JobStatus"),
            Column("format", mark("Kind of file"), kind="term", enumeration="ExportFormat"),
            Column("total", mark("Things"), kind="number"),
            Column("done", mark("Done"), kind="number"),
            Column("refused", mark("Refused"), kind="number"),
            Column("created", mark("Started"), order="created", kind="moment", value="createdAt"),
            Column("finished", mark("Finished"), kind="moment", value="finishedAt"),
        ),
        listing=Listing(
            mark("What goes on in the background for you; it is kept for a week after it is over."),
            mark("Nothing goes on in the background"),
            mark("Below every list there is a way to export it as it is shown."),
        ),
    ),
    Page(
        "/exports/new",
        "jobs/export",
        mark("Export the list"),
        section="jobs",
        form=Form(
            submit=mark("Export"),
            toast=mark("The export goes on in the background."),
            done=ONE,
            back="/jobs",
            fields=("format",),
            given=("address",),
            begins_work=True,
        ),
    ),
    Page("/jobs/{id}", "jobs/detail", mark("Job"), section="jobs"),
    Page(
        "/jobs/{id}/stop",
        "jobs/stop",
        mark("Stop the job"),
        section="jobs",
        form=Form(
            submit=mark("Stop"),
            toast=mark("The job was stopped; what it has done remains."),
            done=ONE,
            back=ONE,
            initial="job",
        ),
    ),
)
