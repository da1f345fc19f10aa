-- Payment links (V1's link pay). What a link asks for is personal, and sealed.
create table pay_link (
  merchant_id bigint not null references merchant,
  code text not null check (code ~ '^[0-9a-f]{16}$'),
  doc bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  disabled_at timestamptz,
  primary key (merchant_id, code)
);
