"""The tables of support institutions and their commitments."""

from __future__ import annotations

from tortoise import fields

from schema.guards import Check, Guard, Index, Reference, Unique, searchable
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
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


guards: tuple[Guard, ...] = (
    *guards_of(SupportInstitution, SupportCommitment),
    *searchable("support_institution", "name_fa", "name_en"),
    Reference("support_institution", "province_id", "province"),
    Reference("support_institution", "parent_id", "support_institution"),
    Index("support_institution", "kind, id"),
    Index("support_institution", "province_id, name_fa_norm", where="deleted_at is null", label="name"),
    Check("support_institution", "iati", "iati_organisation_type ~ '^[0-9]{2}$'"),
    Unique("support_commitment", "id, cluster_id"),
    Reference("support_commitment", "institution_id", "support_institution"),
    Reference("support_commitment", "sub_project_id", "sub_project", together_with="cluster_id"),
    Reference("support_commitment", "plan_id", "action_plan", together_with="cluster_id"),
    Reference("support_commitment", "cluster_id", "cluster", indexed=False),
    Index("support_commitment", "cluster_id, committed_on, id"),
    Index("support_commitment", "committed_on, id"),
    Check("support_commitment", "amount", "amount > 0"),
    Check(
        "support_commitment",
        "money",
        "(amount is null) = (currency is null) and (kind = 'CASH') <= (amount is not null)",
    ),
)
