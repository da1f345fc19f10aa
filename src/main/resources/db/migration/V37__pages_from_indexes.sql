-- A page of a status or of a span is chosen from an index alone, in whichever order it is asked
-- for: what is passed on the way to it, and what must be sorted, is not read from the table.
drop index payment_by_status;
create index payment_by_status on payment (merchant_id, status, started_at, imp_uid)
  include (status_at);
drop index payment_by_start;
create index payment_by_start on payment (merchant_id, started_at, imp_uid) include (status_at);
drop index payment_by_status_time;
create index payment_by_status_time on payment (merchant_id, status, status_at)
  include (started_at, paid_at, updated_at, imp_uid);
drop index payment_by_time;
create index payment_by_time on payment (merchant_id, status_at)
  include (started_at, paid_at, updated_at, imp_uid);
