"""The tables of diagnostic studies and their parts, and the facts that the rules of studies need."""

from __future__ import annotations

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference, Unique, searchable
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.studies import rules
from schema.vocabulary import (
    DevelopmentLevel,
    SolutionTarget,
    SourceKind,
    StudyMethodology,
    StudyStatus,
    SwotQuadrant,
)


class DiagnosticStudy(Record):
    """The diagnostic study of a project (R5 to R11)."""

    cluster_id = reference()
    project_id = reference()
    status = term(StudyStatus, default=StudyStatus.DRAFT)
    methodology = term(StudyMethodology, default=StudyMethodology.UNIDO_DERIVED)
    situation_fa = fields.TextField(null=True)
    situation_en = fields.TextField(null=True)
    national_environment_fa = fields.TextField(null=True)
    national_environment_en = fields.TextField(null=True)
    global_environment_fa = fields.TextField(null=True)
    global_environment_en = fields.TextField(null=True)
    baseline_level = term(DevelopmentLevel, null=True)
    target_level = term(DevelopmentLevel, null=True)
    document_number = fields.CharField(max_length=100, null=True)
    submitted_on = fields.DateField(null=True)
    returned_on = fields.DateField(null=True)
    accepted_on = fields.DateField(null=True)
    presented_on = fields.DateField(null=True)
    return_note = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "diagnostic_study"


class StudySource(Record):
    """Something a study rests on: desk or field (R6)."""

    cluster_id = reference()
    study_id = reference()
    ordinal = fields.SmallIntField()
    kind = term(SourceKind)
    title_fa = fields.CharField(max_length=NAME_LENGTH)
    title_en = fields.CharField(max_length=NAME_LENGTH, null=True)
    note = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "study_source"


class StudyFinding(Record):
    """A strength, weakness, opportunity or threat of the cluster."""

    cluster_id = reference()
    study_id = reference()
    ordinal = fields.SmallIntField()
    quadrant = term(SwotQuadrant)
    text_fa = fields.TextField()
    text_en = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "study_finding"


class StudyProblem(Record):
    """A problem of the cluster that the study names (R8)."""

    cluster_id = reference()
    study_id = reference()
    ordinal = fields.SmallIntField()
    text_fa = fields.TextField()
    text_en = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "study_problem"


class StudySolution(Record):
    """A solution that the study offers for a problem (R8, S3)."""

    cluster_id = reference()
    study_id = reference()
    problem_id = reference()
    ordinal = fields.SmallIntField()
    target = term(SolutionTarget)
    text_fa = fields.TextField()
    text_en = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "study_solution"


guards: tuple[Guard, ...] = (
    *guards_of(DiagnosticStudy, StudySource, StudyFinding, StudyProblem, StudySolution),
    *searchable("diagnostic_study", "document_number", ordered=False),
    Unique("diagnostic_study", "id, cluster_id"),
    Reference("diagnostic_study", "project_id", "cluster_project", together_with="cluster_id", indexed=False),
    Reference("diagnostic_study", "cluster_id", "cluster"),
    Index("diagnostic_study", "project_id, id"),
    Index("diagnostic_study", "project_id", where="deleted_at is null", unique=True, label="one_study"),
    Index("diagnostic_study", "status, id"),
    Check(
        "diagnostic_study",
        "presented",
        "(status = 'PRESENTED') = (presented_on is not null and document_number is not null)",
    ),
    Check(
        "diagnostic_study", "accepted", "(status in ('ACCEPTED', 'PRESENTED')) <= (accepted_on is not null)"
    ),
    *(
        guard
        for table in ("study_source", "study_finding", "study_problem", "study_solution")
        for guard in (
            Reference(table, "study_id", "diagnostic_study", together_with="cluster_id", indexed=False),
            Reference(table, "cluster_id", "cluster"),
            Index(table, "study_id, ordinal, id"),
        )
    ),
    Unique("study_problem", "id, cluster_id"),
    Reference("study_solution", "problem_id", "study_problem", together_with="cluster_id", indexed=False),
    Index("study_solution", "problem_id, ordinal, id"),
)

_LEAD = (
    "(select m.user_id from agent_assignment m where m.project_id = {project}"
    " and m.role = 'CLUSTER_DEVELOPMENT_AGENT' and m.valid_to is null and m.deleted_at is null)"
)
_OF_PROJECT = "(select p.{column} from cluster_project p where p.id = {t}.project_id)"


def _parts(table: str) -> str:
    return (
        f"(select coalesce(json_agg(part.id order by part.ordinal, part.id), '[]') from {table} part"
        " where part.study_id = {t}.id and part.deleted_at is null)"
    )


def _sources(kind: str) -> str:
    return (
        "(select count(*) from study_source part where part.study_id = {t}.id"
        f" and part.kind = '{kind}' and part.deleted_at is null)::int"
    )


HOME = Facts(
    rules.StudyHome,
    "ClusterProject",
    {
        "has_study": (
            "exists (select 1 from diagnostic_study d where d.project_id = {t}.id and d.deleted_at is null)"
        ),
        "lead_user_id": _LEAD.replace("{project}", "{t}.id"),
    },
)

STUDY = Facts(
    rules.StudyFacts,
    "DiagnosticStudy",
    {
        "project_status": _OF_PROJECT.replace("{column}", "status"),
        "project_start": _OF_PROJECT.replace("{column}", "actual_start"),
        "lead_user_id": _LEAD.replace("{project}", "{t}.project_id"),
        "report_attached": (
            "exists (select 1 from document w where w.study_id = {t}.id and w.kind = 'DIAGNOSTIC_STUDY'"
            " and w.deleted_at is null)"
        ),
        "desk_sources": _sources("DESK"),
        "field_sources": _sources("FIELD"),
        "problems": (
            "(select coalesce(json_agg(json_build_object('id', q.id, 'ordinal', q.ordinal, 'solutions',"
            " (select count(*) from study_solution w where w.problem_id = q.id and w.deleted_at is null))"
            " order by q.ordinal, q.id), '[]') from study_problem q where q.study_id = {t}.id"
            " and q.deleted_at is null)"
        ),
        "sources": _parts("study_source"),
        "swot": _parts("study_finding"),
        "solutions": _parts("study_solution"),
    },
)
