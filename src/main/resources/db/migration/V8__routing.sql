-- Channels that share a shop's payments by weight. The members from planned_at on replace those before by themselves.
create table channel_group (
  merchant_id bigint not null references merchant,
  group_id text not null check (char_length(group_id) <= 55),
  name text not null,
  members jsonb not null,
  planned jsonb,
  planned_at timestamptz,
  primary key (merchant_id, group_id),
  check ((planned is null) = (planned_at is null))
);
