-- The three roles of an installation: the migrator owns the tables, the service works on their rows,
-- the reader looks. Run once by a superuser in the new database, before the first migration.
-- Logins and passwords are not given here: CloudNativePG's managed roles set them from Secrets.
do $roles$
begin
  if not exists (select from pg_roles where rolname = 'khoosheh_migrator') then
    create role khoosheh_migrator nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'khoosheh_service') then
    create role khoosheh_service nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'khoosheh_reader') then
    create role khoosheh_reader nologin;
  end if;
  -- Nobody but these three enters, and only the migrator changes the shape of anything.
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect, create, temporary on database %I to khoosheh_migrator', current_database());
  execute format('grant connect on database %I to khoosheh_service, khoosheh_reader', current_database());
end
$roles$;

revoke all on schema public from public;
grant usage, create on schema public to khoosheh_migrator;
grant usage on schema public to khoosheh_service, khoosheh_reader;

alter default privileges for role khoosheh_migrator in schema public
  grant select, insert, update, delete on tables to khoosheh_service;
alter default privileges for role khoosheh_migrator in schema public
  grant usage, select on sequences to khoosheh_service;
alter default privileges for role khoosheh_migrator in schema public
  grant select on tables to khoosheh_reader;

-- A pooler in transaction mode passes no session settings on, so they belong to the role.
alter role khoosheh_service set statement_timeout = '10s';
alter role khoosheh_service set jit = off;
alter role khoosheh_reader set statement_timeout = '60s';
alter role khoosheh_reader set default_transaction_read_only = on;
