-- On whose wish money is given back: some PGs want to know, and must be told the same when asked again.
alter table cancellation add column requester text check (requester in ('customer', 'admin'));

-- What a PG is told after a sale, each call a row: how the order goes on, how it is delivered, that
-- its points are to be credited, that the purchase is confirmed. detail is what was told, in V1's
-- word; addresses are passed on, not kept.
create table sale_call (
  merchant_id bigint not null,
  imp_uid text not null,
  no int not null check (no > 0),
  kind text not null check (kind in ('order_status', 'delivery', 'points', 'confirmation')),
  detail text not null,
  state text not null check (state in ('calling', 'done', 'refused', 'unknown')),
  called_at timestamptz not null,
  busy_until timestamptz not null,
  done_at timestamptz,
  why text,
  primary key (merchant_id, imp_uid, no),
  foreign key (merchant_id, imp_uid) references payment,
  constraint sale_call_done_has_its_time check ((state = 'done') = (done_at is not null))
);
-- One at a time, so that the last one at the PG is the last one here.
create unique index sale_call_calling on sale_call (merchant_id, imp_uid) where state = 'calling';
-- Points are credited once, a purchase is confirmed once.
create unique index sale_call_once on sale_call (merchant_id, imp_uid, kind)
  where state = 'done' and kind in ('points', 'confirmation');
