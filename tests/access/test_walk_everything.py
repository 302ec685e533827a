"""Nothing new is public by accident: every type has a scope, every mutation roles, every select its scope."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from schema.access import ACTIONS
from schema.graph import ENTITIES
from schema.history.graph import HIDDEN
from schema.scopes import Scope
from schema.viewers import STAFF
from schema.vocabulary import UserRole
from services.database import row_modules
from services.graphql.compiler.catalog import Answered, Computed, Scalar, ToMany
from services.graphql.mutations.news import row_of
from services.graphql.mutations.registry import MUTATIONS

if TYPE_CHECKING:
    from services.graphql.engine import Engine

pytestmark = pytest.mark.usefixtures("contract_engine")
TABLE: Final = re.compile(r"\b(?:from|join)\s+\(?([a-z_]+)")
SECRETS: Final = {
    "user_password", "password_reset", "sign_in_failure", "idempotency_key", "user_identity",
    "letter", "provider_visit",
}  # fmt: skip

# What proves the trail whole is salted and no secret.
OF_THE_TRAIL: Final = "AuditEntry.hash"

OF_ONESELF: Final = {
    "acknowledgeNotification", "acknowledgeNotifications", "changePassword", "closeNotificationCalendar",
    "editNotificationPreferences", "editNotificationSubscription", "editUser", "endNotificationSubscription",
    "openNotificationCalendar", "revokeSession", "revokeToken", "saveView", "removeView", "startExport",
    "stopJob", "subscribeToNotifications",
}  # fmt: skip


def test_every_type_has_a_scope_that_answers_for_every_role() -> None:
    for name, entity in ENTITIES.items():
        assert isinstance(entity.scope, Scope), name
        for role in UserRole:
            assert entity.scope.condition(role).strip(), (name, role)


def test_only_reference_material_is_visible_to_everybody() -> None:
    public = {
        name for name, entity in ENTITIES.items() if entity.scope.condition(UserRole.PARTNER_AGENCY) == "true"
    }
    assert public <= {
        "Province", "County", "ProgrammeTemplate", "PhaseTemplate", "GateTemplate", "AdditionalSubProjectType",
        "AdditionalTrustActivityType", "NotificationText", "Indicator", "NationalCouncil", "NationalCouncilSeat",
        "NationalCouncilSession",
    }  # fmt: skip


def test_every_mutation_names_its_roles_and_every_named_action_exists_or_is_coming() -> None:
    for name in MUTATIONS:
        assert ACTIONS[name], name
        if name in OF_ONESELF:
            continue
        assert UserRole.NATIONAL_VIEWER not in ACTIONS[name], f"{name}: a viewer changes nothing"
        assert UserRole.PROVINCE_VIEWER not in ACTIONS[name], f"{name}: a viewer changes nothing"


@pytest.mark.requirement("I17")
def test_whatever_a_command_changes_has_its_history(contract_engine: Engine) -> None:
    targets = {mutation.target for mutation in MUTATIONS.values()}
    without = {name for name in targets if "history" not in contract_engine.catalog.type(name).fields}
    assert without == set()


def test_a_select_of_figures_reads_types_within_scope_and_no_table(contract_engine: Engine) -> None:
    for type_ in contract_engine.catalog.types.values():
        for name, field in type_.fields.items():
            if isinstance(field, Computed):
                sql, raw = field.declaration.sql, tables() - public_tables()
                outermost = set(TABLE.findall(without_parentheses(sql))) & raw
                assert not outermost, (
                    f"{type_.name}.{name} reads {outermost}: write {{Type}} for those in scope."
                )
                inner = set(TABLE.findall(sql)) & raw
                assert not inner or re.search(r"{[A-Zt]", sql), (
                    f"{type_.name}.{name} reads {inner} by itself."
                )


def test_no_table_of_secrets_is_public_and_no_secret_column_either(contract_engine: Engine) -> None:
    for type_ in contract_engine.catalog.types.values():
        assert type_.table not in SECRETS, type_.name
        for field in type_.fields.values():
            if isinstance(field, Scalar):
                named = f"{type_.name}.{field.name}"
                assert "hash" not in field.name.lower() or named == OF_THE_TRAIL, named
                assert not SECRETS & set(TABLE.findall(field.sql)), f"{type_.name}.{field.name}"


def test_computed_fields_read_only_what_their_row_reaches_in_its_own_cluster(contract_engine: Engine) -> None:
    for type_ in contract_engine.catalog.types.values():
        for field in type_.fields.values():
            if not isinstance(field, Scalar) or type_.table is None:
                continue
            named = set(TABLE.findall(field.sql)) & tables()
            assert not named or "{t}." in field.sql, (
                f"{type_.name}.{field.name} reads {named} without its row."
            )


def test_contact_data_minutes_and_ratings_are_restricted_wherever_they_stand(contract_engine: Engine) -> None:
    for type_ in contract_engine.catalog.types.values():
        if type_.name in {"User", "PartnerAgency"}:
            continue
        for name, field in type_.fields.items():
            if isinstance(field, Scalar) and re.search(r"phone|email|contact|minutes|nationalId", name):
                assert field.restricted is not None, f"{type_.name}.{name}"


def test_a_relation_through_a_table_leads_to_a_type_with_a_scope(contract_engine: Engine) -> None:
    for type_ in contract_engine.catalog.types.values():
        for name, field in type_.fields.items():
            if isinstance(field, ToMany):
                assert contract_engine.catalog.type(field.target).scope is not None, f"{type_.name}.{name}"
            assert not isinstance(field, Answered) or type_.table, f"{type_.name}.{name}"


def test_the_history_shows_nothing_that_only_some_roles_read(contract_engine: Engine) -> None:
    for type_ in contract_engine.catalog.types.values():
        hidden = type_.scope is not None and type_.scope.roles < STAFF
        for field in type_.fields.values():
            if not isinstance(field, Scalar) or field.name in {"id", "isSample", "revision", "createdAt"}:
                continue
            if field.restricted is not None or hidden:
                assert field.sql.removeprefix("{t}.") in HIDDEN, f"{type_.name}.{field.name}"


def without_parentheses(sql: str) -> str:
    """Leave what is read on the outermost level: what stands in parentheses belongs to a row of it."""
    while (shorter := re.sub(r"\([^()]*\)", " ", sql)) != sql:
        sql = shorter
    return sql


def public_tables() -> set[str]:
    """Return the tables of reference material."""
    return {
        entity.row._meta.db_table
        for entity in ENTITIES.values()
        if entity.scope.condition(UserRole.PARTNER_AGENCY) == "true"
    }


def tables() -> set[str]:
    """Return the name of every table."""
    import importlib  # noqa: PLC0415 - only here

    from tortoise import Model  # noqa: PLC0415 - as above

    found = {row_of(name)._meta.db_table for name in ENTITIES}
    for module in row_modules():
        for value in vars(importlib.import_module(module)).values():
            if isinstance(value, type) and issubclass(value, Model) and not value._meta.abstract:
                found.add(value._meta.db_table)
    return found
