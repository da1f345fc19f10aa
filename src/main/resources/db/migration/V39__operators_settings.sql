-- A channel that is switched off does nothing new; what was paid by it goes on.
alter table channel add column disabled_at timestamptz;

alter table api_key
  add column label text not null default '',
  add column created_at timestamptz,
  -- when a token was last made or extended by it: not a write per request
  add column used_at timestamptz,
  add column ended_at timestamptz;
create index api_key_by_merchant on api_key (merchant_id);
create index api_token_by_key on api_token (imp_key);

-- A shop that is no sub-shop may close too.
alter table merchant drop constraint if exists only_tiers_close;
