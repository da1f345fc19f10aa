-- What is kept for a time alone is found by its age. Wire log, deliveries and payments need nothing:
-- their keys sort by time.
create index checkout_by_age on checkout (opened_at);
create index certification_by_age on certification (decided_at) where decided_at is not null;
create index pay_link_by_end on pay_link (least(expires_at, disabled_at))
  where least(expires_at, disabled_at) is not null;
create index api_token_by_end on api_token (expires_at);
create index schedule_revoked on schedule (merchant_id, revoked_at) where revoked_at is not null;
