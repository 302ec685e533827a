select convert_to(json_build_object('clusters', json_build_object(
  'totalCount', (select count(*) from cluster where deleted_at is null),
  'nodes', json_agg(json_build_object(
    'id', 'Cluster_' || c.id, 'slug', c.slug, 'nameFa', c.name_fa,
    'province', json_build_object('nameFa', p.name_fa),
    'phases', json_build_object('nodes', f.nodes)) order by c.name_fa_order, c.id)))::text, 'UTF8')
from (
  select id, slug, name_fa, name_fa_order, province_id from cluster
  where deleted_at is null order by name_fa_order, id limit 50
) c
join province p on p.id = c.province_id
cross join lateral (
  select coalesce(json_agg(json_build_object(
    'kind', h.kind, 'status', h.status, 'actualStart', h.actual_start, 'actualEnd', h.actual_end)
    order by h.ordinal, h.id), '[]') as nodes
  from (
    select id, ordinal, kind, status, actual_start, actual_end from phase
    where cluster_id = c.id and deleted_at is null order by ordinal, id limit 5
  ) h
) f
