"""The tables of documents and of files that wait to be attached; and the rules' facts."""

from __future__ import annotations

from typing import Final

from tortoise import fields

from schema.documents import rules
from schema.documents.owners import OWNERS, Owner
from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference, Statement, Unique, searchable
from schema.rows import NAME_LENGTH, Record, Row, guards_of, reference, term
from schema.vocabulary import DocumentKind, InterfaceLanguage

FILE_NAME_LENGTH: Final = 255
DIGEST_LENGTH: Final = 64


class Upload(Row):
    """A file that was sent and found to be what it claims; swept when nobody attaches it in time."""

    user_id = reference(null=True)
    file_name = fields.CharField(max_length=FILE_NAME_LENGTH)
    media_type = fields.CharField(max_length=120)
    size = fields.IntField()
    sha256 = fields.CharField(max_length=DIGEST_LENGTH)
    attached_at = fields.DatetimeField(null=True)

    class Meta:
        """The table."""

        table = "upload"


class Document(Record):
    """A file attached to something of a cluster, with what it is and where it comes from."""

    cluster_id = reference()
    feasibility_id = reference(null=True)
    study_id = reference(null=True)
    plan_id = reference(null=True)
    meeting_id = reference(null=True)
    step_id = reference(null=True)
    gate_id = reference(null=True)
    sub_project_id = reference(null=True)
    activity_id = reference(null=True)
    visit_id = reference(null=True)
    network_id = reference(null=True)
    upload_id = reference()
    kind = term(DocumentKind)
    title_fa = fields.CharField(max_length=NAME_LENGTH)
    title_en = fields.CharField(max_length=NAME_LENGTH, null=True)
    language = term(InterfaceLanguage, null=True)
    dated_on = fields.DateField(null=True)
    file_name = fields.CharField(max_length=FILE_NAME_LENGTH)
    media_type = fields.CharField(max_length=120)
    size = fields.IntField()
    sha256 = fields.CharField(max_length=DIGEST_LENGTH)
    uploaded_by = fields.CharField(max_length=120)

    class Meta:
        """The table."""

        table = "document"


_OWNED: Final = tuple((owner, owner.column) for owner in OWNERS.values() if owner.column)


def _of_owner(owner: Owner, condition: str, row: str) -> str:
    found = condition.replace("{t}", "owner")
    return f"exists (select 1 from {owner.table} owner where owner.id = {row}.{owner.column} and {found})"


SETTLED: Final = (
    "("
    + " or ".join(_of_owner(owner, owner.settled, "{t}") for owner, _ in _OWNED if owner.settled != "false")
    + ")"
)
"""Whether the thing a document `{t}` lies with was approved, done or held."""

ENTITY: Final = (
    "case "
    + " ".join(f"when {{t}}.{column} is not null then '{owner.entity}'" for owner, column in _OWNED)
    + " else 'Cluster' end"
)
"""The public type of the thing a document `{t}` lies with."""

OWNER: Final = (
    f"{ENTITY} || '_' || coalesce({', '.join(f'{{t}}.{column}' for _, column in _OWNED)}, {{t}}.cluster_id)"
)
"""Its global id."""

_REMOVED: Final = (
    "(" + " or ".join(_of_owner(owner, "{t}.deleted_at is not null", "{t}") for owner, _ in _OWNED) + ")"
)

DOCUMENT: Final = Facts(
    rules.DocumentFacts, "Document", {"entity": ENTITY, "settled": SETTLED, "owner_removed": _REMOVED}
)
UPLOAD: Final = Facts(rules.UploadFacts, "Upload")
HOMES: Final = {
    entity: Facts(
        rules.OwnerFacts,
        entity,
        {"entity": f"'{entity}'::text", **({} if owner.column else {"cluster_id": "{t}.id"})},
    )
    for entity, owner in OWNERS.items()
}
"""The facts of every type that documents are attached to, by that type."""

_STAYS: Final = f"""
create function khoosheh_document_stays() returns trigger language plpgsql as $$
begin
  if (tg_op = 'DELETE' or (old.deleted_at is null and new.deleted_at is not null)
      or (new.upload_id, new.sha256, new.size) is distinct from (old.upload_id, old.sha256, old.size))
    and {SETTLED.replace("{t}", "old")} then
    raise exception 'What lies with something approved stays on record.'
      using errcode = 'check_violation', constraint = 'document_on_record';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger document_stays before update or delete on document
for each row execute function khoosheh_document_stays()
"""

guards: tuple[Guard, ...] = (
    *guards_of(Upload, Document),
    Reference("upload", "user_id", "app_user"),
    Index("upload", "created_at, id", where="attached_at is null", label="waiting"),
    Check("upload", "sender", "user_id is not null or attached_at is not null"),
    Check("upload", "size", "size > 0"),
    Check("upload", "sha256", "sha256 ~ '^[0-9a-f]{64}$'"),
    Reference("document", "cluster_id", "cluster", indexed=False),
    *(Reference("document", column, owner.table, together_with="cluster_id") for owner, column in _OWNED),
    Reference("document", "upload_id", "upload", indexed=False),
    Unique("document", "upload_id"),
    Index("document", "cluster_id, created_at, id"),
    Index("document", "created_at, id"),
    Index("document", "dated_on, id"),
    *searchable("document", "title_fa"),
    Check("document", "one_owner", f"num_nonnulls({', '.join(column for _, column in _OWNED)}) <= 1"),
    Check("document", "size", "size > 0"),
    Check("document", "sha256", "sha256 ~ '^[0-9a-f]{64}$'"),
    Statement(
        "document.stays",
        _STAYS.strip(),
        "drop trigger document_stays on document; drop function khoosheh_document_stays()",
    ),
)
