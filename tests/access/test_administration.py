"""Administrators let others in, no further than they reach themselves; tokens are shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from schema.identity import global_id, new_id
from schema.vocabulary import UserRole
from services.graphql.exchange import Refusal
from services.graphql.identities.accounts import Accounts

if TYPE_CHECKING:
    from uuid import UUID

    from services.graphql.viewer import Viewers
    from tests.access.conftest import People, WithToken
    from tests.world import Api

pytestmark = pytest.mark.usefixtures("world")

FIRST, SECOND = (f"Province_01900000-0000-7000-8000-00010000000{number}" for number in (1, 2))
CLUSTER = "Cluster_01900000-0000-7000-8000-000200000001"
NEW = {
    "email": "Somebody@Khoosheh.Example",
    "name": "مریم",
    "role": "DEVELOPMENT_AGENT",
    "provinceIds": [FIRST],
}


def row(found: str) -> Any:
    from tests.world import identity  # noqa: PLC0415 - the world is a plugin of pytest

    return identity(found)


async def of_first(api: Api, people: People) -> Api:
    user = await people.user(UserRole.PROVINCE_ADMINISTRATOR, provinces=(row(FIRST),))
    return api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(row(FIRST),), user_id=user)


async def test_a_user_is_let_in_with_an_address_in_small_letters_and_audited_without_events(api: Api) -> None:
    before = await api.footprint()
    user = await api.accepted("createUser", NEW, "email role provinces { nodes { id } } disabledAt")
    assert user == {
        "email": "somebody@khoosheh.example", "role": "DEVELOPMENT_AGENT", "disabledAt": None,
        "provinces": {"nodes": [{"id": FIRST}]},
    }  # fmt: skip
    assert await api.footprint() == (before[0], before[1] + 2)
    assert await api.refused("createUser", NEW) == [("NOT_UNIQUE", ["email"])]


async def test_everything_wrong_with_a_new_user_is_said_at_once(api: Api) -> None:
    problems = await api.refused("createUser", {"email": "nobody", "name": "x", "role": "PARTNER_AGENCY"})
    assert problems == [
        ("UNUSABLE_EMAIL", ["email"]), ("NOT_ALLOWED", ["role"]), ("REQUIRED", ["provinceIds"]),
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["NATIONAL_ADMINISTRATOR", "NATIONAL_VIEWER", "PROVINCE_ADMINISTRATOR"])
async def test_a_province_makes_nobody_its_equal(api: Api, people: People, role: str) -> None:
    province = await of_first(api, people)
    assert ("NOT_ALLOWED", ["role"]) in await province.refused("createUser", {**NEW, "role": role})
    user = await province.accepted("createUser", NEW)
    assert ("NOT_ALLOWED", ["role"]) in await province.refused("editUser", {"id": user["id"], "role": role})


async def test_a_province_gives_no_other_province(api: Api, people: People) -> None:
    province = await of_first(api, people)
    assert await province.refused("createUser", {**NEW, "provinceIds": [FIRST, SECOND]}) == [
        ("NOT_ALLOWED", ["provinceIds"])
    ]
    user = await province.accepted("createUser", NEW)
    assert await province.refused("editUser", {"id": user["id"], "provinceIds": [SECOND]}) == [
        ("NOT_ALLOWED", ["provinceIds"])
    ]


async def test_users_of_other_provinces_look_absent_and_equals_are_left_alone(
    api: Api, people: People
) -> None:
    province = await of_first(api, people)
    foreign = await people.user(UserRole.DEVELOPMENT_AGENT, provinces=(row(SECOND),))
    equal = await people.user(UserRole.PROVINCE_ADMINISTRATOR, provinces=(row(FIRST),))
    for name, given in (("editUser", {"role": "COUNCIL_MEMBER"}), ("disableUser", {})):
        absent = await province.refused(name, {"id": global_id("User", new_id()), **given})
        assert await province.refused(name, {"id": global_id("User", foreign), **given}) == absent
        assert ("NOT_ALLOWED", ["id"]) in await province.refused(
            name, {"id": global_id("User", equal), **given}
        )


async def test_nobody_changes_the_own_role_or_locks_oneself_out(api: Api, people: People) -> None:
    office = await people.user(UserRole.NATIONAL_ADMINISTRATOR)
    self_ = api.as_(UserRole.NATIONAL_ADMINISTRATOR, user_id=office)
    own = global_id("User", office)
    assert await self_.refused("editUser", {"id": own, "role": "NATIONAL_VIEWER"}) == [
        ("NOT_ALLOWED", ["role"])
    ]
    assert await self_.refused("editUser", {"id": own, "provinceIds": [FIRST]}) == [
        ("NOT_ALLOWED", ["provinceIds"])
    ]
    assert await self_.refused("disableUser", {"id": own}) == [("NOT_ONESELF", ["id"])]


async def test_everybody_chooses_how_to_read_and_nothing_else(api: Api, people: People) -> None:
    viewer = await people.user(UserRole.PROVINCE_VIEWER, provinces=(row(FIRST),))
    self_ = api.as_(UserRole.PROVINCE_VIEWER, user_id=viewer, provinces=(row(FIRST),))
    own = {"id": global_id("User", viewer)}
    read = await self_.accepted(
        "editUser", {**own, "calendar": "GREGORIAN", "digits": "LATIN"}, "calendar digits"
    )
    assert read == {"calendar": "GREGORIAN", "digits": "LATIN"}
    for given in (
        {"role": "NATIONAL_ADMINISTRATOR"},
        {"provinceIds": [FIRST, SECOND]},
        {"clusterIds": [CLUSTER]},
    ):
        assert await self_.refused("editUser", {**own, **given})


async def test_a_reach_is_replaced_as_a_whole(api: Api) -> None:
    user = await api.accepted("createUser", NEW)
    shown = "provinces { nodes { id } } clusters { nodes { id } }"
    edited = await api.accepted(
        "editUser", {"id": user["id"], "provinceIds": [SECOND], "clusterIds": [CLUSTER]}, shown
    )
    assert edited == {"provinces": {"nodes": [{"id": SECOND}]}, "clusters": {"nodes": [{"id": CLUSTER}]}}
    again = await api.accepted("editUser", {"id": user["id"], "provinceIds": [FIRST, SECOND]}, shown)
    assert {node["id"] for node in again["provinces"]["nodes"]} == {FIRST, SECOND}


async def test_a_disabled_user_is_out_at_once_and_may_be_let_in_again(
    api: Api, people: People, viewers: Viewers
) -> None:
    user = await people.user(UserRole.NATIONAL_VIEWER)
    session = await people.session(user)
    assert await viewers.viewer_of_session(session)
    await api.accepted("disableUser", {"id": global_id("User", user)})
    viewers.forget()
    assert await viewers.viewer_of_session(session) is None
    assert (await api.accepted("enableUser", {"id": global_id("User", user)}, "disabledAt")) == {
        "disabledAt": None
    }
    assert await viewers.viewer_of_session(session) is None


async def issued(api: Api, **given: Any) -> tuple[str, dict[str, Any]]:
    agency = await api.accepted(
        "createAgency",
        {"nameFa": "یونیدو", "nameEn": "UNIDO", "provinceIds": [FIRST]},
        "id provinces { nodes { id } }",
    )
    token = await api.accepted(
        "issueToken",
        {"partnerAgencyId": agency["id"], "name": "sync", "scopes": ["READ"], **given},
        "id prefix secret scopes expiresAt partnerAgency { nameEn }",
    )
    return token["secret"], token


async def test_a_token_is_shown_once_works_and_is_kept_as_a_hash(
    api: Api, viewers: Viewers, with_token: WithToken
) -> None:
    secret, token = await issued(api)
    assert secret.startswith(token["prefix"])
    assert token["scopes"] == ["READ"]
    viewer = await viewers.viewer_of(with_token(secret))
    assert (viewer.role, viewer.provinces) == (UserRole.PARTNER_AGENCY, (row(FIRST),))
    shown = await api.data("{ apiTokens { nodes { id prefix secret } } }")
    assert shown["apiTokens"]["nodes"] == [{"id": token["id"], "prefix": token["prefix"], "secret": None}]
    for table in ("api_token", "audit_entry", "idempotency_key", "event"):
        rows = await api.pool.fetch(f"select * from {table}")  # noqa: S608 - the names above
        assert secret not in str([tuple(found.values()) for found in rows])


async def test_under_a_key_a_token_is_made_once_and_shown_by_the_first_answer_only(api: Api) -> None:
    _, token = await issued(api)
    given = {"id": token["id"], "idempotencyKey": "k"}
    first = await api.accepted("rotateToken", given, "id prefix secret")
    assert first["secret"].startswith(first["prefix"])
    before = await api.footprint()
    assert await api.accepted("rotateToken", given, "id prefix secret") == {**first, "secret": None}
    assert await api.footprint() == before
    kept = await api.pool.fetchval("select answer from idempotency_key")
    assert first["prefix"] in kept
    assert first["secret"] not in kept


async def test_a_rotated_token_works_beside_its_successor_for_the_overlap(
    api: Api, viewers: Viewers, with_token: WithToken
) -> None:
    secret, token = await issued(api)
    successor = await api.accepted("rotateToken", {"id": token["id"], "overlapHours": 1}, "id secret")
    for works in (secret, successor["secret"]):
        await viewers.viewer_of(with_token(works))
    old = (await api.data(f'{{ apiToken(id: "{token["id"]}") {{ expiresAt successor {{ id }} }} }}'))[
        "apiToken"
    ]
    assert old["expiresAt"] is not None
    assert old["successor"] == {"id": successor["id"]}
    for hours in (-1, 169):
        assert await api.refused("rotateToken", {"id": successor["id"], "overlapHours": hours}) == [
            ("OUT_OF_RANGE", ["overlapHours"])
        ]


async def test_a_revoked_token_is_refused_and_so_is_revoking_it_again(
    api: Api, viewers: Viewers, with_token: WithToken
) -> None:
    secret, token = await issued(api)
    await viewers.viewer_of(with_token(secret))
    await api.accepted("revokeToken", {"id": token["id"]}, "revokedAt")
    viewers.forget()
    with pytest.raises(Refusal):
        await viewers.viewer_of(with_token(secret))
    assert await api.refused("revokeToken", {"id": token["id"]}) == [("ALREADY_DONE", ["id"])]
    assert await api.refused("rotateToken", {"id": token["id"]}) == [("TOKEN_OVER", ["id"])]


async def test_an_agency_sees_and_rotates_its_own_tokens_only(api: Api, people: People) -> None:
    _, token = await issued(api)
    other = await people.agency()
    stranger = api.as_(UserRole.PARTNER_AGENCY, agency_id=other)
    absent = await stranger.refused("rotateToken", {"id": global_id("ApiToken", new_id())})
    assert await stranger.refused("rotateToken", {"id": token["id"]}) == absent
    assert await stranger.refused("issueToken", {"partnerAgencyId": global_id("PartnerAgency", other), "name": "x",
                                                 "scopes": ["READ"]}) == [("NOT_ALLOWED", [])]  # fmt: skip


async def test_a_disabled_agency_gets_no_token_and_its_tokens_end(
    api: Api, viewers: Viewers, with_token: WithToken
) -> None:
    secret, _ = await issued(api)
    agency = (await api.data("{ partnerAgencies { nodes { id } } }"))["partnerAgencies"]["nodes"][0]["id"]
    await api.accepted("editAgency", {"id": agency, "disabled": True}, "disabledAt")
    viewers.forget()
    with pytest.raises(Refusal):
        await viewers.viewer_of(with_token(secret))
    given = {"partnerAgencyId": agency, "name": "x", "scopes": ["READ"]}
    assert await api.refused("issueToken", given) == [("AGENCY_DISABLED", ["partnerAgencyId"])]


async def test_one_ends_ones_own_sessions_and_nobody_elses(
    api: Api, people: People, viewers: Viewers
) -> None:
    user, other = [await people.user(UserRole.COUNCIL_MEMBER) for _ in range(2)]
    accounts = Accounts(api.pool)
    await accounts.set_password(user, "گذرواژه‌ای که کسی نمی‌داند")
    mine, theirs = await people.session(user), await people.session(other)
    self_ = api.as_(UserRole.COUNCIL_MEMBER, user_id=user)
    sessions: dict[UUID, str] = {
        found["user_id"]: global_id("UserSession", found["id"])
        for found in await api.pool.fetch("select id, user_id from user_session")
    }
    listed = await self_.data("{ userSessions { nodes { id } } }")
    assert listed["userSessions"]["nodes"] == [{"id": sessions[user]}]
    assert await self_.refused("revokeSession", {"id": sessions[other]}) == [("NOT_FOUND", ["id"])]
    await self_.accepted("revokeSession", {"id": sessions[user]})
    viewers.forget()
    assert await viewers.viewer_of_session(mine) is None
    assert await viewers.viewer_of_session(theirs)


async def test_whoever_asks_is_told_who_that_is(api: Api, people: People) -> None:
    shown = "{ viewer { id role language } viewerAgency { id } }"
    user = await people.user(UserRole.COUNCIL_MEMBER)
    assert await api.as_(UserRole.COUNCIL_MEMBER, user_id=user).data(shown) == {
        "viewer": {"id": global_id("User", user), "role": "COUNCIL_MEMBER", "language": "EN"},
        "viewerAgency": None,
    }
    agency = await people.agency()
    assert await api.as_(UserRole.PARTNER_AGENCY, agency_id=agency).data(shown) == {
        "viewer": None,
        "viewerAgency": {"id": global_id("PartnerAgency", agency)},
    }


async def test_a_token_without_a_name_is_not_issued(api: Api) -> None:
    agency = (await api.accepted("createAgency", {"nameFa": "نهاد", "nameEn": "Agency"}))["id"]
    wanted = {"partnerAgencyId": agency, "name": " ", "scopes": ["READ"]}
    assert await api.refused("issueToken", wanted) == [("REQUIRED", ["name"])]


async def test_what_is_open_on_accounts_is_told_with_its_reason_and_is_what_happens(
    api: Api, people: People
) -> None:
    province = await of_first(api, people)
    agent = await people.user(UserRole.DEVELOPMENT_AGENT, provinces=(row(FIRST),))
    equal = await people.user(UserRole.PROVINCE_ADMINISTRATOR, provinces=(row(FIRST),))
    document = (
        "query ($id: ID!) { node(id: $id) { ... on %s { permittedActions { action reasons { code } } } } }"
    )

    async def told(asking: Api, kind: str, identity: object) -> dict[str, list[str]]:
        found = await asking.data(document % kind, {"id": identity})
        return {
            one["action"]: [reason["code"] for reason in one["reasons"]]
            for one in found["node"]["permittedActions"]
        }

    on_agent = await told(province, "User", global_id("User", agent))
    assert on_agent == {
        "editUser": [],
        "disableUser": [],
        "enableUser": ["HAS_ACCESS"],
        "requestPasswordReset": [],
    }
    assert (await told(province, "User", global_id("User", equal)))["disableUser"] == ["NOT_ALLOWED"]
    own = f"User_{province.viewer.user_id}"
    assert (await told(province, "User", own))["disableUser"] == ["NOT_ONESELF"]
    assert await province.refused("enableUser", {"id": global_id("User", agent)}) == [("HAS_ACCESS", ["id"])]

    _, token = await issued(api)
    assert await told(api, "ApiToken", token["id"]) == {"rotateToken": [], "revokeToken": []}
    await api.accepted("revokeToken", {"id": token["id"]})
    gone = {"rotateToken": ["TOKEN_OVER"], "revokeToken": ["ALREADY_DONE"]}
    assert await told(api, "ApiToken", token["id"]) == gone
    agency = (await api.data("{ partnerAgencies { nodes { id } } }"))["partnerAgencies"]["nodes"][0]["id"]
    assert (await told(api, "PartnerAgency", agency))["issueToken"] == []
    await api.accepted("editAgency", {"id": agency, "disabled": True})
    assert (await told(api, "PartnerAgency", agency))["issueToken"] == ["AGENCY_DISABLED"]
