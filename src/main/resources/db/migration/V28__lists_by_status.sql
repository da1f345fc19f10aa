-- The time by which lists of a status count a payment: when it was opened, paid, failed, cancelled.
-- Kept by the database, for the payments there are too.
alter table payment add column status_at timestamptz generated always as (
  case
    when state = 'paid' and canceled > 0 then cancelled_at
    when state = 'paid' then paid_at
    when state = 'failed' then failed_at
    else started_at
  end) stored;
create index payment_by_status_time on payment (merchant_id, status, status_at);
create index payment_by_time on payment (merchant_id, status_at);
-- A page of the newest is found by walking this, whatever the span: nothing is sorted.
create index payment_by_start on payment (merchant_id, started_at);
