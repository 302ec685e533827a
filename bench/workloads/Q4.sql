select convert_to(json_build_object('stakeholders', json_build_object('nodes', json_agg(json_build_object(
  'id', 'Stakeholder_' || s.id, 'nameFa', s.name_fa, 'kind', s.kind, 'role', s.role, 'sizeClass', s.size_class,
  'workersCount', s.workers_count, 'cluster', json_build_object('nameFa', c.name_fa))
  order by s.cluster_id, s.name_fa_order, s.id)))::text, 'UTF8')
from (
  select id, cluster_id, name_fa, name_fa_order, kind, role, size_class, workers_count from stakeholder
  where deleted_at is null order by cluster_id, name_fa_order, id limit 1000
) s
join cluster c on c.id = s.cluster_id and c.deleted_at is null
