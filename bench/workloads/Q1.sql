select convert_to(json_build_object('cluster', json_build_object(
  'id', 'Cluster_' || c.id, 'slug', c.slug, 'nameFa', c.name_fa, 'nameEn', c.name_en, 'status', c.status,
  'developmentLevel', c.development_level, 'workshopsCount', c.workshops_count, 'workersCount', c.workers_count,
  'province', json_build_object('nameFa', p.name_fa)))::text, 'UTF8')
from cluster c
join province p on p.id = c.province_id
where c.id = $1 and c.deleted_at is null
