-- Cash receipts, of a payment or of a sale outside. Whom one is for is sealed, and gone as soon as
-- the PG need not be asked again. While its state is open, due_at is when it is looked at next;
-- an unknown one that is not due stays unknown, because its PG has no means.
create table cash_receipt (
  merchant_id bigint not null,
  receipt_id text not null check (char_length(receipt_id) <= 20),
  imp_uid text,
  merchant_uid text check (char_length(merchant_uid) between 1 and 40),
  channel_key text not null,
  name text not null,
  amount bigint not null check (amount > 0),
  tax_free bigint not null check (tax_free between 0 and amount),
  vat bigint check (vat between 0 and amount),
  purpose text not null check (purpose in ('person', 'company')),
  state text not null
    check (state in ('calling', 'unknown', 'issued', 'revoking', 'revoked', 'refused')),
  who bytea,
  tid text,
  apply_num text,
  url text,
  requested_at timestamptz not null,
  applied_at timestamptz,
  revoked_at timestamptz,
  due_at timestamptz,
  tries int not null check (tries >= 0),
  revokes int not null check (revokes >= 0),
  why text,
  primary key (merchant_id, receipt_id),
  foreign key (merchant_id, channel_key) references channel,
  foreign key (merchant_id, imp_uid) references payment,
  constraint receipt_of_one_sale check ((imp_uid is null) <> (merchant_uid is null)),
  constraint receipt_open_knows_whom
    check ((state in ('calling', 'unknown')) = (who is not null)),
  constraint receipt_issued_has_its_number
    check ((state in ('issued', 'revoking', 'revoked')) = (applied_at is not null)
      and (applied_at is null) = (apply_num is null) and (applied_at is null) = (tid is null)),
  constraint receipt_revoked_has_its_time check ((state = 'revoked') = (revoked_at is not null)),
  constraint receipt_settled_is_not_due
    check (due_at is null or state in ('calling', 'unknown', 'revoking'))
);
-- One live receipt per sale.
create unique index cash_receipt_of_payment on cash_receipt (merchant_id, imp_uid)
  where state in ('calling', 'unknown', 'issued', 'revoking');
create unique index cash_receipt_of_sale on cash_receipt (merchant_id, merchant_uid)
  where state in ('calling', 'unknown', 'issued', 'revoking');
create index cash_receipt_due on cash_receipt (due_at) where due_at is not null;

-- Deliveries of what was paid by escrow, as registered at the PG: the newest done one counts. Sender
-- and receiver are passed on, not kept.
create table escrow_delivery (
  merchant_id bigint not null,
  imp_uid text not null,
  no int not null check (no > 0),
  state text not null check (state in ('calling', 'done', 'refused', 'unknown')),
  company text not null,
  invoice text not null,
  sent_at timestamptz not null,
  called_at timestamptz not null,
  busy_until timestamptz not null,
  applied_at timestamptz,
  why text,
  primary key (merchant_id, imp_uid, no),
  foreign key (merchant_id, imp_uid) references payment,
  constraint delivery_done_has_its_time check ((state = 'done') = (applied_at is not null))
);
-- One at a time.
create unique index escrow_delivery_calling on escrow_delivery (merchant_id, imp_uid)
  where state = 'calling';
