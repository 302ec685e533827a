"""The first national administrator of an installation, whom nobody who is signed in could let in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from schema.agencies.rows import AppUser, PasswordReset
from schema.agencies.rules import Giver, Wanted, let_in
from schema.decision import Create, Refused
from schema.identity import new_id
from schema.problems import message
from schema.rows import NAME_LENGTH, AuditEntry
from schema.text import clean
from schema.vocabulary import InterfaceLanguage, UserRole
from services.database import transaction
from services.graphql.identities.accounts import PasswordUnusable, require_usable
from services.graphql.identities.credentials import hash_of, new_secret
from services.graphql.identities.keeping import keep_hash
from services.graphql.identities.passwords import Passwords

if TYPE_CHECKING:
    from uuid import UUID

    from services.database import Transaction

ACTOR: Final = "installation"
ACTION: Final = "makeFirstAdministrator"
# A day, because the link travels from the terminal of an operator to the screen of somebody else.
LINK_LASTS: Final = timedelta(hours=24)
# Any number will do, as long as everybody who makes a first administrator asks for the same lock.
_LOCK: Final = 0x6B6866697273
_OTHERS: Final = """
select 1 from app_user u where u.role = 'NATIONAL_ADMINISTRATOR' and u.disabled_at is null
  and not u.is_sample
  and (u.email <> $1 or exists (select 1 from user_password p where p.user_id = u.id))
"""


class CannotMakeAdministrator(Exception):
    """There is one already, or something given cannot be used; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """Who is to be let in; without a password they choose it themselves by a link."""

    email: str
    name: str
    language: InterfaceLanguage = InterfaceLanguage.FA
    password: str | None = None


async def make_first_administrator(wanted: FirstAdministrator) -> str | None:
    """Let the administrator in and return the secret of their link, or nothing when a password was given.

    Whoever has not chosen a password yet gets a new link, and the one before is void.

    Raises:
        CannotMakeAdministrator: nothing was changed.
    """
    email = wanted.email.strip().lower()
    hashed = await _hashed(wanted.password)
    async with transaction() as opened:
        await opened.connection.execute("select pg_advisory_xact_lock($1)", _LOCK)
        if await opened.connection.fetchval(_OTHERS, email):
            raise CannotMakeAdministrator(
                "There is a national administrator already: they let others in, "
                "and whoever forgot the password asks for a letter on the sign-in page."
            )
        user = await _user(opened, wanted, email)
        if hashed is not None:
            now = datetime.now(UTC)
            await keep_hash(opened.connection, user, hashed, now)
            await AppUser.filter(id=user).using_db(opened.rows).update(password_changed_at=now)
            return None
        return await _link(opened, user)


async def _hashed(password: str | None) -> str | None:
    if password is None:
        return None
    try:
        require_usable(password)
    except PasswordUnusable as unusable:
        raise CannotMakeAdministrator(
            f"The password cannot be used: give one of {unusable.shortest} to {unusable.longest} characters."
        ) from None
    return await Passwords().hash(password)


async def _user(opened: Transaction, wanted: FirstAdministrator, email: str) -> UUID:
    """Return the user of this address, made by the same rule as any other."""
    known: UUID | None = await opened.connection.fetchval(
        "select id from app_user where email = $1 and role = 'NATIONAL_ADMINISTRATOR'"
        " and disabled_at is null and not is_sample",
        email,
    )
    if known is not None:
        return known
    name = clean(wanted.name)
    if not 0 < len(name) <= NAME_LENGTH:
        raise CannotMakeAdministrator(f"The name cannot be used: give 1 to {NAME_LENGTH} characters.")
    if await opened.connection.fetchval("select 1 from app_user where email = $1", email):
        raise CannotMakeAdministrator("Somebody else signs in with this address; give another.")
    role = UserRole.NATIONAL_ADMINISTRATOR
    values = {"email": email, "name": name, "role": role, "language": wanted.language}
    decision = let_in(Giver(None, role, frozenset()), values, Wanted(), new_id=new_id)
    if isinstance(decision, Refused):
        said = "; ".join(f"{'.'.join(map(str, p.path))}: {message(p, 'en')}" for p in decision.problems)
        raise CannotMakeAdministrator(f"The administrator cannot be let in: {said}")
    made = next(change for change in decision.changes if isinstance(change, Create))
    await AppUser.create(using_db=opened.rows, id=made.id, **made.values)
    await AuditEntry.create(
        using_db=opened.rows, actor=ACTOR, action=ACTION, entity="User", entity_id=made.id,
        request_id=f"{ACTOR}-{made.id}",
        after={"email": email, "name": name, "role": role.value, "language": wanted.language.value},
    )  # fmt: skip
    return made.id


async def _link(opened: Transaction, user: UUID) -> str:
    now, secret = datetime.now(UTC), new_secret()
    await PasswordReset.filter(user_id=user, used_at=None).using_db(opened.rows).update(used_at=now)
    await PasswordReset.create(
        using_db=opened.rows, user_id=user, hash=hash_of(secret), expires_at=now + LINK_LASTS
    )
    return secret
