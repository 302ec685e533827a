"""The tables of users, partner agencies and how far each of them reaches."""

from __future__ import annotations

from tortoise import fields

from schema.agencies import documents, rules, tokens
from schema.agencies.credential_rows import (
    ApiToken,
    IdempotencyKey,
    PasswordReset,
    ProviderVisit,
    SignInFailure,
    TrustedDocument,
    UserIdentity,
    UserPassword,
    UserSession,
    credential_guards,
)
from schema.agencies.letter_rows import Letter, letter_guards
from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference, Statement, searchable
from schema.rows import NAME_LENGTH, Record, Row, guards_of, reference, term
from schema.vocabulary import InterfaceLanguage, PreferredCalendar, PreferredDigits, UserRole

EMAIL_LENGTH = 254


class AppUser(Row):
    """Somebody who signs in: a role, a reach and how they like to read; the password lies elsewhere.

    `mail_problem` is why letters to the present address came back at `mail_returned_at`.
    """

    email = fields.CharField(max_length=EMAIL_LENGTH)
    name = fields.CharField(max_length=NAME_LENGTH)
    role = term(UserRole)
    language = term(InterfaceLanguage, default=InterfaceLanguage.FA)
    calendar = term(PreferredCalendar, default=PreferredCalendar.JALALI)
    digits = term(PreferredDigits, default=PreferredDigits.PERSIAN)
    password_changed_at = fields.DatetimeField(null=True)
    disabled_at = fields.DatetimeField(null=True)
    mail_returned_at = fields.DatetimeField(null=True)
    mail_problem = fields.CharField(max_length=NAME_LENGTH, null=True)
    is_sample = fields.BooleanField(default=False)

    class Meta:
        """The table; `user` is a word of SQL."""

        table = "app_user"


class UserProvince(Record):
    """A province within a user's reach."""

    user_id = reference()
    province_id = reference()

    class Meta:
        """The table."""

        table = "user_province"


class UserCluster(Record):
    """A cluster within a user's reach, for roles whose clusters do not follow from assignments or seats."""

    user_id = reference()
    cluster_id = reference()

    class Meta:
        """The table."""

        table = "user_cluster"


class PartnerAgency(Row):
    """An organisation whose programmes read from us: named, limited in reach, holder of tokens.

    `mail_problem` is why letters to the present contact address came back at `mail_returned_at`.
    """

    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    institution_id = reference(null=True)
    contact_email = fields.CharField(max_length=EMAIL_LENGTH, null=True)
    contact_language = term(InterfaceLanguage, null=True)
    trusted_only_since = fields.DatetimeField(null=True)
    disabled_at = fields.DatetimeField(null=True)
    mail_returned_at = fields.DatetimeField(null=True)
    mail_problem = fields.CharField(max_length=NAME_LENGTH, null=True)
    is_sample = fields.BooleanField(default=False)

    class Meta:
        """The table."""

        table = "partner_agency"


class AgencyProvince(Record):
    """A province within an agency's reach."""

    agency_id = reference()
    province_id = reference()

    class Meta:
        """The table."""

        table = "agency_province"


class AgencyCluster(Record):
    """A cluster within an agency's reach."""

    agency_id = reference()
    cluster_id = reference()

    class Meta:
        """The table."""

        table = "agency_cluster"


class AgencyInstitution(Record):
    """An institution whose clusters (those it has promised support to) are within an agency's reach."""

    agency_id = reference()
    institution_id = reference()

    class Meta:
        """The table."""

        table = "agency_institution"


def _reaching(table: str, owner: str, target: str) -> str:
    return (
        (
            "(select coalesce(json_agg(json_build_object('id', r.id, 'target', r.<target>)), '[]') from <table> r"
            " where r.<owner> = {t}.id and r.deleted_at is null)"
        )
        .replace("<table>", table)
        .replace("<owner>", owner)
        .replace("<target>", target)
    )


USER = Facts(
    rules.UserFacts,
    "User",
    {
        "provinces": _reaching("user_province", "user_id", "province_id"),
        "clusters": _reaching("user_cluster", "user_id", "cluster_id"),
    },
)
AGENCY = Facts(
    rules.AgencyFacts,
    "PartnerAgency",
    {
        "provinces": _reaching("agency_province", "agency_id", "province_id"),
        "clusters": _reaching("agency_cluster", "agency_id", "cluster_id"),
        "institutions": _reaching("agency_institution", "agency_id", "institution_id"),
    },
)
TOKEN = Facts(tokens.TokenFacts, "ApiToken")
TRUSTED_DOCUMENT = Facts(documents.TrustedDocumentFacts, "TrustedDocument")
REGISTRAR = Facts(
    documents.Registrar,
    "PartnerAgency",
    {
        "documents": "(select count(*) from trusted_document d where d.agency_id = {t}.id"
        " and d.deleted_at is null)"
    },
)
SESSION = Facts(tokens.SessionFacts, "UserSession")

