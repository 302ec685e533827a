"""The tables of the exit: self-reliance assessments, exits, hand-over steps; and the rules' facts."""

from __future__ import annotations

from tortoise import fields

from schema.exits import announcement, readiness, rules, steps
from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference, Unique
from schema.projects.thresholds import of_project
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.vocabulary import ExitStatus, HandoverRecipient


class SelfRelianceAssessment(Record):
    """How far the members define and steer projects themselves, with the threshold in force then (R48, R55)."""

    cluster_id = reference()
    project_id = reference()
    assessed_on = fields.DateField()
    defining = fields.FloatField()
    steering = fields.FloatField()
    threshold = fields.FloatField()
    decided_by = fields.CharField(max_length=NAME_LENGTH)
    evidence = fields.TextField()

    class Meta:
        """The table."""

        table = "self_reliance_assessment"


class ExitProcess(Record):
    """An announced exit of the development agent and what became of it (R49 to R52)."""

    cluster_id = reference()
    project_id = reference()
    status = term(ExitStatus)
    announced_on = fields.DateField()
    decision_id = reference()
    development_assessment_id = reference(null=True)
    self_reliance_assessment_id = reference(null=True)
    window_start = fields.DateField()
    window_end = fields.DateField()
    completed_on = fields.DateField(null=True)
    override_reason = fields.TextField(null=True)
    revoked_on = fields.DateField(null=True)
    reason = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "exit_process"


class HandoverStep(Record):
    """Something the agent hands over, to whom, until when (R51)."""

    cluster_id = reference()
    exit_id = reference()
    what_fa = fields.CharField(max_length=NAME_LENGTH)
    what_en = fields.CharField(max_length=NAME_LENGTH)
    recipient = term(HandoverRecipient)
    network_id = reference(null=True)
    institution_id = reference(null=True)
    due_on = fields.DateField()
    done_on = fields.DateField(null=True)
    evidence = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "handover_step"


guards: tuple[Guard, ...] = (
    *guards_of(SelfRelianceAssessment, ExitProcess, HandoverStep),
    Unique("self_reliance_assessment", "id, cluster_id"),
    Reference("self_reliance_assessment", "project_id", "cluster_project", together_with="cluster_id"),
    Reference("self_reliance_assessment", "cluster_id", "cluster", indexed=False),
    Index("self_reliance_assessment", "cluster_id, assessed_on, id"),
    Index("self_reliance_assessment", "assessed_on, id"),
    Check(
        "self_reliance_assessment",
        "shares",
        "defining between 0 and 1 and steering between 0 and 1 and threshold between 0 and 1",
    ),
    Unique("exit_process", "id, cluster_id"),
    Reference("exit_process", "project_id", "cluster_project", together_with="cluster_id"),
    Reference("exit_process", "decision_id", "council_decision", together_with="cluster_id"),
    Reference(
        "exit_process", "development_assessment_id", "development_assessment", together_with="cluster_id"
    ),
    Reference(
        "exit_process", "self_reliance_assessment_id", "self_reliance_assessment", together_with="cluster_id"
    ),
    Reference("exit_process", "cluster_id", "cluster", indexed=False),
    Index(
        "exit_process",
        "project_id",
        where="status in ('ANNOUNCED', 'COMPLETED') and deleted_at is null",
        unique=True,
        label="one_current",
    ),
    Index("exit_process", "cluster_id, announced_on, id"),
    Index("exit_process", "announced_on, id"),
    Index("exit_process", "status, window_end, id"),
    Check("exit_process", "status_stored", "status in ('ANNOUNCED', 'COMPLETED', 'REVOKED')"),
    Check("exit_process", "window", "announced_on < window_start and window_start <= window_end"),
    Check("exit_process", "completed", "(status = 'COMPLETED') = (completed_on is not null)"),
    Check(
        "exit_process",
        "not_too_early",
        "completed_on is null or completed_on >= window_start or override_reason is not null",
    ),
    Check(
        "exit_process", "revoked", "(status = 'REVOKED') = (revoked_on is not null and reason is not null)"
    ),
    Unique("handover_step", "id, cluster_id"),
    Reference("handover_step", "exit_id", "exit_process", together_with="cluster_id"),
    Reference("handover_step", "network_id", "network", together_with="cluster_id"),
    Reference("handover_step", "institution_id", "support_institution"),
    Reference("handover_step", "cluster_id", "cluster"),
    Index("handover_step", "exit_id, due_on, id"),
    Index("handover_step", "due_on, id"),
    Check(
        "handover_step",
        "recipient_named",
        "(recipient = 'NETWORK') = (network_id is not null)"
        " and (recipient = 'SUPPORT_INSTITUTION') = (institution_id is not null)",
    ),
    Check("handover_step", "done", "(done_on is null) = (evidence is null)"),
)

_MONTHS = "(select f.{column} from phase_template f where f.template_id = {{t}}.template_id and f.code = 'AGENT_EXIT')"
_HOME = "(select home.{column} from cluster home where home.id = {{t}}.cluster_id)"

