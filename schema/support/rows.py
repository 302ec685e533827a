"""The tables of support institutions and their commitments."""

from __future__ import annotations

from typing import Final

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference, Statement, Unique, searchable
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.support import commitments, rules
from schema.vocabulary import CommitmentKind, Currency, CurrencyUnit, InstitutionKind, InstitutionSector


class SupportInstitution(Record):
    """A governmental or non-governmental centre that supports clusters (R14)."""

    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    kind = term(InstitutionKind)
    sector = term(InstitutionSector)
    province_id = reference(null=True)
    parent_id = reference(null=True)
    iati_organisation_type = fields.CharField(max_length=2, null=True)
    iati_reference = fields.CharField(max_length=60, null=True)

    class Meta:
        """The table."""

        table = "support_institution"


class InstitutionName(Record):
    """A former name of an institution and when it bore it; institutions are renamed (domain 7.5)."""

    institution_id = reference()
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    valid_from = fields.DateField(null=True)
    valid_to = fields.DateField()

    class Meta:
        """The table."""

        table = "institution_name"


class SupportCommitment(Record):
    """What an institution promises to a sub-project of an approved plan (E6)."""

    cluster_id = reference()
    institution_id = reference()
    sub_project_id = reference()
    plan_id = reference()
    kind = term(CommitmentKind)
    amount = fields.DecimalField(max_digits=20, decimal_places=2, null=True)
    currency = term(Currency, null=True)
    unit = term(CurrencyUnit, null=True)
    description_fa = fields.TextField(null=True)
    description_en = fields.TextField(null=True)
    committed_on = fields.DateField()

    class Meta:
        """The table."""

        table = "support_commitment"


INSTITUTION: Final = Facts(
    rules.InstitutionFacts,
    "SupportInstitution",
    {
        "named_since": (
            "(select max(former.valid_to) from institution_name former"
            " where former.institution_id = {t}.id and former.deleted_at is null)"
        ),
        "branches": """(
            with recursive below as (
              select b.id from support_institution b where b.parent_id = {t}.id and b.deleted_at is null
              union
              select b.id from support_institution b join below on b.parent_id = below.id
              where b.deleted_at is null
            )
            select coalesce(json_agg(below.id order by below.id), '[]') from below)""",
        "executed_projects": (
            "(select count(*) from cluster_project p"
            " where p.executing_organisation_id = {t}.id and p.deleted_at is null)"
        ),
        "chaired_councils": (
            "(select count(*) from national_council k where k.institution_id = {t}.id"
            " and k.dissolved_on is null and k.deleted_at is null)"
        ),
        "commitments": (
            "(select count(*) from support_commitment c"
            " where c.institution_id = {t}.id and c.deleted_at is null)"
        ),
    },
)

COMMITMENT: Final = Facts(
    commitments.CommitmentFacts,
    "SupportCommitment",
    {
        "sub_project_status": "(select s.status from sub_project s where s.id = {t}.sub_project_id)",
        "institution_removed": (
            "(select i.deleted_at is not null from support_institution i where i.id = {t}.institution_id)"
        ),
    },
)

# E6 across two tables: money follows a plan that the council approved.
_APPROVED_PLAN: Final = """
create function khoosheh_commitment_needs_approved_plan() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from action_plan p where p.id = new.plan_id and p.status in ('APPROVED', 'SUPERSEDED')
  ) then
    raise exception 'a commitment needs an approved action plan' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger support_commitment_needs_approved_plan before insert or update of plan_id on support_commitment
for each row execute function khoosheh_commitment_needs_approved_plan()
"""

guards: tuple[Guard, ...] = (
    *guards_of(SupportInstitution, InstitutionName, SupportCommitment),
    *searchable("support_institution", "name_fa", "name_en"),
    Reference("support_institution", "province_id", "province"),
    Reference("support_institution", "parent_id", "support_institution"),
    Index("support_institution", "kind, id"),
    Index(
        "support_institution",
        "coalesce(province_id, '00000000-0000-0000-0000-000000000000'::uuid), name_fa_norm",
        where="deleted_at is null",
        unique=True,
        label="name",
    ),
    Check("support_institution", "parent", "parent_id <> id"),
    *searchable("institution_name", "name_fa", ordered=False),
    Reference("institution_name", "institution_id", "support_institution", indexed=False),
    Index("institution_name", "institution_id, valid_to, id"),
    Check("institution_name", "validity", "valid_to >= valid_from"),
    Check("support_institution", "iati", "iati_organisation_type ~ '^[0-9]{2}$'"),
    Unique("support_commitment", "id, cluster_id"),
    Reference("support_commitment", "institution_id", "support_institution"),
    Reference("support_commitment", "sub_project_id", "sub_project", together_with="plan_id"),
    Reference("support_commitment", "plan_id", "action_plan", together_with="cluster_id"),
    Reference("support_commitment", "cluster_id", "cluster", indexed=False),
    Index("support_commitment", "cluster_id, committed_on, id"),
    Index("support_commitment", "committed_on, id"),
    Check("support_commitment", "amount", "amount > 0"),
    Check(
        "support_commitment",
        "money",
        "(amount is null) = (currency is null) and (amount is null) = (unit is null)"
        " and (kind = 'CASH') <= (amount is not null)",
    ),
    Check("support_commitment", "currency_unit", "(currency = 'IRR') = (unit <> 'MAIN')"),
    Statement(
        "support_commitment.needs_approved_plan",
        _APPROVED_PLAN.strip(),
        "drop trigger support_commitment_needs_approved_plan on support_commitment; "
        "drop function khoosheh_commitment_needs_approved_plan()",
    ),
)
