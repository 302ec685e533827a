"""A value that was approved stays as it was, in PostgreSQL too: the triggers on values and their parts (R55)."""

from typing import Final

from schema.guards import Statement

# Only that a later value corrects it may still be noted. Parts are compared with the transaction that
# wrote the value, so that a whole approved value can still be written at once.
_UP: Final = """
create function khoosheh_approved_value_stays() returns trigger language plpgsql as $$
begin
  if old.status = 'APPROVED' and (
    tg_op = 'DELETE'
    or (to_jsonb(old) - '{corrected,revision}'::text[]) is distinct from
       (to_jsonb(new) - '{corrected,revision}'::text[])
    or (old.corrected and not new.corrected)
  ) then
    raise exception 'an approved value of an indicator stays as it was approved' using errcode = 'check_violation';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;
create trigger indicator_value_approved_stays before update or delete on indicator_value
for each row execute function khoosheh_approved_value_stays();
create function khoosheh_approved_value_parts_stay() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from indicator_value v
    where v.id = case when tg_op = 'INSERT' then new.value_id else old.value_id end
    and v.status = 'APPROVED'
    and (tg_op <> 'INSERT' or v.xmin <> pg_current_xact_id()::xid)
  ) then
    raise exception 'the parts of an approved value stay as they were approved' using errcode = 'check_violation';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;
create trigger indicator_value_part_approved_stays before insert or update or delete on indicator_value_part
for each row execute function khoosheh_approved_value_parts_stay()
"""

_DOWN: Final = """
drop trigger indicator_value_part_approved_stays on indicator_value_part;
drop function khoosheh_approved_value_parts_stay();
drop trigger indicator_value_approved_stays on indicator_value;
drop function khoosheh_approved_value_stays()
"""

APPROVED_STAYS: Final = Statement("indicator_value.immutable", _UP.strip(), _DOWN.strip())