READINESS = Facts(
    announcement.ReadinessFacts,
    "ClusterProject",
    {
        "development_level": _HOME.format(column="development_level"),
        "development_level_on": _HOME.format(column="development_level_on"),
        "development_assessment_id": (
            "(select d.id from development_assessment d where d.cluster_id = {t}.cluster_id"
            " and d.deleted_at is null order by d.assessed_on desc, d.id desc limit 1)"
        ),
        "development_rank": f"({of_project('exit_development_rank', '{t}.id')})::int",
        "self_reliance": (
            "(select json_build_object('id', a.id, 'assessed_on', a.assessed_on, 'defining', a.defining,"
            " 'steering', a.steering, 'threshold', a.threshold) from self_reliance_assessment a"
            " where a.project_id = {t}.id and a.deleted_at is null order by a.assessed_on desc, a.id desc limit 1)"
        ),
        "self_reliance_threshold": f"({of_project('exit_self_reliance', '{t}.id')})::float",
        "verdict": (
            "(select json_build_object('id', d.id, 'decided_on', d.decided_on) from council_decision d"
            " where d.project_id = {t}.id and d.subject = 'EXIT' and d.decision = 'APPROVE' and d.deleted_at is null"
            " and not exists (select 1 from exit_process used where used.decision_id = d.id)"
            " order by d.decided_on desc, d.id desc limit 1)"
        ),
        "score": readiness.SCORE,
        "eligible": readiness.ELIGIBLE,
        "study_completed": (
            "exists (select 1 from phase f where f.project_id = {t}.id and f.code = 'DIAGNOSTIC_STUDY'"
            " and f.status = 'COMPLETED')"
        ),
        "min_months": _MONTHS.format(column="min_months"),
        "max_months": _MONTHS.format(column="max_months"),
        "exit_phase": (
            "(select json_build_object('id', f.id, 'code', f.code, 'status', f.status) from phase f"
            " where f.project_id = {t}.id and f.code = 'AGENT_EXIT')"
        ),
    },
)

_OF_CLUSTER = "s.cluster_id = {t}.cluster_id and s.deleted_at is null"
# In the agent's hands, or in those of nobody who is named: of no member, of no network (R37, R52, I15).
_UNLED = """s.status in ('APPROVED', 'IN_PROGRESS', 'SUSPENDED') and (
  s.led_by = 'AGENT' or s.transferred_on is null and (
    s.led_by = 'MEMBER' and s.leader_id is null or s.led_by = 'NETWORK' and not exists (
      select 1 from sub_project_network w where w.sub_project_id = s.id and w.deleted_at is null)))"""

EXIT = Facts(
    rules.ExitFacts,
    "ExitProcess",
    {
        "steps": (
            "(select coalesce(json_agg(json_build_object('id', s.id, 'due_on', s.due_on, 'done_on', s.done_on)"
            " order by s.due_on, s.id), '[]') from handover_step s where s.exit_id = {t}.id"
            " and s.deleted_at is null)"
        ),
        "least_steps": f"({of_project('exit_steps', '{t}.project_id')})::int",
        "phases": (
            "(select coalesce(json_agg(json_build_object('id', f.id, 'code', f.code, 'status', f.status,"
            " 'actual_start', f.actual_start, 'actual_end', f.actual_end)"
            " order by f.ordinal), '[]') from phase f where f.project_id = {t}.project_id)"
        ),
        "assignments": (
            "(select coalesce(json_agg(json_build_object('id', a.id, 'role', a.role, 'valid_from', a.valid_from)"
            " order by a.id), '[]')"
            " from agent_assignment a"
            " where a.project_id = {t}.project_id and a.valid_to is null and a.deleted_at is null)"
        ),
        "unled_sub_projects": f"(select count(*) from sub_project s where {_OF_CLUSTER} and {_UNLED})::int",
        "last_transfer_on": f"(select max(s.transferred_on) from sub_project s where {_OF_CLUSTER})",
        "last_sub_project_ended_on": f"(select max(s.actual_end) from sub_project s where {_OF_CLUSTER})",
        "plan": (
            "(select json_build_object('id', p.id, 'owner', p.owner) from action_plan p"
            " where p.cluster_id = {t}.cluster_id and p.status = 'APPROVED' and p.deleted_at is null)"
        ),
        "has_comprehensive_network": readiness.COMPREHENSIVE_NETWORK,
    },
)

_OF_EXIT = "(select e.{column} from exit_process e where e.id = {{t}}.exit_id)"
STEP = Facts(
    steps.StepFacts,
    "HandoverStep",
    {
        "project_id": _OF_EXIT.format(column="project_id"),
        "exit_status": _OF_EXIT.format(column="status"),
        "announced_on": _OF_EXIT.format(column="announced_on"),
        "window_end": _OF_EXIT.format(column="window_end"),
        "network_dissolved_on": "(select n.dissolved_on from network n where n.id = {t}.network_id)",
    },
)
