-- Who changed what, from where and when, each row in the transaction of its change. Secrets are
-- masked before they come here. A merchant_id of 0 is the hub's own.
create table audit (
  merchant_id bigint not null,
  audit_id bigint not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  actor_address text,
  act text not null,
  about text not null,
  before jsonb,
  after jsonb,
  primary key (merchant_id, audit_id)
);

-- Of each merchant the transaction that changed its settings last: what nodes keep in memory of it
-- is older than that, or true. Holding its row, changes of one merchant follow one another.
create table merchant_change (
  merchant_id bigint primary key,
  tx bigint not null
);
create index merchant_change_by_tx on merchant_change (tx);
