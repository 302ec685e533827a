select convert_to('{"clusters":' || (select '{"nodes":' || '[' || coalesce(string_agg(c1, ','), '') || ']' || '}'
  from (select '{"__typename":"Cluster","nameEn":' || to_json(t1.name_en)::text || ',"alias":' || to_json(t1.name_fa)::text || ',"id":"Cluster_' || t1.id || '"}' as c1
  from cluster t1
  where t1.deleted_at is null
  order by t1.name_fa_order, t1.id
  limit $1::bigint) page) || '}', 'UTF8')
