"""The tables of trust: activities with participants, surveys with ratings and ties; and the rules' facts."""

from __future__ import annotations

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference, Unique
from schema.projects.thresholds import of_project
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.stakeholders.membership_in_sql import IS_MEMBER
from schema.trust import answers, figures, rules, surveys
from schema.vocabulary import SurveyStatus, TieKind, TrustActivityType, TrustApproach, TrustAxis


class TrustActivity(Record):
    """A short-term means of building trust, planned and carried out (R16, R17, R18)."""

    cluster_id = reference()
    project_id = reference()
    plan_id = reference(null=True)
    type = term(TrustActivityType)
    additional_type_id = reference(null=True)
    approach = term(TrustApproach)
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    planned_start = fields.DateField()
    planned_end = fields.DateField()
    actual_start = fields.DateField(null=True)
    actual_end = fields.DateField(null=True)
    outcome_fa = fields.TextField(null=True)
    outcome_en = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "trust_activity"


class TrustParticipant(Record):
    """A stakeholder or an institution that takes part in an activity (R19)."""

    cluster_id = reference()
    activity_id = reference()
    stakeholder_id = reference(null=True)
    institution_id = reference(null=True)

    class Meta:
        """The table."""

        table = "trust_participant"


class TrustSurvey(Record):
    """A round of measuring trust on both axes; figures are computed when it closes, and kept."""

    cluster_id = reference()
    project_id = reference()
    round = fields.SmallIntField()
    status = term(SurveyStatus, default=SurveyStatus.OPEN)
    opened_on = fields.DateField()
    closed_on = fields.DateField(null=True)
    status_reason = fields.TextField(null=True)
    members_count = fields.IntField(null=True)
    raters_count = fields.IntField(null=True)
    informants_count = fields.IntField(null=True)
    member_ratings_count = fields.IntField(null=True)
    institution_ratings_count = fields.IntField(null=True)
    member_trust = fields.FloatField(null=True)
    institution_trust = fields.FloatField(null=True)
    density = fields.FloatField(null=True)
    reciprocity = fields.FloatField(null=True)
    decentralisation = fields.FloatField(null=True)
    transitivity = fields.FloatField(null=True)
    connectedness = fields.FloatField(null=True)
    institution_ties = fields.FloatField(null=True)
    structure = fields.FloatField(null=True)
    social_capital_index = fields.FloatField(null=True)
    formula_version = fields.SmallIntField(null=True)

    class Meta:
        """The table."""

        table = "trust_survey"


class TrustRating(Record):
    """How far a member trusts another member or an institution, 1 to 5; never shown to anyone (I18)."""

    cluster_id = reference()
    survey_id = reference()
    rater_id = reference()
    ratee_id = reference(null=True)
    institution_id = reference(null=True)
    axis = term(TrustAxis)
    score = fields.SmallIntField()

    class Meta:
        """The table."""

        table = "trust_rating"


class Tie(Record):
    """Something that flows from a member to another member or to an institution."""

    cluster_id = reference()
    survey_id = reference()
    source_id = reference()
    target_id = reference(null=True)
    institution_id = reference(null=True)
    kind = term(TieKind)

    class Meta:
        """The table."""

        table = "tie"


_ONE_TARGET = "({first} is null) <> (institution_id is null)"
_PERCENT = (
    "member_trust", "institution_trust", "density", "reciprocity", "decentralisation", "transitivity",
    "connectedness", "institution_ties", "structure", "social_capital_index",
)  # fmt: skip

