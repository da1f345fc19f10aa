-- Promotions: discounts of one card company, out of a budget. The books (reserved, spent) change in
-- the commits of the payments that change them, and are their sums; what no payment may do to them
-- the CHECK forbids. The row is written often and indexed by its key alone: free space in its page
-- keeps those writes in place.
create table promotion (
  merchant_id bigint not null references merchant,
  promotion_id text not null check (char_length(promotion_id) <= 55),
  name text not null check (char_length(name) between 1 and 40),
  card_code text not null,
  budget bigint not null check (budget > 0),
  reserved bigint not null check (reserved >= 0),
  spent bigint not null check (spent >= 0),
  restores boolean not null,
  terms jsonb not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  paused boolean not null,
  ended_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null check (version > 0),
  primary key (merchant_id, promotion_id),
  constraint promotion_is_some_time check (starts_at < ends_at),
  constraint promotion_never_overspent check (reserved + spent <= budget)
) with (fillfactor = 50);

-- What each payment has taken of a budget.
create table promotion_use (
  merchant_id bigint not null,
  promotion_id text not null,
  imp_uid text not null,
  reserved bigint not null check (reserved >= 0),
  spent bigint not null check (spent >= 0),
  primary key (merchant_id, promotion_id, imp_uid),
  foreign key (merchant_id, promotion_id) references promotion,
  foreign key (merchant_id, imp_uid) references payment,
  constraint promotion_use_is_one_thing check (reserved = 0 or spent = 0)
);

-- A cancel is asked for in order money (amount); under a promotion the PG gives back less. What was
-- paid before it (before_amount) is what the PG had.
alter table cancellation
  add column money bigint,
  add column retain boolean not null default false;
update cancellation set money = amount where merchant_id is not null;
alter table cancellation
  alter column money set not null,
  drop constraint cancellation_check2,
  add constraint cancel_gives_back_what_there_is check (money between 0 and before_amount),
  add constraint cancel_gives_back_no_more check (money <= amount);
