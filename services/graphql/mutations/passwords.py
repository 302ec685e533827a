"""The mutations of passwords: choosing another one, and sending the letter that opens one."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

import strawberry

from schema.agencies import passwords as rules
from schema.agencies import rows
from schema.agencies.passwords import Attempt
from schema.agencies.rules import Giver
from schema.decision import Accepted, Decision, refuse
from schema.problems import ProblemCode
from services.graphql.identities.accounts import attempt_change
from services.graphql.identities.keeping import keep_hash
from services.graphql.identities.letters import invitation
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation
from services.settings import read_settings

if TYPE_CHECKING:
    from schema.viewers import Viewer
    from services.graphql.engine import Engine
    from services.graphql.mutations.write import Write

# A letter to the provider leaves no permission behind; it is counted by itself.
_LATELY: Final = """
select (select count(*) from password_reset where user_id = $1 and created_at > $2)
  + (select count(*) from letter where user_id = $1 and created_at > $2)
"""


@strawberry.input(description="Another password for oneself.")
class ChangePasswordInput(Command):
    """The present password and the next."""

    current_password: str = strawberry.field(description="The password of today.")
    new_password: str = strawberry.field(description="The next one: 12 to 200 characters, taken as they are.")


@strawberry.input(description="A letter that lets a user choose a password.")
class RequestPasswordResetInput(Command):
    """Which user."""

    id: strawberry.ID = strawberry.field(description="The user.")


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


async def _attempt(engine: Engine, viewer: Viewer, given: ChangePasswordInput) -> Attempt:
    """Check and hash before the transaction, so that what takes long by design holds no connection."""
    if viewer.user_id is None or not read_settings().password_sign_in:
        return Attempt(right=False)
    return await attempt_change(
        engine.pool,
        engine.passwords,
        viewer.user_id,
        given.current_password,
        given.new_password,
        now=_now(),
    )


@mutation("User", beforehand=_attempt)
async def change_password(write: Write, input: ChangePasswordInput) -> Decision:  # noqa: A002 - the name in the API
    """Choose another password; every session and token of one's own ends at once, this one included."""
    if not read_settings().password_sign_in:
        return refuse(ProblemCode.PASSWORDS_OFF)
    user, attempt = write.viewer.user_id, write.prepared
    if user is None or not isinstance(attempt, Attempt):
        return refuse(ProblemCode.NOT_ALLOWED)
    decision = rules.change_password(user, input.new_password, attempt, now=_now())
    if isinstance(decision, Accepted):
        await keep_hash(write.transaction.connection, user, attempt.hash, _now())
    return decision


@mutation("User")
async def request_password_reset(write: Write, input: RequestPasswordResetInput) -> Decision:  # noqa: A002 - as above
    """Send a user a letter again: to choose a password by a link good once, or to sign in at the OpenID provider."""
    user = await write.facts(rows.USER, input.id)
    lately = await write.transaction.connection.fetchval(_LATELY, user.id, _now() - rules.RESET_LASTS)
    letter = invitation(user.email, user.name, user.language.value)
    viewer = write.viewer
    giver = Giver(viewer.user_id, viewer.role, frozenset(viewer.provinces))
    return rules.request_reset(giver, user, letter, sent_lately=lately, now=_now(), new_id=write.new_id)
