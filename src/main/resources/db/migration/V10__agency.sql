-- Requests with an Idempotency-Key. Key and input are keyed hashes, the answer is sealed: it holds
-- what payments hold of a buyer. While one runs, busy_until is when its hub is believed dead; once
-- that has passed without an answer, a repetition takes it over as the next round.
create table idempotency (
  merchant_id bigint not null references merchant,
  operation text not null,
  key_hash text not null check (char_length(key_hash) = 40),
  input_hash text not null check (char_length(input_hash) = 40),
  began_at timestamptz not null,
  round int not null check (round > 0),
  busy_until timestamptz,
  status int check (status between 200 and 599),
  answer bytea,
  primary key (merchant_id, operation, key_hash),
  constraint answered_or_busy check ((busy_until is null) = (answer is not null)),
  constraint answer_has_its_status check ((answer is null) = (status is null))
);
create index idempotency_by_age on idempotency (began_at);

-- The addresses (CIDR) from which a merchant's keys may be used; empty for any.
alter table merchant_setting
  add column allowed_from text[] not null default '{}';

-- A sub-merchant that was deleted: its records stay, its code is not given again.
alter table merchant
  add column closed_at timestamptz,
  add constraint only_tiers_close check (closed_at is null or parent_id is not null);

-- A channel of a representative that a sub-merchant uses: the sub-merchant's row has the same key
-- and names the giver, whose row holds what the PG was told. A withdrawn one serves the payments
-- that were made by it. lent_to are all who ever used it: a PG that knows one address per MID tells
-- the giver of their deposits.
alter table channel
  add column given_to bigint references merchant,
  add column lent_to bigint[] not null default '{}',
  add column given_by bigint references merchant,
  add column withdrawn boolean not null default false,
  add constraint given_once check (given_to is null or given_by is null),
  add constraint only_given_is_withdrawn check (not withdrawn or given_by is not null);
