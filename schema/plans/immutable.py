"""What the council approved stays as it was, in PostgreSQL too: the triggers on versions and their parts."""

from __future__ import annotations

from typing import Final

from schema.guards import Statement

# What the council approved stays as it was: such a version may only be superseded or pass to another
# owner. The parts of a version are compared with the transaction that wrote the version, so that a
# whole approved version can still be written at once. What PostgreSQL generates is not there yet before an
# update, so it is left out: it follows the columns that are compared.
_UP: Final = """
create function khoosheh_approved_plan_stays() returns trigger language plpgsql as $$
begin
  if old.status in ('APPROVED', 'SUPERSEDED') and (
    tg_op = 'DELETE'
    or (to_jsonb(old) - '{status,owner,revision,former_version,document_number_norm}'::text[]) is distinct from
       (to_jsonb(new) - '{status,owner,revision,former_version,document_number_norm}'::text[])
    or (new.status <> old.status and (old.status, new.status) <> ('APPROVED', 'SUPERSEDED'))
  ) then
    raise exception 'an approved action plan stays as it was approved' using errcode = 'check_violation';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;
create trigger action_plan_approved_stays before update or delete on action_plan
for each row execute function khoosheh_approved_plan_stays();
create function khoosheh_approved_parts_stay() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from action_plan p
    where p.id = case when tg_op = 'INSERT' then new.plan_id else old.plan_id end
    and p.status in ('APPROVED', 'SUPERSEDED')
    and (tg_op <> 'INSERT' or p.xmin <> pg_current_xact_id()::xid)
  ) then
    raise exception 'the parts of an approved action plan stay as they were approved'
      using errcode = 'check_violation';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;
create trigger strategy_approved_stays before insert or update or delete on strategy
for each row execute function khoosheh_approved_parts_stay();
create trigger operational_programme_approved_stays before insert or update or delete on operational_programme
for each row execute function khoosheh_approved_parts_stay()
"""

_DOWN: Final = """
drop trigger operational_programme_approved_stays on operational_programme;
drop trigger strategy_approved_stays on strategy;
drop function khoosheh_approved_parts_stay();
drop trigger action_plan_approved_stays on action_plan;
drop function khoosheh_approved_plan_stays()
"""

APPROVED_STAYS: Final = Statement("action_plan.immutable", _UP.strip(), _DOWN.strip())
