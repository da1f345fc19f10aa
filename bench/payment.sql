-- What the hub's store commits for one payment that is charged at once: the intent, then the result. One statement, hence one commit,
-- each. Between the two the hub calls the PG; here nothing does. The blanks in the JSON keep pgbench from seeing variables.
\set n random(1, 9000000000000000)
with p as (
  insert into payment (merchant_id, imp_uid, merchant_uid, holds_order, state, amount, currency, canceled, canceling, channel_key,
    customer_uid, started_at, updated_at, paid_at, failed_at, cancelled_at, doc, buyer, version)
  values (1, 'imps_' || :n::text, 'order-' || :n::text, true, 'ready', 10000, 'KRW', 0, 0, 'channel-key-00000000',
    null, '2026-01-01 00:00:00+00', '2026-01-01 00:00:00+00', null, null, null,
    '{"name": "Chair","taxFree": 0,"vat": null,"method": "card","quota": 0,"escrow": false,"customData": null,"noticeUrls": ["http://127.0.0.1:9000/hook"],"confirmUrl": null,"origin": {"userAgent": null,"channel": "api"},"usage": null,"options": {},"provider": "tosspayments","mid": "tosstest","sandbox": true,"approval": null,"decline": null}'::jsonb,
    decode(repeat('ab', 180), 'hex'), 1)
  on conflict (merchant_id, merchant_uid) where holds_order do nothing
  returning merchant_id, imp_uid),
a as (
  insert into attempt (merchant_id, imp_uid, no, order_id, verb, state, tid, intent, started_at, decided_at, due_at, tries, absent, why)
  select p.merchant_id, p.imp_uid, 1, 'n' || :n::text, 'keyin', 'calling', null, decode(repeat('cd', 60), 'hex'),
    '2026-01-01 00:00:00+00', null, '2099-01-01 00:01:25+00', 0, 0, null
  from p),
e as (
  insert into event (merchant_id, event_id, imp_uid, kind, status, at, data)
  select p.merchant_id, :n::bigint, p.imp_uid, 'reserved', 'ready', '2026-01-01 00:00:00+00', '{"attempt": "1"}'::jsonb
  from p)
select count(*) from p;
with p as (
  update payment set holds_order = true, state = 'paid', canceled = 0, canceling = 0, updated_at = '2026-01-01 00:00:01+00',
    paid_at = '2026-01-01 00:00:01+00', failed_at = null, cancelled_at = null,
    doc = '{"name": "Chair","taxFree": 0,"vat": null,"method": "card","quota": 0,"escrow": false,"customData": null,"noticeUrls": ["http://127.0.0.1:9000/hook"],"confirmUrl": null,"origin": {"userAgent": null,"channel": "api"},"usage": null,"options": {},"provider": "tosspayments","mid": "tosstest","sandbox": true,"approval": {"ref": {"tid": "tviva20260101000000abcdefghij"},"amount": {"minor": 10000,"currency": "KRW"},"at": "2026-01-01T00:00:01Z","method": "card","brand": null,"applyNum": "12345678","card": {"code": "365","name": "삼성카드","issuerCode": "365","issuerName": "삼성카드","publisherCode": "365","publisherName": "삼성카드","number": "12341234****1234","type": 0},"quota": 0,"account": null,"bankCode": null,"receiptUrl": "http://127.0.0.1:9001/receipt","memo": {}},"decline": null}'::jsonb,
    version = version + 1
  where merchant_id = 1 and imp_uid = 'imps_' || :n::text and version = 1
  returning merchant_id, imp_uid),
a as (
  insert into attempt (merchant_id, imp_uid, no, order_id, verb, state, tid, intent, started_at, decided_at, due_at, tries, absent, why)
  select p.merchant_id, p.imp_uid, 1, 'n' || :n::text, 'keyin', 'approved', 'tviva20260101000000abcdefghij', null,
    '2026-01-01 00:00:00+00', '2026-01-01 00:00:01+00', null, 0, 0, null
  from p
  on conflict (merchant_id, imp_uid, no) do update set state = excluded.state, tid = excluded.tid, intent = excluded.intent,
    decided_at = excluded.decided_at, due_at = excluded.due_at, tries = excluded.tries, absent = excluded.absent, why = excluded.why),
e as (
  insert into event (merchant_id, event_id, imp_uid, kind, status, at, data)
  select p.merchant_id, :n::bigint + 1, p.imp_uid, 'paid', 'paid', '2026-01-01 00:00:01+00', '{"attempt": "1"}'::jsonb
  from p),
l as (
  insert into ledger (merchant_id, event_id, line, imp_uid, debit, credit, amount, currency)
  select p.merchant_id, :n::bigint + 1, 1, p.imp_uid, 'pg', 'sales', 10000, 'KRW'
  from p),
d as (
  insert into delivery (merchant_id, event_id, no, imp_uid, url, state, tries, created_at, due_at)
  select p.merchant_id, :n::bigint + 1, 1, p.imp_uid, 'http://127.0.0.1:9000/hook', 'waiting', 0, '2026-01-01 00:00:01+00',
    '2026-01-01 00:00:01+00'
  from p)
select count(*) from p;
