select convert_to('{"cluster":' || coalesce((select '{"id":"Cluster_' || t1.id || '","slug":' || to_json(t1.slug)::text || ',"nameFa":' || to_json(t1.name_fa)::text || ',"workshopsCount":' || coalesce((t1.workshops_count)::text, 'null') || ',"status":"' || t1.status || '","createdAt":"' || to_char((t1.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","province":' || (select '{"nameFa":' || to_json(t2.name_fa)::text || '}'
  from province t2
  where t2.id = t1.province_id) || '}'
  from cluster t1
  where t1.id = $1::uuid
  and t1.deleted_at is null), 'null') || '}', 'UTF8')
