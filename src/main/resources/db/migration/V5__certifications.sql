-- Identity verification. What is said of a person is sealed as one document: name, birth, phone, CI,
-- DI. It is there while the code may be confirmed, and once it was.
create table certification (
  merchant_id bigint not null,
  imp_uid text not null check (char_length(imp_uid) <= 32),
  merchant_uid text check (char_length(merchant_uid) between 1 and 40),
  channel_key text not null,
  pg_provider text not null,
  order_id text not null check (char_length(order_id) <= 20),
  state text not null check (state in ('requested', 'certified', 'failed', 'expired')),
  tid text,
  person bytea,
  tries int not null check (tries >= 0),
  -- the last confirm has no known result
  unanswered boolean not null,
  requested_at timestamptz not null,
  expires_at timestamptz,
  decided_at timestamptz,
  -- a confirm is under way, or its hub died
  busy_until timestamptz,
  why text,
  primary key (merchant_id, imp_uid),
  foreign key (merchant_id, channel_key) references channel,
  constraint certified_or_open_has_its_person
    check ((state in ('requested', 'certified')) = (person is not null)),
  constraint open_has_its_end check ((state = 'requested') = (expires_at is not null)),
  constraint decided_has_its_time check ((state = 'requested') = (decided_at is null))
);
create unique index certification_order on certification (merchant_id, order_id);
create index certification_open on certification (expires_at) where state = 'requested';
