-- What was sold and given back, by day and by hour as Korea's clocks have them, in a currency's smallest unit.
-- Added up from events and ledger behind the payments; the newest events are added when it is read.
create table payment_sum (
  merchant_id bigint not null,
  unit text not null check (unit in ('day', 'hour')),
  since timestamptz not null,
  live boolean not null,
  currency char(3) not null,
  pg text not null,
  method text not null,
  sold bigint not null,
  refunded bigint not null,
  sales bigint not null,
  cancels bigint not null,
  declines bigint not null,
  primary key (merchant_id, unit, since, live, currency, pg, method)
);
