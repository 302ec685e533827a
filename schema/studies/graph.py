"""The public types of diagnostic studies and their parts."""

from __future__ import annotations

import datetime

from schema.documents.rows import HOMES
from schema.documents.rules import permitted_on_owner
from schema.graph import Node, code_column, column, entity, few, many, one, permitted, text_column
from schema.scopes import within_cluster
from schema.studies import rows, rules
from schema.vocabulary import (
    DevelopmentLevel,
    SolutionTarget,
    SourceKind,
    StudyMethodology,
    StudyStatus,
    SwotQuadrant,
)


@entity(rows.DiagnosticStudy, scope=within_cluster(), plural="diagnosticStudies", order=("created_at",))
class DiagnosticStudy(Node):
    """The desk and field study of a cluster, its analyses, problems and solutions (R5 to R11)."""

    status: StudyStatus = column("Where it stands between draft and presentation.")
    methodology: StudyMethodology = column("The methodology it follows; derived from UNIDO (R7).")
    situation_fa: str | None = text_column("The situation of the cluster, in Persian.", "situation_fa")
    situation_en: str | None = text_column("The situation of the cluster, in English.", "situation_en")
    national_environment_fa: str | None = text_column(
        "The national environment of the business, in Persian.", "national_environment_fa"
    )
    national_environment_en: str | None = text_column(
        "The national environment of the business, in English.", "national_environment_en"
    )
    global_environment_fa: str | None = text_column(
        "The global environment of the business, in Persian.", "global_environment_fa"
    )
    global_environment_en: str | None = text_column(
        "The global environment of the business, in English.", "global_environment_en"
    )
    baseline_level: DevelopmentLevel | None = column("The level of development it found (R9).")
    target_level: DevelopmentLevel | None = column("The level it aims at (R9).")
    document_number: str | None = code_column("The number of the presented report (R10).", "document_number")
    submitted_on: datetime.date | None = column("When it was last submitted.")
    returned_on: datetime.date | None = column("When it was last returned for correction.")
    accepted_on: datetime.date | None = column("When it was accepted.")
    presented_on: datetime.date | None = column("When it was presented (R10).")
    return_note: str | None = text_column("What was to be corrected when it was returned.", "return_note")
    sources = few("studies.StudySource", "What it rests on (R6).", far="study_id")
    findings = few("studies.StudyFinding", "Strengths, weaknesses, opportunities, threats.", far="study_id")
    problems = few("studies.StudyProblem", "The problems it names, with solutions.", far="study_id")
    project = one("projects.ClusterProject", "The project.", near="project_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    documents = many("documents.Document", "What is attached to it.", far="study_id")
    document_actions = permitted(HOMES["DiagnosticStudy"], permitted_on_owner)
    permitted_actions = permitted(rows.STUDY, rules.permitted)


@entity(rows.StudySource, scope=within_cluster(), plural="studySources", order=("ordinal",), root=False)
class StudySource(Node):
    """Something a study rests on: read at the desk or seen in the field (R6)."""

    ordinal: int = column("Its place in the list.")
    kind: SourceKind = column("Desk or field.")
    title_fa: str = column("What it is, in Persian.", orderable=False)
    title_en: str | None = column("What it is, in English.", orderable=False)
    note: str | None = text_column("A note.", "note")
    study = one("studies.DiagnosticStudy", "The study.", near="study_id")


@entity(rows.StudyFinding, scope=within_cluster(), plural="studyFindings", order=("ordinal",), root=False)
class StudyFinding(Node):
    """A strength, weakness, opportunity or threat of the cluster."""

    ordinal: int = column("Its place in the list.")
    quadrant: SwotQuadrant = column("Which of the four.")
    text_fa: str = text_column("What it is, in Persian.", "text_fa")
    text_en: str | None = text_column("What it is, in English.", "text_en")
    study = one("studies.DiagnosticStudy", "The study.", near="study_id")


@entity(rows.StudyProblem, scope=within_cluster(), plural="studyProblems", order=("ordinal",), root=False)
class StudyProblem(Node):
    """A problem of the cluster that the study names (R8)."""

    ordinal: int = column("Its place in the list.")
    text_fa: str = text_column("What it is, in Persian.", "text_fa")
    text_en: str | None = text_column("What it is, in English.", "text_en")
    solutions = few("studies.StudySolution", "The solutions the study offers.", far="problem_id")
    study = one("studies.DiagnosticStudy", "The study.", near="study_id")


@entity(rows.StudySolution, scope=within_cluster(), plural="studySolutions", order=("ordinal",), root=False)
class StudySolution(Node):
    """A solution that the study offers for a problem (R8, S3)."""

    ordinal: int = column("Its place in the list.")
    target: SolutionTarget = column("Whether it removes the problem or raises the cluster.")
    text_fa: str = text_column("What it is, in Persian.", "text_fa")
    text_en: str | None = text_column("What it is, in English.", "text_en")
    problem = one("studies.StudyProblem", "The problem.", near="problem_id")
