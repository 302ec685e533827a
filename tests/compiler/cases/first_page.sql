select convert_to('{"clusters":' || (select '{"nodes":' || '[' || coalesce(array_to_string((array_agg(c1))[1:($1::bigint)::int], ','), '') || ']' || ',"totalCount":' || (select count(*)
  from cluster t1
  where t1.deleted_at is null)::text || ',"pageInfo":{"hasNextPage":' || (count(*) > $1::bigint)::text || ',"endCursor":' || case when count(*) > 0 then '"' || translate(encode(convert_to(json_build_array('5e015c51'::text, ((array_agg(c2))[1:($1::bigint)::int])[least(count(*), $1::bigint)::int], ((array_agg(c3))[1:($1::bigint)::int])[least(count(*), $1::bigint)::int])::text, 'UTF8'), 'base64'), E'\n', '') || '"' else 'null' end || '}}'
  from (select '{"nameFa":' || to_json(t1.name_fa)::text || '}' as c1, (t1.name_fa_order)::text as c2, (t1.id)::text as c3
  from cluster t1
  where t1.deleted_at is null
  order by t1.name_fa_order, t1.id
  limit $1::bigint + 1) page) || '}', 'UTF8')
