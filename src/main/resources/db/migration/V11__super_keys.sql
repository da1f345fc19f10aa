-- What a customer_uid stands for: a key on one channel, or on several of a group (super billing
-- key). Who writes its keys locks its row first.
create table customer (
  merchant_id bigint not null references merchant,
  customer_uid text not null check (char_length(customer_uid) between 1 and 80),
  group_id text,
  refused jsonb,
  inserted_at timestamptz not null,
  primary key (merchant_id, customer_uid),
  foreign key (merchant_id, group_id) references channel_group,
  constraint only_super_keys_are_refused_in_part check ((group_id is null) = (refused is null))
);
insert into customer (merchant_id, customer_uid, inserted_at)
  select merchant_id, customer_uid, min(inserted_at) from billing_key group by merchant_id, customer_uid;
alter table billing_key
  drop column inserted_at,
  add foreign key (merchant_id, customer_uid) references customer on delete cascade;
