"""The public types of documents and of one's own files that wait to be attached."""

from __future__ import annotations

import datetime

from schema.documents import rows, rules
from schema.graph import Node, column, entity, name_column, one, permitted
from schema.scopes import OF_PAPERS, STRICTLY_ONES_OWN
from schema.vocabulary import DocumentKind, InterfaceLanguage

_IATI = " ".join(
    f"when '{kind.value}' then '{kind.iati_category}'" for kind in DocumentKind if kind.iati_category
)


@entity(rows.Document, scope=OF_PAPERS, plural="documents", order=("cluster_id", "created_at"))
class Document(Node):
    """A file attached to something of a cluster; `GET /documents/<id>` sends it to whoever sees this."""

    kind: DocumentKind = column("What it is.")
    title_fa: str = name_column("The title, in Persian.", "title_fa")
    title_en: str | None = column("The title, in English.", orderable=False)
    language: InterfaceLanguage | None = column("The language it is written in, if told.", orderable=False)
    dated_on: datetime.date | None = column("The date it bears, if told.")
    iati_category: str | None = column(
        "The IATI document category; papers without one name private persons and are never published.",
        sql=f"case {{t}}.kind {_IATI} end",
        orderable=False,
    )
    file_name: str = column("The name of the file as it was sent.", orderable=False)
    media_type: str = column("The media type, found from its content.", orderable=False)
    size: int = column("Its size, bytes.", orderable=False)
    sha256: str = column("The SHA-256 of its content, hexadecimal.", orderable=False)
    uploaded_by: str = column("Who sent it: a global id.", orderable=False)
    subject: str = column(
        "The global id of what it is attached to; read it with `node(id:)`.", sql=rows.OWNER, orderable=False
    )
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    feasibility = one(
        "feasibility.FeasibilityStudy",
        "The feasibility study it belongs to.",
        near="feasibility_id",
        required=False,
    )
    study = one("studies.DiagnosticStudy", "The study it belongs to.", near="study_id", required=False)
    plan = one("plans.ActionPlan", "The plan version it belongs to.", near="plan_id", required=False)
    meeting = one(
        "councils.CouncilMeeting", "The council meeting it belongs to.", near="meeting_id", required=False
    )
    step = one("exits.HandoverStep", "The hand-over step it proves.", near="step_id", required=False)
    gate = one("phases.PhaseGate", "The gate it proves.", near="gate_id", required=False)
    sub_project = one(
        "sub_projects.SubProject", "The sub-project it belongs to.", near="sub_project_id", required=False
    )
    activity = one(
        "trust.TrustActivity", "The trust activity it belongs to.", near="activity_id", required=False
    )
    visit = one(
        "projects.SupervisionVisit", "The supervision visit it belongs to.", near="visit_id", required=False
    )
    network = one("networks.Network", "The network it belongs to.", near="network_id", required=False)
    permitted_actions = permitted(rows.DOCUMENT, rules.permitted)


@entity(rows.Upload, scope=STRICTLY_ONES_OWN, plural="uploads", order=("created_at",), root=False)
class Upload(Node):
    """A file of one's own that has arrived by `POST /documents` and can be attached, once."""

    file_name: str = column("The name of the file as it was sent.", orderable=False)
    media_type: str = column("The media type, found from its content.", orderable=False)
    size: int = column("Its size, bytes.", orderable=False)
    sha256: str = column("The SHA-256 of its content, hexadecimal.", orderable=False)
    attached_at: datetime.datetime | None = column("When it was attached; empty while it waits.")
