-- Receipts for those who share a payment, each request a row. Who they are is sealed. One that is
-- open may have been issued: it is asked for again by its request_id, before any other.
create table partner_receipt (
  merchant_id bigint not null,
  imp_uid text not null,
  no int not null check (no > 0),
  request_id text not null check (char_length(request_id) <= 20),
  channel_key text not null,
  amount bigint not null check (amount > 0),
  shares bytea not null,
  state text not null check (state in ('calling', 'unknown', 'issued', 'refused')),
  tid text,
  url text,
  called_at timestamptz not null,
  busy_until timestamptz not null,
  done_at timestamptz,
  why text,
  primary key (merchant_id, imp_uid, no),
  unique (merchant_id, request_id),
  foreign key (merchant_id, imp_uid) references payment,
  foreign key (merchant_id, channel_key) references channel,
  constraint partner_receipt_issued_is_somewhere
    check ((state = 'issued') = (url is not null) and (url is null) = (tid is null)),
  constraint partner_receipt_done_has_its_time
    check ((state in ('issued', 'refused')) = (done_at is not null))
);
create unique index partner_receipt_open on partner_receipt (merchant_id, imp_uid)
  where state in ('calling', 'unknown');

-- What came in on virtual accounts that take any number of deposits (V1's deposit_history). The sum
-- is the payment's amount. Who paid it in is sealed.
create table vbank_deposit (
  merchant_id bigint not null,
  imp_uid text not null,
  no int not null check (no > 0),
  tid text not null,
  amount bigint not null check (amount > 0),
  depositor bytea,
  deposited_at timestamptz not null,
  primary key (merchant_id, imp_uid, no),
  unique (merchant_id, imp_uid, tid),
  foreign key (merchant_id, imp_uid) references payment
);
create index vbank_deposit_by_tid on vbank_deposit (merchant_id, tid);
-- Their notices name the account alone.
create index payment_by_unlimited_account on payment (merchant_id, channel_key,
    regexp_replace(doc #>> '{approval,account,number}', '[^0-9]', '', 'g'), started_at)
  where doc #>> '{options,fixed_unlimited_vbank}' = 'true';
