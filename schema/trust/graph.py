"""The public types of trust building; ratings themselves are never public (R13, I18)."""

from __future__ import annotations

import datetime

from schema.documents.rows import HOMES
from schema.documents.rules import permitted_on_owner
from schema.graph import Node, column, entity, many, one, permitted, text_column
from schema.scopes import within_cluster
from schema.trust import rows, rules, surveys
from schema.vocabulary import SurveyStatus, TrustActivityType, TrustApproach


@entity(
    rows.TrustActivity,
    scope=within_cluster(),
    plural="trustActivities",
    order=("cluster_id", "planned_start"),
)
class TrustActivity(Node):
    """A short-term means of raising the trust of the stakeholders (R15 to R19)."""

    type: TrustActivityType = column("What it is; an added type of the open list stands under OTHER (R18).")
    approach: TrustApproach = column("Scientific, practical or both (R16).")
    name_fa: str = text_column("The Persian name.", "name_fa")
    name_en: str = text_column("The English name.", "name_en")
    planned_start: datetime.date = column("When it is to start.")
    planned_end: datetime.date = column("When it is to end.")
    actual_start: datetime.date | None = column("When it started; empty until it is recorded.")
    actual_end: datetime.date | None = column("When it ended; empty until it is recorded.")
    outcome_fa: str | None = text_column("What came of it, in Persian.", "outcome_fa")
    outcome_en: str | None = text_column("What came of it, in English.", "outcome_en")
    additional_type = one(
        "open_lists.AdditionalTrustActivityType",
        "The added type, when the type is OTHER (R18).",
        near="additional_type_id",
        required=False,
    )
    project = one("projects.ClusterProject", "The project.", near="project_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    plan = one(
        "plans.ActionPlan", "The plan in force when it was planned (A10).", near="plan_id", required=False
    )
    stakeholders = many(
        "stakeholders.Stakeholder",
        "The stakeholders who take part, members or not.",
        through="trust_participant",
        through_near="activity_id",
        through_far="stakeholder_id",
    )
    institutions = many(
        "support.SupportInstitution",
        "The institutions that take part (R19).",
        through="trust_participant",
        through_near="activity_id",
        through_far="institution_id",
    )
    participants = many("trust.TrustParticipant", "Everyone who takes part.", far="activity_id")
    documents = many("documents.Document", "What is attached to it.", far="activity_id")
    document_actions = permitted(HOMES["TrustActivity"], permitted_on_owner)
    permitted_actions = permitted(rows.ACTIVITY, rules.permitted)


@entity(
    rows.TrustParticipant,
    scope=within_cluster(),
    plural="trustParticipants",
    order=("activity_id",),
    root=False,
)
class TrustParticipant(Node):
    """A stakeholder or an institution that takes part in an activity (R19)."""

    activity = one("trust.TrustActivity", "The activity.", near="activity_id")
    stakeholder = one("stakeholders.Stakeholder", "The stakeholder.", near="stakeholder_id", required=False)
    institution = one("support.SupportInstitution", "The institution.", near="institution_id", required=False)
    permitted_actions = permitted(rows.PARTICIPANT, rules.permitted_on_participant)


_HIDDEN = "hidden when fewer people told it than the floor"


@entity(rows.TrustSurvey, scope=within_cluster(), plural="trustSurveys", order=("cluster_id", "round"))
class TrustSurvey(Node):
    """A round of measuring trust; figures are 0 to 100, computed once when it closes (4.5)."""

    round: int = column("The round, counted from one; the first that was closed is the baseline (R15).")
    status: SurveyStatus = column("Whether it still takes answers.")
    opened_on: datetime.date = column("When it opened.")
    closed_on: datetime.date | None = column("When it closed.")
    status_reason: str | None = text_column("Why it was cancelled.", "status_reason")
    members_count: int | None = column("Members of the cluster when it closed.")
    raters_count: int | None = column("How many of them answered.")
    raters_so_far: int = column(
        "How many members have answered until now; who answered what is told to nobody.",
        sql=f"({rows.RESPONDENTS})",
    )
    informants_count: int | None = column("How many of them told whom they are tied to.")
    coverage: float | None = column(
        "Share of the members who answered, per cent.",
        sql="round((100.0 * {t}.raters_count / nullif({t}.members_count, 0))::numeric, 1)::float",
    )
    member_ratings_count: int | None = column("Ratings of members by members.")
    institution_ratings_count: int | None = column("Ratings of institutions by members.")
    member_trust: float | None = column(f"Trust between members; {_HIDDEN}.")
    institution_trust: float | None = column(f"Trust in institutions; {_HIDDEN}.")
    density: float | None = column(f"Ties there are, of all that are possible; {_HIDDEN}.")
    reciprocity: float | None = column(f"Ties that go both ways; {_HIDDEN}.")
    decentralisation: float | None = column(
        f"How evenly the ties are spread; 0 when one member holds them all; {_HIDDEN}."
    )
    transitivity: float | None = column(f"Pairs with a common acquaintance who know each other; {_HIDDEN}.")
    connectedness: float | None = column(f"Members who have any tie; {_HIDDEN}.")
    institution_ties: float | None = column(
        f"Ties to institutions for every hundred members, at most 100; {_HIDDEN}."
    )
    structure: float | None = column(f"The mean of the six figures of structure; {_HIDDEN}.")
    social_capital_index: float | None = column(
        f"The weighted index of both trusts and the structure; {_HIDDEN}."
    )
    formula_version: int | None = column("The version of the formulas that made the figures.")
    project = one("projects.ClusterProject", "The project.", near="project_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    permitted_actions = permitted(rows.SURVEY, surveys.permitted)