guards: tuple[Guard, ...] = (
    *guards_of(TrustActivity, TrustParticipant, TrustSurvey, TrustRating, Tie),
    Unique("trust_activity", "id, cluster_id"),
    Reference("trust_activity", "project_id", "cluster_project", together_with="cluster_id", indexed=False),
    Reference("trust_activity", "plan_id", "action_plan", together_with="cluster_id"),
    Reference("trust_activity", "cluster_id", "cluster", indexed=False),
    Reference("trust_activity", "additional_type_id", "additional_trust_activity_type"),
    Index("trust_activity", "cluster_id, planned_start, id"),
    Index("trust_activity", "project_id, actual_end"),
    Index("trust_activity", "planned_start, id"),
    Check("trust_activity", "planned_period", "planned_end >= planned_start"),
    Check("trust_activity", "actual_period", "actual_end >= actual_start"),
    Check("trust_activity", "additional_type", "additional_type_id is null or type = 'OTHER'"),
    Check("trust_activity", "recorded", "(actual_start is null) = (actual_end is null)"),
    Reference("trust_participant", "activity_id", "trust_activity", together_with="cluster_id"),
    Reference("trust_participant", "stakeholder_id", "stakeholder", together_with="cluster_id"),
    Reference("trust_participant", "institution_id", "support_institution"),
    Reference("trust_participant", "cluster_id", "cluster"),
    Check("trust_participant", "who", _ONE_TARGET.format(first="stakeholder_id")),
    Index("trust_participant", "activity_id, stakeholder_id", where="deleted_at is null", unique=True),
    Index("trust_participant", "activity_id, institution_id", where="deleted_at is null", unique=True),
    Unique("trust_survey", "id, cluster_id"),
    Unique("trust_survey", "project_id, round"),
    Reference("trust_survey", "project_id", "cluster_project", together_with="cluster_id", indexed=False),
    Reference("trust_survey", "cluster_id", "cluster", indexed=False),
    Index("trust_survey", "cluster_id, opened_on, id"),
    Index("trust_survey", "opened_on, id"),
    Index("trust_survey", "project_id", where="status = 'OPEN'", unique=True, label="one_open"),
    Check("trust_survey", "round", "round >= 1"),
    Check("trust_survey", "closed", "(status = 'CLOSED') = (num_nulls(closed_on, formula_version) = 0)"),
    Check("trust_survey", "cancelled", "(status = 'CANCELLED') = (status_reason is not null)"),
    Check("trust_survey", "period", "closed_on >= opened_on"),
    Check("trust_survey", "figures", " and ".join(f"{name} between 0 and 100" for name in _PERCENT)),
    Check(
        "trust_survey",
        "privacy_floor",
        "(member_trust is null or (member_ratings_count >= 5 and raters_count >= 5))"
        " and (institution_trust is null or (institution_ratings_count >= 5 and raters_count >= 5))"
        " and (coalesce(density, reciprocity, decentralisation, transitivity, connectedness, institution_ties,"
        " structure, social_capital_index) is null or coalesce(informants_count, 0) >= 5)",
    ),
    Reference("trust_rating", "survey_id", "trust_survey", together_with="cluster_id"),
    Reference("trust_rating", "rater_id", "stakeholder", together_with="cluster_id"),
    Reference("trust_rating", "ratee_id", "stakeholder", together_with="cluster_id"),
    Reference("trust_rating", "institution_id", "support_institution"),
    Reference("trust_rating", "cluster_id", "cluster"),
    Index("trust_rating", "survey_id, rater_id, ratee_id", where="deleted_at is null", unique=True),
    Index("trust_rating", "survey_id, rater_id, institution_id", where="deleted_at is null", unique=True),
    Check("trust_rating", "score", "score between 1 and 5"),
    Check("trust_rating", "whom", _ONE_TARGET.format(first="ratee_id")),
    Check("trust_rating", "axis_fits", "(axis = 'MEMBER_INSTITUTION') = (institution_id is not null)"),
    Check("trust_rating", "not_oneself", "rater_id is distinct from ratee_id"),
    Reference("tie", "survey_id", "trust_survey", together_with="cluster_id"),
    Reference("tie", "source_id", "stakeholder", together_with="cluster_id"),
    Reference("tie", "target_id", "stakeholder", together_with="cluster_id"),
    Reference("tie", "institution_id", "support_institution"),
    Reference("tie", "cluster_id", "cluster"),
    Check("tie", "whom", _ONE_TARGET.format(first="target_id")),
    Check("tie", "not_oneself", "source_id is distinct from target_id"),
    Index("tie", "survey_id, source_id, target_id, kind", where="deleted_at is null", unique=True),
    Index("tie", "survey_id, source_id, institution_id, kind", where="deleted_at is null", unique=True),
)

_HOME = {
    "short_months": f"({of_project('trust_short_months', '{t}.id')})::int",
    "plan_id": (
        "(select a.id from action_plan a where a.cluster_id = {t}.cluster_id and a.status = 'APPROVED'"
        " and a.deleted_at is null)"
    ),
}
HOME = Facts(rules.TrustHome, "ClusterProject", _HOME)

SURVEY_HOME = Facts(
    surveys.SurveyHome,
    "ClusterProject",
    {
        "project": (
            "json_build_object('id', {t}.id, 'cluster_id', {t}.cluster_id, 'status', {t}.status,"
            f" 'actual_start', {{t}}.actual_start, 'short_months', {_HOME['short_months']})"
        ),
        "last_round": "(select coalesce(max(s.round), 0) from trust_survey s where s.project_id = {t}.id)",
        "open_survey_id": (
            "(select s.id from trust_survey s where s.project_id = {t}.id and s.status = 'OPEN'"
            " and s.deleted_at is null)"
        ),
    },
)

