-- Documents keep what a shop asks for under names of our own. Those of before keep V1's, and their
-- indexes.
create index payment_by_unlimited_key on payment (merchant_id, channel_key, (doc ->> 'accountKey'),
    started_at)
  where doc #>> '{wishes,account,unlimited}' = 'true';
