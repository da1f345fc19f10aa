-- People who may use the console. Who signs in brings an e-mail and no shop, so that these are
-- global tables, as API keys are: small, and rarely written. Only a sandbox that is reset takes shops
-- away, and their people with them.
create table account (
  email text primary key check (email = lower(email) and length(email) <= 254),
  merchant_id bigint not null references merchant on delete cascade,
  role text not null check (role in ('OWNER', 'ADMIN', 'MANAGER', 'DEV', 'READ_ONLY',
    'SUB_MANAGER', 'SUB_READ_ONLY')),
  exports boolean not null default false,
  name text not null,
  korean boolean not null default true,
  state text not null check (state in ('INVITED', 'ACTIVE', 'ENDED')),
  password_hash text,
  totp bytea,
  totp_offered bytea,
  totp_step bigint not null default 0,
  created_at timestamptz not null
);
create unique index account_one_owner on account (merchant_id)
  where role = 'OWNER' and state <> 'ENDED';
create unique index account_one_admin on account (merchant_id)
  where role = 'ADMIN' and state <> 'ENDED';
create index account_by_merchant on account (merchant_id);

create table account_recovery (
  email text not null references account on delete cascade,
  code_hash text not null,
  primary key (email, code_hash)
);

-- Addresses that were sent or printed: an invitation, a forgotten password, the first owner.
create table account_link (
  link_hash text primary key,
  kind text not null check (kind in ('INVITATION', 'RESET', 'SETUP')),
  email text references account on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((kind = 'SETUP') = (email is null))
);

create table console_session (
  session_hash text primary key,
  email text not null references account on delete cascade,
  entered boolean not null,
  shop text not null default 'own',
  address text not null,
  agent text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  proved_at timestamptz not null
);
create index console_session_by_account on console_session (email);

-- Wrong tries, by a keyed hash of the e-mail that was tried, whether there is such an account or
-- not, and by where they came from.
create table sign_in_try (
  who text primary key,
  tries int not null,
  tried_at timestamptz not null,
  closed_until timestamptz
);
create index sign_in_try_by_age on sign_in_try (tried_at);
