"""What may happen to a document: attached once, corrected and removed until what it lies with is approved."""

from __future__ import annotations

import datetime
from dataclasses import replace
from uuid import UUID

import pytest

from schema.access import ACTIONS
from schema.decision import Accepted, Create, Decision, Refused, Remove, Update
from schema.documents import rules
from schema.documents.owners import OWNERS, Owner, OwnerType
from schema.problems import ProblemCode
from schema.vocabulary import DocumentKind, UserRole

TODAY = datetime.date(2026, 11, 23)
NOW = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)
CLUSTER, OWNER, UPLOAD, DOCUMENT = (UUID(int=number) for number in range(1, 5))
FILE = rules.UploadFacts(UPLOAD, "report.pdf", "application/pdf", 1234, "a" * 64, None)
SAID = {"kind": DocumentKind.DIAGNOSTIC_STUDY, "title_fa": "گزارش"}
AGENT = rules.Sender(UserRole.DEVELOPMENT_AGENT, "User_1", NOW)


def attached(
    entity: OwnerType = "DiagnosticStudy",
    upload: rules.UploadFacts = FILE,
    sender: rules.Sender = AGENT,
    **said: object,
) -> Decision:
    owner = rules.OwnerFacts(OWNER, CLUSTER, entity)
    return rules.attach(owner, upload, {**SAID, **said}, sender=sender, today=TODAY, document_id=DOCUMENT)


def codes(decision: Decision) -> list[tuple[ProblemCode, tuple[str, ...]]]:
    assert isinstance(decision, Refused), decision
    return [(problem.code, problem.path) for problem in decision.problems]


@pytest.mark.parametrize("owner", OWNERS.values(), ids=lambda owner: owner.entity)
def test_a_document_names_the_thing_it_is_attached_to(owner: Owner) -> None:
    entity = owner.entity
    administrator = replace(AGENT, role=UserRole.NATIONAL_ADMINISTRATOR)
    decision = attached(entity, sender=administrator)
    assert isinstance(decision, Accepted)
    made, marked = decision.changes
    assert isinstance(made, Create)
    column = OWNERS[entity].column
    named = {
        name: value for name, value in made.values.items() if name in {o.column for o in OWNERS.values()}
    }
    assert named == ({column: OWNER} if column else {})
    assert made.values["cluster_id"] == CLUSTER
    assert made.values["sha256"] == FILE.sha256
    assert marked == Update("Upload", UPLOAD, {"attached_at": NOW})


def test_a_file_is_attached_once() -> None:
    used = replace(FILE, attached_at=NOW)
    assert codes(attached(upload=used)) == [(ProblemCode.UPLOAD_ATTACHED, ("uploadId",))]


@pytest.mark.parametrize("role", UserRole)
@pytest.mark.parametrize("entity", OWNERS)
def test_whoever_records_a_thing_attaches_to_it_and_nobody_else(role: UserRole, entity: OwnerType) -> None:
    decision = attached(entity, sender=replace(AGENT, role=role))
    if role in ACTIONS[OWNERS[entity].action]:
        assert isinstance(decision, Accepted)
    else:
        assert codes(decision) == [(ProblemCode.NOT_ALLOWED, ("ownerId",))]


def test_a_document_has_a_title_and_no_date_in_the_future() -> None:
    tomorrow = TODAY + datetime.timedelta(days=1)
    assert codes(attached(title_fa="", dated_on=tomorrow)) == [
        (ProblemCode.REQUIRED, ("titleFa",)),
        (ProblemCode.IN_FUTURE, ("datedOn",)),
    ]


def test_what_lies_with_something_approved_stays_as_it_is() -> None:
    by = UserRole.NATIONAL_ADMINISTRATOR
    free = rules.DocumentFacts(DOCUMENT, "ActionPlan", settled=False, owner_removed=False)
    settled = replace(free, settled=True)
    removed = Accepted(("Document", DOCUMENT), (Remove("Document", DOCUMENT),))
    assert rules.remove(free, by=by) == removed
    assert codes(rules.remove(settled, by=by)) == [(ProblemCode.DOCUMENT_ON_RECORD, ())]
    assert codes(rules.edit(settled, {"title_fa": "دیگر"}, by=by, today=TODAY)) == [
        (ProblemCode.DOCUMENT_ON_RECORD, ())
    ]
    assert [p.allowed for p in rules.permitted(free, today=TODAY)] == [True, True]
    assert [p.allowed for p in rules.permitted(settled, today=TODAY)] == [False, False]


def test_a_removed_document_comes_back_unless_the_thing_it_lay_with_is_gone() -> None:
    by = UserRole.NATIONAL_ADMINISTRATOR
    document = rules.DocumentFacts(DOCUMENT, "SubProject", settled=False, owner_removed=False)
    back = Accepted(("Document", DOCUMENT), (Update("Document", DOCUMENT, {"deleted_at": None}),))
    assert rules.restore(document, by=by) == back
    gone = replace(document, owner_removed=True)
    assert codes(rules.restore(gone, by=by)) == [(ProblemCode.PART_OF_REMOVED, ())]
    stranger = UserRole.COUNCIL_MEMBER
    assert codes(rules.restore(document, by=stranger)) == [(ProblemCode.NOT_ALLOWED, ("id",))]
