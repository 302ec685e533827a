"""The Jalali month arithmetic of `schema/jalali.py` as an SQL function, for what PostgreSQL computes."""

from typing import Final

from schema.guards import Statement

_TRAITS: Final = "immutable strict parallel safe"
_NEW_YEAR: Final = f"""
create or replace function khoosheh_new_year(year int) returns date language sql {_TRAITS}
return date '0001-01-01' + (226894 + 365 * (year - 1) + (8 * year + 21) / 33 - (year = 1503)::int)
"""
# A day's year is the one whose new year is the last not after it; its place in the year gives the month.
_ADD_MONTHS: Final = f"""
create or replace function khoosheh_add_months(anchor date, months int) returns date
language plpgsql {_TRAITS} as $body$
declare
  jalali_year int := extract(year from anchor)::int - 621;
  rest int;
  month int;
  day int;
  length int;
begin
  if anchor < khoosheh_new_year(jalali_year) then
    jalali_year := jalali_year - 1;
  end if;
  rest := anchor - khoosheh_new_year(jalali_year);
  if rest < 186 then
    month := rest / 31;
    day := rest % 31;
  else
    month := 6 + (rest - 186) / 30;
    day := (rest - 186) % 30;
  end if;
  month := jalali_year * 12 + month + months;
  jalali_year := month / 12;
  month := month % 12;
  if month < 6 then
    length := 31;
  elsif month < 11 then
    length := 30;
  else
    length := khoosheh_new_year(jalali_year + 1) - khoosheh_new_year(jalali_year) - 336;
  end if;
  return khoosheh_new_year(jalali_year) + month * 30 + least(month, 6) + least(day, length - 1);
end
$body$
"""

MONTHS_IN_SQL: Final = Statement(
    "khoosheh_add_months",
    f"{_NEW_YEAR};{_ADD_MONTHS}",
    "drop function if exists khoosheh_add_months(date, int); drop function if exists khoosheh_new_year(int)",
    order=0,
)
