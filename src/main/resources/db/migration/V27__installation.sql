-- What this database was begun with, and every start must agree with: the mode, and the keyset. One
-- row for each key that ever sealed anything, sealed by it.
create table installation (
  one_row boolean primary key default true check (one_row),
  mode text not null check (mode in ('sandbox', 'live')),
  began_at timestamptz not null
);
create table keyset_canary (
  key_id bigint primary key,
  sealed bytea not null,
  sealed_at timestamptz not null
);
