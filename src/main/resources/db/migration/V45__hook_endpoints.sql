-- Where a shop's webhooks go: as many endpoints as it likes, each with its own form, key, events and
-- mode. Nothing is deleted: payments made while an endpoint was in use keep its URL and its number.
create table hook_endpoint (
  merchant_id bigint not null references merchant,
  endpoint_id bigint not null,
  url text not null check (char_length(url) between 1 and 2000),
  form boolean not null,
  -- Sealed. Null: the shop's own key, merchant_setting.webhook_secret.
  secret bytea,
  former_secret bytea,
  former_until timestamptz,
  -- Null: those the shop wants.
  events text[] check (events <@ array['paid', 'ready', 'failed', 'cancelled', 'cancelled_by_api']
    and cardinality(events) > 0),
  mode text not null check (mode in ('live', 'test', 'both')),
  active boolean not null,
  position int not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (merchant_id, endpoint_id),
  check ((former_secret is null) = (former_until is null)),
  check (ended_at is null or not active)
);
create unique index hook_endpoint_url on hook_endpoint (merchant_id, url) where ended_at is null;

-- The one URL that a shop had is its first endpoint, signed by the same key as before. A number as
-- small as the merchant's is no other endpoint's. The column stays for nodes of the version before.
insert into hook_endpoint (merchant_id, endpoint_id, url, form, mode, active, position, created_at)
select s.merchant_id, s.merchant_id, s.webhook_url, s.webhook_form, 'both', true, 1, m.created_at
from merchant_setting s join merchant m on m.merchant_id = s.merchant_id
where s.webhook_url is not null;

-- Which endpoint a delivery is for; null for a payment's own notice_url.
alter table delivery add column endpoint_id bigint;
