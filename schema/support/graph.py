"""The public types of support institutions and their commitments."""

from __future__ import annotations

import datetime
from decimal import Decimal

from schema.graph import (
    Node,
    column,
    derived,
    entity,
    few,
    figures,
    many,
    name_column,
    one,
    permitted,
    text_column,
)
from schema.scopes import THE_INSTITUTION, Scope, within_cluster
from schema.support import commitments, rows, rules
from schema.vocabulary import CommitmentKind, Currency, CurrencyUnit, InstitutionKind, InstitutionSector

# Former names are seen by whoever sees the institution.
OF_AN_INSTITUTION = Scope(
    regional=(
        "exists (select 1 from support_institution named where named.id = {t}.institution_id and "
        + THE_INSTITUTION.regional.replace("{t}", "named")
        + ")"
    )
)

# One row for each currency and unit, because amounts of different ones are never summed (I16).
COMMITTED = """select c.currency, c.unit, count(*) as count, sum(c.amount) as amount
  from {SupportCommitment} c where c.institution_id = {t}.id and c.amount is not null
  group by c.currency, c.unit order by c.currency, c.unit"""


@figures
class CommittedTotal:
    """What is promised in one currency and unit; there is no total over several (I16)."""

    currency: Currency = column("The currency.")
    unit: CurrencyUnit = column("What the amount counts.")
    count: int = column("How many commitments.")
    amount: Decimal = column("Their sum.")


@entity(rows.SupportInstitution, scope=THE_INSTITUTION, plural="supportInstitutions", order=("name_fa",))
class SupportInstitution(Node):
    """A governmental or non-governmental centre that supports clusters (R14)."""

    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    kind: InstitutionKind = column("What it is.")
    sector: InstitutionSector = column("Governmental or not (R14).")
    iati_organisation_type: str | None = column("IATI organisation type, two digits.", orderable=False)
    iati_reference: str | None = column("IATI organisation identifier.", orderable=False)
    province = one(
        "provinces.Province", "Its province; empty for a national one.", near="province_id", required=False
    )
    parent = one(
        "support.SupportInstitution", "The institution it belongs to.", near="parent_id", required=False
    )
    former_names = few("support.InstitutionName", "The names it bore before.", far="institution_id")
    committed = derived(
        "support.CommittedTotal", "What it has promised, by currency and unit.", sql=COMMITTED
    )
    branches = many("support.SupportInstitution", "The institutions that belong to it.", far="parent_id")
    support_commitments = many("support.SupportCommitment", "What it has promised.", far="institution_id")
    executed_projects = many(
        "projects.ClusterProject",
        "The projects it carries out as their executing organisation (E3).",
        far="executing_organisation_id",
    )
    clusters = many(
        "clusters.Cluster",
        "The clusters it has promised support to.",
        through="support_commitment",
        through_near="institution_id",
        through_far="cluster_id",
    )
    permitted_actions = permitted(rows.INSTITUTION, rules.permitted)


@entity(
    rows.InstitutionName,
    scope=OF_AN_INSTITUTION,
    plural="institutionNames",
    order=("institution_id", "valid_to"),
    root=False,
)
class InstitutionName(Node):
    """A former name of an institution and the time it was borne; institutions are renamed."""

    name_fa: str = column("The Persian name.", orderable=False, search="name_fa_norm")
    name_en: str = column("The English name.", orderable=False)
    valid_from: datetime.date | None = column("The first day, if known.", orderable=False)
    valid_to: datetime.date = column("The last day.", orderable=False)
    institution = one("support.SupportInstitution", "The institution.", near="institution_id", required=False)


@entity(rows.SupportCommitment, scope=within_cluster(), plural="supportCommitments", order=("committed_on",))
class SupportCommitment(Node):
    """What an institution promises to a sub-project of an approved plan (E6)."""

    kind: CommitmentKind = column("Cash, in kind or a service.")
    amount: Decimal | None = column("The amount in units of the currency; always with cash.")
    currency: Currency | None = column("The currency of the amount.")
    unit: CurrencyUnit | None = column("What the amount counts: old or new rials, or the main unit.")
    description_fa: str | None = text_column("What is promised, in Persian.", "description_fa")
    description_en: str | None = text_column("What is promised, in English.", "description_en")
    committed_on: datetime.date = column("When it was promised.")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    institution = one("support.SupportInstitution", "Who promises.", near="institution_id", required=False)
    sub_project = one("sub_projects.SubProject", "The sub-project it is for.", near="sub_project_id")
    plan = one("plans.ActionPlan", "The approved plan it is based on.", near="plan_id")
    permitted_actions = permitted(rows.COMMITMENT, commitments.permitted_of_commitment)