ACCESS_CHANNEL = "khoosheh_access"
"""PostgreSQL says on this channel that somebody's access changed, whoever changed it."""


def _announced(table: str, *columns: str, on: str = "update or delete") -> Statement:
    """Tell every process to forget whom it knows as soon as a change that narrows access commits."""
    changes = on.replace("update", f"update of {', '.join(columns)}") if columns else on
    return Statement(
        f"{table}.access",
        f"create trigger {table}_access after {changes} on {table} "
        "for each statement execute function khoosheh_access_changed()",
        f"drop trigger {table}_access on {table}",
        order=5,
    )


def _returned_mail(table: str, address: str) -> tuple[Guard, ...]:
    """Forget that letters came back as soon as there is another address, whoever entered it."""
    return (
        Check(table, "returned", "(mail_returned_at is null) = (mail_problem is null)"),
        Statement(
            f"{table}.other_address",
            f"create trigger {table}_other_address before update of {address} on {table} for each row "
            f"when (new.{address} is distinct from old.{address}) execute function khoosheh_other_address()",
            f"drop trigger {table}_other_address on {table}",
            order=5,
        ),
    )


_ANY = "insert or update or delete"

guards: tuple[Guard, ...] = (
    *guards_of(
        AppUser, UserProvince, UserCluster, PartnerAgency, AgencyProvince, AgencyCluster, AgencyInstitution
    ),
    Index("app_user", "email", unique=True),
    Index("app_user", "role, id"),
    Check("app_user", "email", "email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and email = lower(email)"),
    *searchable("app_user", "name"),
    Reference("user_province", "user_id", "app_user", indexed=False, on_delete="cascade"),
    Reference("user_province", "province_id", "province"),
    Index("user_province", "user_id, province_id", where="deleted_at is null", unique=True),
    Reference("user_cluster", "user_id", "app_user", indexed=False, on_delete="cascade"),
    Reference("user_cluster", "cluster_id", "cluster"),
    Index("user_cluster", "user_id, cluster_id", where="deleted_at is null", unique=True),
    *searchable("partner_agency", "name_fa", "name_en"),
    Reference("partner_agency", "institution_id", "support_institution"),
    Index("partner_agency", "name_fa_norm", unique=True, label="name"),
    Reference("agency_province", "agency_id", "partner_agency", indexed=False, on_delete="cascade"),
    Reference("agency_province", "province_id", "province"),
    Index("agency_province", "agency_id, province_id", where="deleted_at is null", unique=True),
    Reference("agency_cluster", "agency_id", "partner_agency", indexed=False, on_delete="cascade"),
    Reference("agency_cluster", "cluster_id", "cluster"),
    Index("agency_cluster", "agency_id, cluster_id", where="deleted_at is null", unique=True),
    Reference("agency_institution", "agency_id", "partner_agency", indexed=False, on_delete="cascade"),
    Reference("agency_institution", "institution_id", "support_institution"),
    Index("agency_institution", "agency_id, institution_id", where="deleted_at is null", unique=True),
    Statement(
        "access_changed",
        "create function khoosheh_access_changed() returns trigger language plpgsql as $$ "
        f"begin perform pg_notify('{ACCESS_CHANNEL}', ''); return null; end $$",
        "drop function khoosheh_access_changed()",
    ),
    Statement(
        "other_address",
        "create function khoosheh_other_address() returns trigger language plpgsql as $$ "
        "begin new.mail_returned_at := null; new.mail_problem := null; return new; end $$",
        "drop function khoosheh_other_address()",
    ),
    *_returned_mail("app_user", "email"),
    *_returned_mail("partner_agency", "contact_email"),
    # Every scope within a cluster asks which clusters are removed: hardly any, and this knows them.
    Index("cluster", "id", where="deleted_at is not null", label="removed"),
    _announced("app_user", "email", "name", "role", "language", "disabled_at"),
    _announced("partner_agency", "name_en", "disabled_at", "trusted_only_since"),
    *(
        _announced(table, on=_ANY)
        for table in (
            "user_province",
            "user_cluster",
            "agency_province",
            "agency_cluster",
            "agency_institution",
        )
    ),
    _announced("agent_assignment", on=_ANY),
    _announced("council_seat", on=_ANY),
    *credential_guards,
    *letter_guards,
)

__all__ = [
    "ACCESS_CHANNEL",
    "AgencyCluster",
    "AgencyInstitution",
    "AgencyProvince",
    "ApiToken",
    "AppUser",
    "IdempotencyKey",
    "Letter",
    "PartnerAgency",
    "PasswordReset",
    "ProviderVisit",
    "SignInFailure",
    "TrustedDocument",
    "UserCluster",
    "UserIdentity",
    "UserPassword",
    "UserProvince",
    "UserSession",
    "guards",
]
