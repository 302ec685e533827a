"""The mutations of users, partner agencies, tokens and sessions."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import strawberry

from schema.agencies import rows, rules, tokens
from schema.agencies.passwords import invited
from schema.agencies.rules import Giver, Wanted
from schema.agencies.tokens import Issued
from schema.decision import Accepted, Decision
from schema.vocabulary import (
    InterfaceLanguage,
    PreferredCalendar,
    PreferredDigits,
    TokenScope,
    UserRole,
)
from services.graphql.identities.credentials import TokenMade, new_token
from services.graphql.identities.letters import invitation
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from services.graphql.mutations.write import Write

_READING = ("name", "language", "calendar", "digits")


@strawberry.input(description="A new user.")
class CreateUserInput(Command):
    """Who is let in."""

    email: str = strawberry.field(description="The address used for signing in.")
    name: str = strawberry.field(description="The name shown to others.")
    role: UserRole = strawberry.field(description="What the user may see and do.")
    language: InterfaceLanguage = strawberry.field(
        default=InterfaceLanguage.FA, description="The language the user reads."
    )
    province_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="The provinces the user belongs to; none for national roles only."
    )
    cluster_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Clusters given to an advisor or a network's representative."
    )


@strawberry.input(description="What changes about a user; what is left out stays.")
class EditUserInput(Command):
    """A user's role, reach and way of reading."""

    id: strawberry.ID = strawberry.field(description="The user.")
    name: str | None = strawberry.field(default=strawberry.UNSET, description="The name shown to others.")
    role: UserRole | None = strawberry.field(default=strawberry.UNSET, description="Ends every session.")
    language: InterfaceLanguage | None = strawberry.field(default=strawberry.UNSET, description="To read in.")
    calendar: PreferredCalendar | None = strawberry.field(default=strawberry.UNSET, description="For dates.")
    digits: PreferredDigits | None = strawberry.field(default=strawberry.UNSET, description="For numbers.")
    province_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="All provinces the user is to belong to."
    )
    cluster_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="All clusters given to the user."
    )


@strawberry.input(description="A user to keep out.")
class DisableUserInput(Command):
    """Which user."""

    id: strawberry.ID = strawberry.field(description="The user.")


@strawberry.input(description="A user to let in again.")
class EnableUserInput(Command):
    """Which user."""

    id: strawberry.ID = strawberry.field(description="The user.")


@strawberry.input(description="A new partner agency.")
class CreateAgencyInput(Command):
    """Who reads from us, and how far."""

    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    contact_email: str | None = strawberry.field(
        default=None, description="Where to write about access and paused endpoints."
    )
    contact_language: InterfaceLanguage | None = strawberry.field(
        default=None, description="The language to write in; Persian if nothing is said."
    )
    institution_id: strawberry.ID | None = strawberry.field(
        default=None, description="Which institution it is."
    )
    province_ids: list[strawberry.ID] = strawberry.field(default_factory=list, description="Its provinces.")
    cluster_ids: list[strawberry.ID] = strawberry.field(default_factory=list, description="Its clusters.")
    institution_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Institutions whose clusters it reads."
    )


@strawberry.input(description="What changes about a partner agency; what is left out stays.")
class EditAgencyInput(Command):
    """An agency's names and reach."""

    id: strawberry.ID = strawberry.field(description="The agency.")
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")
    contact_email: str | None = strawberry.field(default=strawberry.UNSET, description="Where to write.")
    contact_language: InterfaceLanguage | None = strawberry.field(
        default=strawberry.UNSET, description="The language to write in."
    )
    disabled: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether it has no access."
    )
    trusted_documents_only: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether its tokens send registered documents only."
    )
    province_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="All its provinces."
    )
    cluster_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="All its clusters."
    )
    institution_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="All institutions whose clusters it reads."
    )


@strawberry.input(description="A new token of a partner agency.")
class IssueTokenInput(Command):
    """What a token is for."""

    partner_agency_id: strawberry.ID = strawberry.field(description="The agency.")
    name: str = strawberry.field(description="What it is for, so that it is recognised later.")
    scopes: list[TokenScope] = strawberry.field(description="What it may be used for.")
    expires_at: datetime.datetime | None = strawberry.field(
        default=None, description="When it ends by itself."
    )


@strawberry.input(description="A token that gets a successor.")
class RotateTokenInput(Command):
    """Which token, and how long both work."""

    id: strawberry.ID = strawberry.field(description="The token.")
    overlap_hours: int = strawberry.field(default=24, description="Hours the old one works on (0 to 168).")


@strawberry.input(description="A token to revoke.")
class RevokeTokenInput(Command):
    """Which token."""

    id: strawberry.ID = strawberry.field(description="The token.")


@strawberry.input(description="A session to end.")
class RevokeSessionInput(Command):
    """Which session."""

    id: strawberry.ID = strawberry.field(description="The session.")


def _giver(write: Write) -> Giver:
    viewer = write.viewer
    return Giver(viewer.user_id, viewer.role, frozenset(viewer.provinces))


