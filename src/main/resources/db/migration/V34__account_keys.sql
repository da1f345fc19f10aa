-- Accounts are sealed: those that take any number of deposits are found by a keyed hash of their
-- number. Payments of before have it in clear, and keep their index.
create index payment_by_account_key on payment (merchant_id, channel_key, (doc ->> 'accountKey'),
    started_at)
  where doc #>> '{options,fixed_unlimited_vbank}' = 'true';
