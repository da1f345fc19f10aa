-- Webhooks stand in lanes: one per merchant and endpoint, which is scheme, host and port of a URL.
-- A claim goes from lane to lane by the index and reads of each what it may send, so that it costs
-- the same however much waits in one of them. The lane is a hash because a walk through all lanes
-- may then begin anywhere.
alter table delivery add column lane bigint not null generated always as (
  ('x' || left(md5(coalesce(lower(substring(ltrim(url) from '^[^:/?#]*://[^/?#]*')), '')), 15))
    ::bit(60)::bigint) stored;
drop index delivery_due;
create index delivery_due on delivery (merchant_id, lane, due_at, event_id)
  where due_at is not null;

-- Endpoints of which nothing was heard when they were called last. After some such calls in a row
-- the endpoint is parked: one delivery is tried at probe_at, the others wait.
create table endpoint (
  merchant_id bigint not null,
  lane bigint not null,
  origin text not null,
  fails int not null check (fails > 0),
  failing_since timestamptz not null,
  parked_at timestamptz,
  probe_at timestamptz not null,
  primary key (merchant_id, lane)
);
create index endpoint_probe on endpoint (probe_at) where parked_at is not null;
