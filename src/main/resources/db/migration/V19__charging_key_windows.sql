-- Which payment's window issued a key, if one did: a window that charges and issues in one call is
-- charged for only if its key has been kept.
alter table billing_key
  add column issued_by text,
  add foreign key (merchant_id, issued_by) references payment (merchant_id, imp_uid);
create index billing_key_by_window on billing_key (merchant_id, issued_by) where issued_by is not null;
