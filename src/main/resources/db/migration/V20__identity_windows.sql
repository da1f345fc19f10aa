-- Identity verification in windows.

-- What the person's browser, and the shop's page, are told of a refusal.
alter table certification add column fail_code text;
alter table certification add column fail_text text;
update certification set
  fail_code = nullif(split_part(why, ' ', 2), ''),
  fail_text = '본인인증에 실패하였습니다.',
  why = case split_part(why, ' ', 1) when 'UNKNOWN' then 'PG_ERROR' else split_part(why, ' ', 1) end
where state = 'failed';
alter table certification add constraint failed_has_its_reason
  check ((state = 'failed') = (why is not null and fail_text is not null));

-- A window is one of a payment or of a verification; what belongs to the latter goes with it.
alter table checkout alter column imp_uid drop not null;
alter table checkout add column certification_uid text;
alter table checkout add foreign key (merchant_id, certification_uid) references certification
  on delete cascade;
alter table checkout add constraint checkout_is_of_one_thing
  check (num_nonnulls(imp_uid, certification_uid) = 1);
create index checkout_by_certification on checkout (merchant_id, certification_uid)
  where certification_uid is not null;

-- Danal's verification by a code is a connector of its own since its window is one.
update channel set pg_provider = 'danal-otp' where pg_provider = 'danal';
