-- What a shop file keeps: nobody else changes it. The fingerprint is a keyed hash of what was
-- applied last, so that a start with the same file does nothing. The id is of the kind: a channel's
-- key, a tier's code; empty where a shop has one of them.
create table owned_by_file (
  merchant_id bigint not null,
  kind text not null check (kind ~ '^[A-Z_]{1,40}$'),
  id text not null,
  file text not null,
  line int not null check (line > 0),
  fingerprint text not null,
  primary key (merchant_id, kind, id)
);
