"""The Jalali month arithmetic of `schema/jalali.py` as an SQL function, for figures computed by PostgreSQL."""

from typing import Final

from schema.guards import Statement

_NEW_YEAR: Final = (
    "create or replace function khoosheh_new_year(year int) returns date language sql immutable strict"
    " parallel safe return date '0001-01-01' + (226894 + 365 * (year - 1) + (8 * year + 21) / 33"
    " - case when year = 1503 then 1 else 0 end)"
)
# A day's year is the one whose new year is the last not after it; its place in the year gives the month.
_ADD_MONTHS: Final = """
create or replace function khoosheh_add_months(anchor date, months int) returns date
language sql immutable strict parallel safe
begin atomic
  with guessed as (
    select extract(year from anchor)::int - 621 as year
  ), year_of as (
    select case when anchor < khoosheh_new_year(year) then year - 1 else year end as year from guessed
  ), placed as (
    select year, anchor - khoosheh_new_year(year) as rest from year_of
  ), read as (
    select year,
      case when rest < 186 then rest / 31 else 6 + (rest - 186) / 30 end as month,
      case when rest < 186 then rest % 31 else (rest - 186) % 30 end as day
    from placed
  ), moved as (
    select (year * 12 + month + months) / 12 as year, (year * 12 + month + months) % 12 as month, day from read
  ), measured as (
    select year, month, day,
      case
        when month < 6 then 31
        when month < 11 then 30
        else khoosheh_new_year(year + 1) - khoosheh_new_year(year) - 336
      end as length
    from moved
  )
  select khoosheh_new_year(year) + month * 30 + least(month, 6) + least(day, length - 1) from measured;
end
"""

MONTHS_IN_SQL: Final = Statement(
    "khoosheh_add_months",
    f"{_NEW_YEAR};{_ADD_MONTHS}",
    "drop function if exists khoosheh_add_months(date, int); drop function if exists khoosheh_new_year(int)",
    order=0,
)
