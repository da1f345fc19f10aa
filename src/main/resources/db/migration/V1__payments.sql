-- Global: small, rarely written, cached. Everything else belongs to one merchant and begins its
-- keys with merchant_id, so that a merchant can live on any shard.

create table merchant (
  merchant_id bigint primary key,
  slot int not null check (slot between 0 and 1023),
  user_code text not null unique,
  parent_id bigint references merchant,
  tier_code text check (tier_code ~ '^[A-Z0-9]{3}$'),
  name text not null,
  created_at timestamptz not null,
  unique (parent_id, tier_code),
  check ((parent_id is null) = (tier_code is null))
);

create table api_key (
  imp_key text primary key,
  merchant_id bigint not null references merchant,
  secret_hash text not null,
  issue_no bigint not null default 0,
  expires_at timestamptz
);

create table api_token (
  token_hash text primary key,
  merchant_id bigint not null references merchant,
  imp_key text not null references api_key,
  expires_at timestamptz not null
);

create table merchant_setting (
  merchant_id bigint primary key references merchant,
  webhook_url text,
  webhook_form boolean not null default false,
  webhook_secret bytea
);

create table channel (
  merchant_id bigint not null references merchant,
  channel_key text not null,
  pg_provider text not null,
  pg_id text not null,
  name text not null,
  mode text not null check (mode in ('live', 'test', 'sandbox')),
  position int not null,
  config bytea not null,
  created_at timestamptz not null,
  primary key (merchant_id, channel_key),
  unique (merchant_id, pg_provider, pg_id, mode)
);

-- Payments. Amounts are minor units of the payment's currency.

create table payment (
  merchant_id bigint not null,
  imp_uid text not null check (char_length(imp_uid) <= 32),
  merchant_uid text not null check (char_length(merchant_uid) between 1 and 40),
  -- an attempt runs, or was approved once: no other payment may take the merchant_uid
  holds_order boolean not null,
  state text not null check (state in ('ready', 'waiting', 'paid', 'failed')),
  amount bigint not null check (amount >= 0),
  currency char(3) not null,
  canceled bigint not null check (canceled >= 0),
  canceling bigint not null check (canceling >= 0),
  status text not null generated always as (
    case
      when state = 'waiting' then 'ready'
      when state = 'paid' and canceled > 0 then 'cancelled'
      else state
    end) stored,
  channel_key text not null,
  customer_uid text,
  started_at timestamptz not null,
  updated_at timestamptz not null,
  paid_at timestamptz,
  failed_at timestamptz,
  cancelled_at timestamptz,
  doc jsonb not null,
  buyer bytea,
  version int not null,
  primary key (merchant_id, imp_uid),
  constraint never_more_canceled_than_paid check (canceled + canceling <= amount),
  constraint only_paid_is_canceled check (state = 'paid' or canceled + canceling = 0),
  constraint failed_frees_its_order check (state <> 'failed' or not holds_order),
  constraint paid_has_its_time check ((state = 'paid') = (paid_at is not null)),
  constraint failed_has_its_time check ((state = 'failed') = (failed_at is not null))
);
create unique index payment_order on payment (merchant_id, merchant_uid) where holds_order;
create index payment_by_order on payment (merchant_id, merchant_uid, started_at);
create index payment_by_status on payment (merchant_id, status, started_at);
create index payment_by_customer on payment (merchant_id, customer_uid, started_at)
  where customer_uid is not null;

create table attempt (
  merchant_id bigint not null,
  imp_uid text not null,
  no int not null check (no > 0),
  order_id text not null check (char_length(order_id) <= 20),
  verb text not null check (verb in ('keyin', 'charge_key', 'checkout', 'window_key', 'vbank')),
  state text not null check (state in ('open', 'calling', 'unknown', 'pending', 'waiting',
    'approved', 'declined', 'reversing', 'reversed')),
  tid text,
  intent bytea,
  started_at timestamptz not null,
  decided_at timestamptz,
  due_at timestamptz,
  tries int not null check (tries >= 0),
  absent int not null check (absent >= 0),
  why text,
  primary key (merchant_id, imp_uid, no),
  foreign key (merchant_id, imp_uid) references payment
);
create unique index attempt_order on attempt (merchant_id, order_id);
create index attempt_due on attempt (due_at) where due_at is not null;

