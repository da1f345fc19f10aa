-- Which PG (V1's provider) is to be asked about what is due: each has places of its own among those
-- that ask, so that one that hangs delays none of the others.
alter table attempt add column pg text;
alter table cancellation add column pg text;
alter table schedule add column pg text;

update attempt set pg = payment.doc ->> 'provider'
from payment
where payment.merchant_id = attempt.merchant_id and payment.imp_uid = attempt.imp_uid
  and attempt.due_at is not null;
update cancellation set pg = payment.doc ->> 'provider'
from payment
where payment.merchant_id = cancellation.merchant_id and payment.imp_uid = cancellation.imp_uid
  and cancellation.due_at is not null;
update schedule set pg = channel.pg_provider
from channel
where channel.merchant_id = schedule.merchant_id and channel.channel_key = schedule.channel_key;

drop index attempt_due;
drop index cancellation_due;
create index attempt_due on attempt (pg, due_at) where due_at is not null;
create index cancellation_due on cancellation (pg, due_at) where due_at is not null;
create index schedule_due_at_pg on schedule (pg, due_at) where due_at is not null;

-- Proof that the database takes writes: each node keeps adding a row that fills a page, since a
-- disk that is full still takes what fits in pages that are there.
create table heartbeat (
  node text not null,
  beat bigint not null,
  at timestamptz not null,
  filling text not null,
  primary key (node, beat)
);
alter table heartbeat alter column filling set storage plain;
