-- What the hub cannot settle alone. One row per merchant, kind and what it is about; raised again
-- after it was settled, it opens again. Merchant 0 is the hub itself.
create table attention (
  merchant_id bigint not null,
  matter_id bigint not null,
  what text not null check (what ~ '^[A-Z_]{1,40}$'),
  about text not null,
  why text not null,
  since timestamptz not null,
  seen_at timestamptz not null,
  settled_at timestamptz,
  -- When it is told of next on each way, how often that failed in a row, and when it was told last.
  hook_due_at timestamptz,
  hook_tries int not null default 0 check (hook_tries >= 0),
  hook_told_at timestamptz,
  mail_due_at timestamptz,
  mail_tries int not null default 0 check (mail_tries >= 0),
  mail_told_at timestamptz,
  primary key (merchant_id, matter_id),
  constraint attention_matter unique (merchant_id, what, about),
  constraint attention_settled_is_not_told
    check (settled_at is null or (hook_due_at is null and mail_due_at is null))
);
create index attention_open on attention (since, matter_id) where settled_at is null;
create index attention_hook_due on attention (hook_due_at) where hook_due_at is not null;
create index attention_mail_due on attention (mail_due_at) where mail_due_at is not null;