async def _wanted(write: Write, given: Any) -> Wanted:  # noqa: ANN401 - several inputs
    """Resolve the ids of a reach, each within the viewer's own."""
    found: dict[str, frozenset[Any]] = {}
    for part, name, entity, path in (
        ("provinces", "province_ids", "Province", "provinceIds"),
        ("clusters", "cluster_ids", "Cluster", "clusterIds"),
        ("institutions", "institution_ids", "SupportInstitution", "institutionIds"),
    ):
        ids = getattr(given, name, strawberry.UNSET)
        if ids is not strawberry.UNSET and ids is not None:
            found[part] = frozenset([await write.identify(entity, given_id, path) for given_id in ids])
    return Wanted(**found)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


async def _shown_once(write: Write, decision: Decision, made: TokenMade) -> Decision:
    """Let this answer, and no other, show the token."""
    if isinstance(decision, Accepted):
        await write.show_once(decision.result[1], made.token)
    return decision


@mutation("User")
async def create_user(write: Write, input: CreateUserInput) -> Decision:  # noqa: A002 - the name in the API
    """Let somebody in; a letter leads to choosing a password, good once and for a week, or to the OpenID provider."""
    values = input.given("email", "name", "role", "language")
    made = rules.let_in(_giver(write), values, await _wanted(write, input), new_id=write.new_id)
    if not isinstance(made, Accepted):
        return made
    letter = invitation(input.email.strip().lower(), input.name, input.language.value)
    return invited(made, letter, now=_now(), new_id=write.new_id)


@mutation("User")
async def edit_user(write: Write, input: EditUserInput) -> Decision:  # noqa: A002 - as above
    """Change how a user reads, or the role and the reach; another role ends every session and token."""
    user = await write.facts(rows.USER, input.id)
    values = {name: value for name, value in input.given(*_READING, "role").items() if value is not None}
    return rules.change_user(_giver(write), user, values, await _wanted(write, input), new_id=write.new_id)


@mutation("User")
async def disable_user(write: Write, input: DisableUserInput) -> Decision:  # noqa: A002 - as above
    """Keep a user out; every session and token ends at once."""
    user = await write.facts(rows.USER, input.id)
    return rules.disable_user(_giver(write), user, now=_now(), disabled=True)


@mutation("User")
async def enable_user(write: Write, input: EnableUserInput) -> Decision:  # noqa: A002 - as above
    """Let a user in again."""
    user = await write.facts(rows.USER, input.id)
    return rules.disable_user(_giver(write), user, now=_now(), disabled=False)


@mutation("PartnerAgency")
async def create_agency(write: Write, input: CreateAgencyInput) -> Decision:  # noqa: A002 - as above
    """Let a partner agency in, as far as it is to reach."""
    values = input.given("name_fa", "name_en", "contact_email", "contact_language")
    if input.institution_id:
        values["institution_id"] = await write.identify(
            "SupportInstitution", input.institution_id, "institutionId"
        )
    return rules.let_agency_in(values, await _wanted(write, input), new_id=write.new_id)


@mutation("PartnerAgency")
async def edit_agency(write: Write, input: EditAgencyInput) -> Decision:  # noqa: A002 - as above
    """Change an agency's names, reach, or whether it has access at all."""
    agency = await write.facts(rows.AGENCY, input.id)
    names = input.given("name_fa", "name_en")
    values = {name: value for name, value in names.items() if value is not None} | input.given(
        "contact_email", "contact_language"
    )
    if input.disabled is not strawberry.UNSET and input.disabled is not None:
        values["disabled_at"] = _now() if input.disabled else None
    if input.trusted_documents_only is not strawberry.UNSET and input.trusted_documents_only is not None:
        values["trusted_only_since"] = _now() if input.trusted_documents_only else None
    return rules.change_agency(agency, values, await _wanted(write, input), new_id=write.new_id)


@mutation("ApiToken")
async def issue_token(write: Write, input: IssueTokenInput) -> Decision:  # noqa: A002 - as above
    """Issue a token; `apiToken { secret }` shows it in this answer only."""
    agency = await write.facts(rows.AGENCY, input.partner_agency_id, "partnerAgencyId")
    made = new_token()
    values = {**input.given("name", "expires_at"), "scopes": [scope.value for scope in input.scopes]}
    issued = Issued(made.prefix, made.hash)
    decision = tokens.issue_token(agency, values, issued, token_id=write.new_id(), now=_now())
    return await _shown_once(write, decision, made)


@mutation("ApiToken")
async def rotate_token(write: Write, input: RotateTokenInput) -> Decision:  # noqa: A002 - as above
    """Issue a token's successor; the old one works on for the overlap."""
    token, made = await write.facts(rows.TOKEN, input.id), new_token()
    decision = tokens.rotate_token(
        token,
        Issued(made.prefix, made.hash),
        token_id=write.new_id(),
        now=_now(),
        overlap_hours=input.overlap_hours,
    )
    return await _shown_once(write, decision, made)


@mutation("ApiToken")
async def revoke_token(write: Write, input: RevokeTokenInput) -> Decision:  # noqa: A002 - as above
    """Revoke a token; it is refused from this moment on."""
    return tokens.revoke_token(await write.facts(rows.TOKEN, input.id), now=_now())


@mutation("UserSession")
async def revoke_session(write: Write, input: RevokeSessionInput) -> Decision:  # noqa: A002 - as above
    """End a session of one's own; the national administrator ends anybody's."""
    return tokens.revoke_session(await write.facts(rows.SESSION, input.id), now=_now())
