-- What a shop wants of webhooks and of the confirm process. Without a row all is as in V1, with
-- retries for three days; a sub-shop without one follows its representative shop.
create table hook_policy (
  merchant_id bigint primary key references merchant,
  -- Null: those of V1.
  events text[] check (events <@ array['paid', 'ready', 'failed', 'cancelled', 'cancelled_by_api']
    and cardinality(events) > 0),
  retries text not null check (retries in ('days', 'five', 'none')),
  first boolean not null,
  confirm boolean not null,
  confirm_url text check (char_length(confirm_url) between 1 and 2000)
);

-- The log by state and by endpoint, newest first. What was delivered is nearly all, and is read off
-- the primary key.
create index delivery_undelivered on delivery (merchant_id, state, event_id, no)
  where state <> 'delivered';
create index delivery_by_hook on delivery (merchant_id, endpoint_id, event_id, no)
  where endpoint_id is not null;
