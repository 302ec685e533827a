select convert_to('{"node":' || coalesce((select '{"__typename":"Cluster","id":"Cluster_' || t1.id || '","slug":' || to_json(t1.slug)::text || '}'
  from cluster t1
  where t1.id = $1::uuid
  and t1.deleted_at is null), 'null') || '}', 'UTF8')
