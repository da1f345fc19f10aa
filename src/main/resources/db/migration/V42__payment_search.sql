-- What payments are found by that is sealed, or has no index: each value, and some of its beginnings, as a
-- keyed hash. Written behind the payments by a loop; at is when the payment began, so that a
-- page of what is found is read in order.
create table payment_term (
  merchant_id bigint not null,
  term bigint not null,
  at timestamptz not null,
  imp_uid text not null,
  primary key (merchant_id, term, at, imp_uid)
);

-- How far what follows the events has come, each merchant by itself: the last event that is in it.
create table payment_mark (
  merchant_id bigint not null,
  name text not null check (name in ('terms', 'sums')),
  event_id bigint not null,
  primary key (merchant_id, name)
);

-- Those that a PG decides later are few, and looked for among all that wait.
create index attempt_pending on attempt (merchant_id, imp_uid) where state = 'pending';
