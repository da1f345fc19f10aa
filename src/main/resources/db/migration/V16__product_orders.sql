-- Of which product order money is given back, where the PG keeps the products of an order apart: a
-- PG that is asked again must be told the same. How a product order stands is kept by the PG alone.
alter table cancellation add column goods jsonb check (jsonb_typeof(goods) = 'object');

-- What is done about a product order is told like the rest of what follows a sale.
alter table sale_call drop constraint sale_call_kind_check;
alter table sale_call add constraint sale_call_kind_check
  check (kind in ('order_status', 'delivery', 'points', 'confirmation', 'product'));
