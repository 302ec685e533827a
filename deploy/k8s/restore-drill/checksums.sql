-- One line per table: its name, how many rows it has, and a checksum of all of them. The same lines from two
-- databases mean the same rows, whatever order they lie in. The drills of tests/deploy run this very file.
select format(
  'select %L || '' '' || count(*) || '' '' || coalesce(md5(string_agg(md5(r::text), '''' order by md5(r::text) collate "C")), ''empty'') from %I.%I as r',
  relname, nspname, relname
)
from pg_class join pg_namespace on pg_namespace.oid = relnamespace
where relkind in ('r', 'p') and not relispartition and nspname = 'public'
order by relname collate "C"
\gexec
