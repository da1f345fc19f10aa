-- Charges of billing keys at a time to come. What is personal is in the sealed purchase. While one
-- waits, due_at is when it is claimed next: its time, or the end of the lease of whoever has it.
create table schedule (
  merchant_id bigint not null,
  merchant_uid text not null check (char_length(merchant_uid) between 1 and 40),
  customer_uid text not null check (char_length(customer_uid) between 1 and 80),
  channel_key text not null,
  name text not null,
  amount bigint not null check (amount > 0),
  currency char(3) not null,
  purchase bytea not null,
  state text not null check (state in ('scheduled', 'executed', 'revoked')),
  schedule_at timestamptz not null,
  due_at timestamptz,
  imp_uid text,
  executed_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null,
  primary key (merchant_id, merchant_uid),
  foreign key (merchant_id, channel_key) references channel,
  foreign key (merchant_id, imp_uid) references payment,
  constraint only_scheduled_is_due check ((state = 'scheduled') = (due_at is not null)),
  constraint executed_has_its_payment check (
    (state = 'executed') = (imp_uid is not null) and (imp_uid is null) = (executed_at is null)),
  constraint revoked_has_its_time check ((state = 'revoked') = (revoked_at is not null))
);
create index schedule_due on schedule (due_at) where due_at is not null;
create index schedule_by_time on schedule (merchant_id, schedule_at);
create index schedule_by_customer on schedule (merchant_id, customer_uid, schedule_at);
create index schedule_by_execution on schedule (merchant_id, executed_at)
  where executed_at is not null;

-- Test charges that must be cancelled, whatever becomes of whoever made them.
create table test_charge (
  merchant_id bigint not null,
  imp_uid text not null,
  due_at timestamptz not null,
  primary key (merchant_id, imp_uid),
  foreign key (merchant_id, imp_uid) references payment
);
create index test_charge_due on test_charge (due_at);

-- At which hour (Asia/Seoul) the failures of the day before are charged again, and the last day on
-- which that was done.
alter table merchant_setting
  add column recovery_hour int check (recovery_hour between 1 and 23),
  add column recovered_on date,
  add constraint recovery_has_its_day check (recovery_hour is null or recovered_on is not null);

-- How far a sandbox is ahead of the machine's time, in microseconds: one row.
create table hub_clock (
  one_row boolean primary key default true check (one_row),
  ahead bigint not null check (ahead >= 0)
);
insert into hub_clock (ahead) values (0);
