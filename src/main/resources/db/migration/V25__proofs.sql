-- What a row was when it was written, as a hash: whatever changes it past the program is found. Rows
-- of before have none, and are compared with their children alone.
alter table payment add column proof bytea;
alter table payment add column events int check (events > 0);
alter table event add column proof bytea;
alter table attempt add column proof bytea;
alter table cancellation add column proof bytea;

-- Work that is done once a night, on one node.
create table nightly (
  name text primary key,
  done_on date not null,
  busy_until timestamptz not null
);
