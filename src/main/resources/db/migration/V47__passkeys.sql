-- Keys in people's phones and computers, which open the console without a password. Public halves
-- alone, so that nothing of it is a secret.
create table passkey (
  credential_id text primary key check (length(credential_id) <= 1400),
  email text not null references account on delete cascade,
  name text not null,
  data bytea not null,
  uses bigint not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_by_account on passkey (email);

-- What browsers signed: each once.
create table passkey_challenge (
  challenge_hash text primary key,
  over_at timestamptz not null
);
create index passkey_challenge_by_age on passkey_challenge (over_at);
