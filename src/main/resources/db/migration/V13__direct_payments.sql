-- Payments without a window that only some PGs have: barcodes, welfare points, KCP QuickPay.
alter table attempt drop constraint attempt_verb_check;
alter table attempt add constraint attempt_verb_check check (verb in ('keyin', 'charge_key',
  'checkout', 'window_key', 'vbank', 'cvs', 'points', 'quick_money'));

-- A shop's members at the PG's easy pay.
create table quick_member (
  merchant_id bigint not null,
  channel_key text not null,
  member_id text not null check (char_length(member_id) between 1 and 16),
  inserted_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (merchant_id, channel_key, member_id),
  foreign key (merchant_id, channel_key) references channel
);

-- The transactions in which they gave their PIN: what a charge of their money refers to.
create table quick_pin_check (
  merchant_id bigint not null,
  imp_uid text not null check (char_length(imp_uid) <= 32),
  channel_key text not null,
  member_id text not null,
  tid text not null,
  checked_at timestamptz not null,
  primary key (merchant_id, imp_uid),
  foreign key (merchant_id, channel_key, member_id) references quick_member on delete cascade
);
create index quick_pin_check_of_member on quick_pin_check (merchant_id, channel_key, member_id);

-- What a shop registers before its buyer comes to the PG's window; sealed, as it holds a verifier.
create table quick_prepared (
  merchant_id bigint not null references merchant,
  merchant_uid text not null check (char_length(merchant_uid) between 1 and 40),
  registration bytea not null,
  prepared_at timestamptz not null,
  primary key (merchant_id, merchant_uid)
);
