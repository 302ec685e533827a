"""The tables behind signing in: passwords, sessions, tokens, resets, failures; secrets only as hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tortoise import Model, fields

from schema.guards import Check, Guard, Index, Reference, Statement
from schema.identity import new_id
from schema.rows import NAME_LENGTH, Record, Row, guards_of, reference

if TYPE_CHECKING:
    from uuid import UUID

HASH_LENGTH = 64


class UserPassword(Model):
    """The argon2id hash of a user's password; apart from the user so that no list of users reads it."""

    user_id: UUID = fields.UUIDField(primary_key=True)
    hash = fields.CharField(max_length=300)
    changed_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        """The table."""

        table = "user_password"


class UserIdentity(Row):
    """A user's account with an OpenID provider: who issued it and its name there."""

    user_id = reference()
    issuer = fields.CharField(max_length=500)
    subject = fields.CharField(max_length=255)

    class Meta:
        """The table."""

        table = "user_identity"


class UserSession(Row):
    """A browser that is signed in; the cookie holds 256 random bits, this row their SHA-256."""

    user_id = reference()
    hash = fields.CharField(max_length=HASH_LENGTH)
    last_seen_at = fields.DatetimeField(auto_now_add=True)
    idle_until = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    client = fields.CharField(max_length=NAME_LENGTH, null=True)
    identity_id = reference(null=True)

    class Meta:
        """The table."""

        table = "user_session"


class ProviderVisit(Model):
    """Somebody on the way to the OpenID provider and back; gone as soon as they return, or after minutes."""

    id: UUID = fields.UUIDField(primary_key=True, default=new_id)
    state_hash = fields.CharField(max_length=HASH_LENGTH)
    browser_hash = fields.CharField(max_length=HASH_LENGTH)
    nonce = fields.CharField(max_length=60)
    verifier = fields.CharField(max_length=60)
    target = fields.CharField(max_length=2000)
    expires_at = fields.DatetimeField()

    class Meta:
        """The table."""

        table = "provider_visit"


class ApiToken(Row):
    """A token of an agency or of a user: a visible prefix and the SHA-256 of the whole."""

    agency_id = reference(null=True)
    user_id = reference(null=True)
    name = fields.CharField(max_length=NAME_LENGTH)
    prefix = fields.CharField(max_length=20)
    hash = fields.CharField(max_length=HASH_LENGTH)
    scopes: Any = fields.JSONField(default=list)
    expires_at = fields.DatetimeField(null=True)
    last_used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)
    successor_id = reference(null=True)
    is_sample = fields.BooleanField(default=False)

    class Meta:
        """The table."""

        table = "api_token"


class PasswordReset(Row):
    """A one-time permission to choose a new password, sent by e-mail; only its SHA-256 stays here."""

    user_id = reference()
    hash = fields.CharField(max_length=HASH_LENGTH)
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        """The table."""

        table = "password_reset"


class SignInFailure(Model):
    """How often signing in with an address failed of late, known or not, so that both wait alike."""

    address_hash = fields.CharField(max_length=HASH_LENGTH, primary_key=True)
    failures = fields.IntField(default=0)
    last_at = fields.DatetimeField(auto_now_add=True)
    blocked_until = fields.DatetimeField(null=True)

    class Meta:
        """The table."""

        table = "sign_in_failure"


class IdempotencyKey(Model):
    """The answer a mutation gave under a key, so that a repetition is answered alike and done once."""

    id: UUID = fields.UUIDField(primary_key=True, default=new_id)
    owner = fields.CharField(max_length=80)
    key = fields.CharField(max_length=200)
    fingerprint = fields.CharField(max_length=HASH_LENGTH)
    answer = fields.TextField()
    at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        """The table."""

        table = "idempotency_key"


class TrustedDocument(Record):
    """A document a partner registered, to be sent by its SHA-256 (`digest`, of public text) alone."""

    agency_id = reference()
    digest = fields.CharField(max_length=HASH_LENGTH)
    query = fields.TextField()
    name = fields.CharField(max_length=NAME_LENGTH, null=True)

    class Meta:
        """The table."""

        table = "trusted_document"


def _announced(table: str, *columns: str) -> Statement:
    """Tell every process to forget whom it knows; being used (last seen, last used) changes nothing."""
    return Statement(
        f"{table}.access",
        f"create trigger {table}_access after update of {', '.join(columns)} or delete on {table} "
        "for each statement execute function khoosheh_access_changed()",
        f"drop trigger {table}_access on {table}",
        order=5,
    )


# Whoever changes a password or a role, by whatever way, ends what the old one had opened.
_END_CREDENTIALS = """
create function khoosheh_end_credentials() returns trigger language plpgsql as $$
declare
  concerned uuid;
begin
  if tg_table_name = 'app_user' then concerned := new.id; else concerned := new.user_id; end if;
  update user_session set ended_at = now() where user_id = concerned and ended_at is null;
  update api_token set revoked_at = now() where user_id = concerned and revoked_at is null;
  return null;
end $$;
create trigger app_user_credentials after update of role, disabled_at on app_user for each row
when (old.role is distinct from new.role or new.disabled_at is not null)
execute function khoosheh_end_credentials();
create trigger user_password_credentials after update of hash on user_password for each row
execute function khoosheh_end_credentials()
"""

credential_guards: tuple[Guard, ...] = (
    *guards_of(UserIdentity, UserSession, ApiToken, PasswordReset, TrustedDocument),
    Reference("user_password", "user_id", "app_user", indexed=False, on_delete="cascade"),
    Reference("user_identity", "user_id", "app_user", indexed=False, on_delete="cascade"),
    Index("user_identity", "issuer, subject", unique=True),
    Index("user_identity", "user_id, issuer", unique=True),
    Index("provider_visit", "state_hash", unique=True),
    Index("provider_visit", "expires_at"),
    Reference("user_session", "user_id", "app_user", on_delete="cascade"),
    Reference("user_session", "identity_id", "user_identity", on_delete="cascade"),
    Index("user_session", "hash", unique=True),
    Index("user_session", "ends_at"),
    Reference("api_token", "user_id", "app_user", on_delete="cascade"),
    Reference("api_token", "agency_id", "partner_agency", on_delete="cascade"),
    Reference("api_token", "successor_id", "api_token"),
    Index("api_token", "hash", unique=True),
    Index("api_token", "prefix", unique=True),
    Check("api_token", "owner", "num_nonnulls(agency_id, user_id) = 1"),
    Reference("password_reset", "user_id", "app_user", on_delete="cascade"),
    Index("password_reset", "hash", unique=True),
    Index("sign_in_failure", "last_at"),
    Index("idempotency_key", "owner, key", unique=True),
    Index("idempotency_key", "at"),
    Reference("trusted_document", "agency_id", "partner_agency", indexed=False, on_delete="cascade"),
    Index("trusted_document", "agency_id, digest", where="deleted_at is null", unique=True),
    Statement(
        "end_credentials",
        _END_CREDENTIALS.strip(),
        "drop trigger app_user_credentials on app_user; "
        "drop trigger user_password_credentials on user_password; "
        "drop function khoosheh_end_credentials()",
    ),
    _announced("user_session", "ended_at", "ends_at"),
    _announced("api_token", "revoked_at", "expires_at", "scopes"),
)
