"""The audit trail tells when it was tampered with: an entity's entries are a chain, and none ever changes (I17)."""

from typing import Final

from schema.guards import Statement

# An entry's hash takes in everything it says and the hash of the one before; and a salt that nobody reads
# through the API, or the hash would let its readers try out what they may not see, such as a score from 1 to 5.
# Two writers of one entity wait for each other here, so that a chain never forks where nothing else locks the row.
_UP: Final = """
create function khoosheh_audit_hash(entry audit_entry) returns bytea language sql stable as $$
  select sha256(entry.previous_hash || entry.salt || convert_to(jsonb_build_array(
    entry.number, entry.id, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
    entry.actor, entry.user_id, entry.action, entry.entity, entry.entity_id,
    entry.cluster_id, entry.province_id, entry.request_id, entry.before, entry.after)::text, 'UTF8'))
$$;
create function khoosheh_audit_chained() returns trigger language plpgsql as $$
declare
  former record;
begin
  perform pg_advisory_xact_lock(hashtextextended(new.entity || '_' || new.entity_id::text, 0));
  select number, hash into former from audit_entry
  where entity_id = new.entity_id and entity = new.entity order by number desc limit 1;
  new.number := coalesce(former.number, 0) + 1;
  new.previous_hash := coalesce(former.hash, ''::bytea);
  new.hash := khoosheh_audit_hash(new);
  return new;
end $$;
create trigger audit_entry_chained before insert on audit_entry
for each row execute function khoosheh_audit_chained();
create function khoosheh_audit_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is only ever added to' using errcode = 'check_violation';
end $$;
create trigger audit_entry_stays before update or delete on audit_entry
for each row execute function khoosheh_audit_stays();
create trigger audit_entry_stays_whole before truncate on audit_entry
for each statement execute function khoosheh_audit_stays()
"""

_DOWN: Final = """
drop trigger audit_entry_stays_whole on audit_entry;
drop trigger audit_entry_stays on audit_entry;
drop function khoosheh_audit_stays();
drop trigger audit_entry_chained on audit_entry;
drop function khoosheh_audit_chained();
drop function khoosheh_audit_hash(audit_entry)
"""

LINKS: Final = Statement(
    "audit_entry.links",
    "alter table audit_entry add column number integer not null,"
    " add column previous_hash bytea not null, add column hash bytea not null,"
    " add column salt bytea not null default uuid_send(gen_random_uuid())",
    "alter table audit_entry drop column salt, drop column hash, drop column previous_hash, drop column number",
    order=0,
)
CHAINED: Final = Statement("audit_entry.chained", _UP.strip(), _DOWN.strip())

BROKEN: Final = """
with link as (
  select entry.entity || '_' || entry.entity_id as subject, entry.number,
    entry.number = row_number() over chain
    and entry.previous_hash = coalesce(lag(entry.hash) over chain, ''::bytea)
    and entry.hash = khoosheh_audit_hash(entry) as whole
  from audit_entry entry
  window chain as (partition by entry.entity_id, entry.entity order by entry.number)
)
select subject, min(number) as number from link where not whole group by subject order by subject
"""
"""Every entity whose chain is broken, with the number of the first entry that does not fit."""