_PROJECT = "(select {column} from cluster_project p where p.id = {{t}}.project_id)"
ACTIVITY = Facts(
    rules.ActivityFacts,
    "TrustActivity",
    {
        "project_status": _PROJECT.format(column="p.status"),
        "project_start": _PROJECT.format(column="p.actual_start"),
        "short_months": f"({of_project('trust_short_months', '{t}.project_id')})::int",
        "participants": (
            "(select coalesce(json_agg(json_build_object('id', w.id, 'stakeholder_id', w.stakeholder_id,"
            " 'institution_id', w.institution_id) order by w.id), '[]') from trust_participant w"
            " where w.activity_id = {t}.id and w.deleted_at is null)"
        ),
    },
)

PARTICIPANT = Facts(
    rules.ParticipantOpening,
    "TrustParticipant",
    {"activity": f"(select {ACTIVITY.nested('a')} from trust_activity a where a.id = {{t}}.activity_id)"},
)

RESPONDENTS = (
    "select count(*) from (select r.rater_id from trust_rating r where r.survey_id = {t}.id"
    " and r.deleted_at is null union select w.source_id from tie w where w.survey_id = {t}.id"
    " and w.deleted_at is null) answered"
)
"""How many members answered anything, a rating or a tie."""

_RATINGS = "from trust_rating r where r.survey_id = {t}.id and r.deleted_at is null"
_MEMBER_AXIS = "and r.axis = 'MEMBER_MEMBER'"
_INSTITUTION_AXIS = "and r.axis = 'MEMBER_INSTITUTION'"


def _weight(key: str) -> str:
    return of_project(key, "{t}.project_id")


SURVEY = Facts(
    figures.SurveyFacts,
    "TrustSurvey",
    {
        "project_status": _PROJECT.format(column="p.status"),
        "members": (
            "(select count(*) from membership m where m.cluster_id = {t}.cluster_id and m.valid_to is null"
            " and m.deleted_at is null)::int"
        ),
        "respondents": "(" + RESPONDENTS + ")::int",
        "member_raters": f"(select count(distinct r.rater_id) {_RATINGS} {_MEMBER_AXIS})::int",
        "member_ratings": f"(select count(*) {_RATINGS} {_MEMBER_AXIS})::int",
        "member_mean": f"(select avg(r.score)::float {_RATINGS} {_MEMBER_AXIS})",
        "institution_raters": f"(select count(distinct r.rater_id) {_RATINGS} {_INSTITUTION_AXIS})::int",
        "institution_ratings": f"(select count(*) {_RATINGS} {_INSTITUTION_AXIS})::int",
        "institution_mean": f"(select avg(r.score)::float {_RATINGS} {_INSTITUTION_AXIS})",
        "ties": (
            "(select coalesce(json_agg(json_build_object('source', w.source_id,"
            " 'target', coalesce(w.target_id, w.institution_id),"
            " 'institutional', w.institution_id is not null)), '[]')"
            " from tie w where w.survey_id = {t}.id and w.deleted_at is null)"
        ),
        "weights": (
            f"json_build_object('member_trust', {_weight('weight_member_trust')},"
            f" 'institution_trust', {_weight('weight_institution_trust')},"
            f" 'structure', {_weight('weight_structure')}, 'floor', ({_weight('trust_floor')})::int)"
        ),
        "former_index": (
            "(select f.social_capital_index from trust_survey f where f.project_id = {t}.project_id"
            " and f.round < {t}.round and f.status = 'CLOSED' and f.deleted_at is null"
            " order by f.round desc limit 1)"
        ),
    },
)

RESPONDENT = Facts(
    answers.Respondent,
    "Stakeholder",
    {
        "is_member": IS_MEMBER,
        "answers": (
            "(select coalesce(json_agg(json_build_object('id', a.id, 'survey_id', a.survey_id,"
            " 'target', a.target, 'kind', a.kind)), '[]') from ("
            " select r.id, r.survey_id, coalesce(r.ratee_id, r.institution_id) as target, null::text as kind"
            " from trust_rating r where r.rater_id = {t}.id and r.deleted_at is null"
            " union all select w.id, w.survey_id, coalesce(w.target_id, w.institution_id), w.kind"
            " from tie w where w.source_id = {t}.id and w.deleted_at is null) a)"
        ),
    },
)
