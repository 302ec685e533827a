"""The public types of users, partner agencies, tokens and sessions; never a secret, never a hash."""

from __future__ import annotations

import datetime

from schema.agencies import opening_rows, openings, rows
from schema.graph import Node, column, entity, many, name_column, one, permitted
from schema.scopes import OF_THE_AGENCY, ONES_OWN, THE_AGENCY, THE_TOKEN, THE_USER
from schema.vocabulary import InterfaceLanguage, PreferredCalendar, PreferredDigits, UserRole


@entity(rows.AppUser, scope=THE_USER, plural="users", order=("name",))
class User(Node):
    """Somebody who signs in; seen by oneself and by the administrators of one's province."""

    email: str = column("The address used for signing in.")
    name: str = name_column("The name shown to others.", "name")
    role: UserRole = column("What the user may see and do.")
    language: InterfaceLanguage = column("The language the user reads.")
    calendar: PreferredCalendar = column("The calendar the user sees dates in.")
    digits: PreferredDigits = column("The digits the user sees numbers in.")
    password_changed_at: datetime.datetime | None = column(
        "When the user last chose a password; empty until the invitation is accepted."
    )
    disabled_at: datetime.datetime | None = column("Since when the user may not sign in; empty for never.")
    mail_returned_at: datetime.datetime | None = column(
        "When a letter to the address last came back; empty if none did. None is sent for a week afterwards."
    )
    mail_problem: str | None = column(
        "Why letters to the address come back, and the remedy; another address ends it.",
        filterable=False,
        orderable=False,
    )
    provinces = many(
        "provinces.Province",
        "The provinces the user belongs to.",
        through="user_province",
        through_near="user_id",
        through_far="province_id",
    )
    clusters = many(
        "clusters.Cluster",
        "The clusters given to the user; those of assignments and seats come on top.",
        through="user_cluster",
        through_near="user_id",
        through_far="cluster_id",
    )
    user_sessions = many("agencies.UserSession", "Where the user is signed in.", far="user_id")
    api_tokens = many("agencies.ApiToken", "The user's own tokens.", far="user_id")
    permitted_actions = permitted(opening_rows.USER_OPENING, openings.permitted_on_user)


@entity(rows.PartnerAgency, scope=THE_AGENCY, plural="partnerAgencies", order=("name_fa",))
class PartnerAgency(Node):
    """An organisation whose programmes read from us."""

    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    contact_email: str | None = column(
        "Where to write about its access, and when an endpoint of its is paused.", orderable=False
    )
    contact_language: InterfaceLanguage | None = column(
        "The language it is written to in; empty for Persian.", orderable=False
    )
    mail_returned_at: datetime.datetime | None = column(
        "When a letter to its contact last came back; empty if none did. None is sent for a week afterwards."
    )
    mail_problem: str | None = column(
        "Why letters to its contact come back, and the remedy; another address ends it.",
        filterable=False,
        orderable=False,
    )
    trusted_only_since: datetime.datetime | None = column(
        "Since when its tokens send registered documents only; empty where they send any."
    )
    disabled_at: datetime.datetime | None = column("Since when it has no access; empty for never.")
    institution = one(
        "support.SupportInstitution", "The institution it is.", near="institution_id", required=False
    )
    provinces = many(
        "provinces.Province",
        "The provinces within its reach.",
        through="agency_province",
        through_near="agency_id",
        through_far="province_id",
    )
    clusters = many(
        "clusters.Cluster",
        "The clusters within its reach.",
        through="agency_cluster",
        through_near="agency_id",
        through_far="cluster_id",
    )
    institutions = many(
        "support.SupportInstitution",
        "The institutions whose clusters are within its reach.",
        through="agency_institution",
        through_near="agency_id",
        through_far="institution_id",
    )
    api_tokens = many("agencies.ApiToken", "Its tokens.", far="agency_id")
    trusted_documents = many("agencies.TrustedDocument", "The documents it registered.", far="agency_id")
    permitted_actions = permitted(opening_rows.AGENCY_OPENING, openings.permitted_on_agency)


@entity(rows.ApiToken, scope=THE_TOKEN, plural="apiTokens", order=("created_at",))
class ApiToken(Node):
    """A token for a program; the token itself is shown once, when it is issued."""

    name: str = column("What it is for.")
    prefix: str = column("Its visible beginning, by which it is recognised.")
    expires_at: datetime.datetime | None = column("When it ends by itself.")
    last_used_at: datetime.datetime | None = column("When it was last used, to the minute.")
    revoked_at: datetime.datetime | None = column("When it was revoked.")
    secret: str | None = column(
        "The token itself: only in the answer to the mutation that issues it, never again.",
        sql=(
            "case when current_setting('khoosheh.issued', true) = {t}.id::text"
            " then current_setting('khoosheh.secret', true) end"
        ),
        filterable=False,
        orderable=False,
    )
    scopes: list[str] = column(
        "What it may be used for.",
        sql="(select coalesce(array_agg(scope), '{{}}') from jsonb_array_elements_text({t}.scopes) scope)",
        filterable=False,
        orderable=False,
    )
    user = one("agencies.User", "The user it acts for.", near="user_id", required=False)
    partner_agency = one(
        "agencies.PartnerAgency", "The agency it acts for.", near="agency_id", required=False
    )
    successor = one(
        "agencies.ApiToken", "The token that takes its place.", near="successor_id", required=False
    )
    permitted_actions = permitted(opening_rows.TOKEN_OPENING, openings.permitted_on_token)


@entity(rows.TrustedDocument, scope=OF_THE_AGENCY, plural="trustedDocuments", order=("created_at",))
class TrustedDocument(Node):
    """A document that a partner agency registered, to be sent by its SHA-256 alone."""

    name: str | None = column("What it is for.")
    digest: str = column(
        "The SHA-256 of its text in hexadecimal, sent as `documentId` or `extensions.persistedQuery.sha256Hash`."
    )
    query: str = column("Its whole text.", filterable=False, orderable=False)
    partner_agency = one("agencies.PartnerAgency", "The agency that registered it.", near="agency_id")
    permitted_actions = permitted(rows.TRUSTED_DOCUMENT, openings.permitted_on_document)


@entity(rows.UserSession, scope=ONES_OWN, plural="userSessions", order=("created_at",))
class UserSession(Node):
    """A browser that is signed in."""

    client: str | None = column("What the browser says of itself.", orderable=False)
    last_seen_at: datetime.datetime = column("When it was last used, to the minute.")
    ends_at: datetime.datetime = column("When it ends at the latest.")
    ended_at: datetime.datetime | None = column("When it was ended; empty while it lasts.")
    user = one("agencies.User", "Who is signed in.", near="user_id")
    permitted_actions = permitted(rows.SESSION, openings.permitted_on_session)
