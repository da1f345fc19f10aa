-- What PGs told of a payment by themselves: what was said, of which only fields stay that name
-- nobody, and what the hub made of it. It is kept as long as the wire log.
create table notice_log (
  merchant_id bigint not null,
  notice_id bigint not null,
  order_id text not null,
  at timestamptz not null,
  channel_key text not null,
  sender text not null,
  kind text not null check (kind ~ '^[A-Z_]{1,40}$'),
  body text not null,
  outcome text not null check (outcome in ('changed', 'nothing_new', 'refused')),
  why text not null,
  primary key (merchant_id, notice_id)
);
create index notice_log_by_order on notice_log (merchant_id, order_id);
