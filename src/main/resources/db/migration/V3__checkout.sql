-- One window of one payment, as a browser was sent to it. What opens it, and where the buyer goes
-- afterwards, is sealed: it holds the shop's URL and the buyer's name. The URL's state is kept as a
-- keyed hash.
create table checkout (
  merchant_id bigint not null,
  state_hash text not null check (char_length(state_hash) = 40),
  imp_uid text not null,
  doc bytea not null,
  opened_at timestamptz not null,
  primary key (merchant_id, state_hash),
  foreign key (merchant_id, imp_uid) references payment
);
create index checkout_by_payment on checkout (merchant_id, imp_uid);
