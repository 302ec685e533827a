"""The diagnostic study of the Lorestan cluster, from what public reports say of its problems and strategies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema.studies.rows import DiagnosticStudy, StudyFinding, StudyProblem, StudySolution, StudySource
from schema.vocabulary import DevelopmentLevel, SolutionTarget, SourceKind, StudyStatus, SwotQuadrant
from services.sample.lorestan.facts import read
from services.sample.reference import day

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory


def add_study(story: ClusterStory, project_id: UUID) -> UUID:
    """Add the study with its sources, findings, problems and solutions (R5 to R10)."""
    facts = read("study")
    study = story.add(
        DiagnosticStudy,
        1,
        project_id=project_id,
        status=StudyStatus.PRESENTED,
        baseline_level=DevelopmentLevel.EMERGING,
        target_level=DevelopmentLevel.MATURING,
        document_number="۱۳۹۴/۱",
        submitted_on=day("1394-06-28"),
        accepted_on=day("1394-07-05"),
        presented_on=day("1394-07-08"),
        **{name: text for name, text in facts.items() if isinstance(text, str)},
    )
    for ordinal, (kind, fa, en) in enumerate(facts["sources"], 1):
        source = {"kind": SourceKind(kind), "title_fa": fa, "title_en": en}
        story.add(StudySource, ordinal, study_id=study, ordinal=ordinal, **source)
    for ordinal, (quadrant, fa, en) in enumerate(facts["findings"], 1):
        finding = {"quadrant": SwotQuadrant(quadrant), "text_fa": fa, "text_en": en}
        story.add(StudyFinding, ordinal, study_id=study, ordinal=ordinal, **finding)
    for ordinal, (fa, en, solution_fa, solution_en, target) in enumerate(facts["problems"], 1):
        problem = story.add(StudyProblem, ordinal, study_id=study, ordinal=ordinal, text_fa=fa, text_en=en)
        story.add(
            StudySolution,
            ordinal,
            study_id=study,
            problem_id=problem,
            ordinal=1,
            target=SolutionTarget(target),
            text_fa=solution_fa,
            text_en=solution_en,
        )
    return study