create table cancellation (
  merchant_id bigint not null,
  imp_uid text not null,
  no int not null check (no > 0),
  cancellation_id text not null,
  amount bigint not null check (amount > 0),
  tax_free bigint not null check (tax_free between 0 and amount),
  vat bigint check (vat between 0 and amount),
  before_amount bigint not null check (before_amount >= amount),
  reason text not null,
  state text not null check (state in ('calling', 'unknown', 'pending', 'done', 'refused')),
  announce boolean not null,
  tid text,
  receipt_url text,
  refund bytea,
  requested_at timestamptz not null,
  done_at timestamptz,
  due_at timestamptz,
  tries int not null check (tries >= 0),
  absent int not null check (absent >= 0),
  why text,
  primary key (merchant_id, imp_uid, no),
  unique (merchant_id, cancellation_id),
  foreign key (merchant_id, imp_uid) references payment
);
create index cancellation_due on cancellation (due_at) where due_at is not null;
-- One cancel of a payment at a time: PGs cross-check what is left after it.
create unique index cancellation_running on cancellation (merchant_id, imp_uid)
  where state in ('calling', 'unknown', 'pending');

-- History, timeline, audit and webhook outbox. Append-only.
create table event (
  merchant_id bigint not null,
  event_id bigint not null,
  imp_uid text not null,
  kind text not null,
  status text not null check (status in ('ready', 'paid', 'failed', 'cancelled')),
  at timestamptz not null,
  data jsonb not null,
  primary key (merchant_id, event_id),
  foreign key (merchant_id, imp_uid) references payment
);
create index event_by_payment on event (merchant_id, imp_uid, event_id);

-- Double entry: one row moves an amount from the credited to the debited account.
create table ledger (
  merchant_id bigint not null,
  event_id bigint not null,
  line int not null,
  imp_uid text not null,
  debit text not null,
  credit text not null check (credit <> debit),
  amount bigint not null check (amount > 0),
  currency char(3) not null,
  primary key (merchant_id, event_id, line),
  foreign key (merchant_id, event_id) references event
);
create index ledger_by_payment on ledger (merchant_id, imp_uid);

create table delivery (
  merchant_id bigint not null,
  event_id bigint not null,
  no int not null,
  imp_uid text not null,
  url text not null,
  state text not null check (state in ('waiting', 'delivered', 'given_up')),
  tries int not null check (tries >= 0),
  created_at timestamptz not null,
  due_at timestamptz,
  primary key (merchant_id, event_id, no),
  foreign key (merchant_id, event_id) references event,
  check ((state = 'waiting') = (due_at is not null))
);
create index delivery_due on delivery (due_at) where due_at is not null;

create table delivery_try (
  merchant_id bigint not null,
  event_id bigint not null,
  no int not null,
  try int not null,
  at timestamptz not null,
  millis bigint not null,
  status int not null,
  answer text not null,
  primary key (merchant_id, event_id, no, try),
  foreign key (merchant_id, event_id, no) references delivery
);

create table prepared (
  merchant_id bigint not null references merchant,
  merchant_uid text not null check (char_length(merchant_uid) between 1 and 40),
  amount bigint not null check (amount > 0),
  currency char(3),
  prepared_at timestamptz not null,
  primary key (merchant_id, merchant_uid)
);

create table billing_key (
  merchant_id bigint not null references merchant,
  customer_uid text not null check (char_length(customer_uid) between 1 and 80),
  channel_key text not null,
  pg_key bytea not null,
  owner text,
  card jsonb,
  customer bytea,
  inserted_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (merchant_id, customer_uid, channel_key),
  foreign key (merchant_id, channel_key) references channel
);

create table wire_log (
  merchant_id bigint not null,
  wire_id bigint not null,
  order_id text not null,
  at timestamptz not null,
  millis bigint not null,
  method text not null,
  url text not null,
  request text not null,
  status int not null,
  answer text not null,
  primary key (merchant_id, wire_id)
);
create index wire_log_by_order on wire_log (merchant_id, order_id);
