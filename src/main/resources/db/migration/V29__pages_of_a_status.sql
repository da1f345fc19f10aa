-- A page of a status is chosen, and what there is of it counted, from the index alone.
drop index payment_by_status_time;
create index payment_by_status_time on payment (merchant_id, status, status_at)
  include (started_at, imp_uid);
drop index payment_by_time;
create index payment_by_time on payment (merchant_id, status_at) include (started_at, imp_uid);
