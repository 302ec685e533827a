select convert_to(json_build_object('clusters', json_build_object('nodes', json_agg(json_build_object(
  'id', 'Cluster_' || c.id, 'nameFa', c.name_fa,
  'phases', json_build_object('nodes', f.nodes),
  'subProjects', json_build_object('nodes', s.nodes),
  'stakeholders', json_build_object('nodes', k.nodes),
  'supportInstitutions', json_build_object('nodes', i.nodes)) order by c.name_fa_order, c.id)))::text, 'UTF8')
from (
  select id, name_fa, name_fa_order from cluster where deleted_at is null order by name_fa_order, id limit 20
) c
cross join lateral (
  select coalesce(json_agg(json_build_object('code', h.code, 'status', h.status) order by h.ordinal, h.id), '[]')
    as nodes
  from (
    select id, ordinal, code, status from phase
    where cluster_id = c.id and deleted_at is null order by ordinal, id limit 5
  ) h
) f
cross join lateral (
  select coalesce(json_agg(json_build_object(
    'id', 'SubProject_' || u.id, 'nameFa', u.name_fa, 'status', u.status,
    'networks', json_build_object('nodes', n.nodes)) order by u.name_fa_order, u.id), '[]') as nodes
  from (
    select id, name_fa, name_fa_order, status from sub_project
    where cluster_id = c.id and deleted_at is null order by name_fa_order, id limit 10
  ) u
  cross join lateral (
    select coalesce(json_agg(json_build_object('nameFa', w.name_fa)), '[]') as nodes
    from (
      select w.name_fa from sub_project_network j join network w on w.id = j.network_id
      where j.sub_project_id = u.id and j.deleted_at is null and w.deleted_at is null
      order by w.name_fa_order, w.id limit 1
    ) w
  ) n
) s
cross join lateral (
  select coalesce(json_agg(json_build_object('id', 'Stakeholder_' || t.id, 'nameFa', t.name_fa, 'role', t.role)
    order by t.name_fa_order, t.id), '[]') as nodes
  from (
    select id, name_fa, name_fa_order, role from stakeholder
    where cluster_id = c.id and deleted_at is null order by name_fa_order, id limit 10
  ) t
) k
cross join lateral (
  select coalesce(json_agg(json_build_object('nameFa', o.name_fa) order by o.name_fa_order, o.id), '[]') as nodes
  from (
    select distinct o.id, o.name_fa, o.name_fa_order
    from support_commitment m join support_institution o on o.id = m.institution_id
    where m.cluster_id = c.id and m.deleted_at is null and o.deleted_at is null
    order by o.name_fa_order, o.id limit 20
  ) o
) i
