-- The time by which people look at schedules: when one was charged or revoked; while it waits, when
-- it will be charged. Kept by the database, for those there are too. A page of a list is walked in
-- an index.
alter table schedule add column status_at timestamptz generated always as (
  case state when 'scheduled' then schedule_at when 'revoked' then revoked_at else executed_at end)
  stored;
create index schedule_by_status_time on schedule
  (merchant_id, status_at, merchant_uid collate "C");
create index schedule_by_creation on schedule
  (merchant_id, created_at, merchant_uid collate "C");
create index customer_by_time on customer (merchant_id, inserted_at, customer_uid collate "C");
create index certification_by_time on certification (merchant_id, requested_at, imp_uid);
create index pay_link_by_time on pay_link (merchant_id, created_at, code);
