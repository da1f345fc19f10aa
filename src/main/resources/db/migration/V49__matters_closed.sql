-- Who closed a matter, and why; both are null where it closed by itself.
alter table attention add column closed_by text, add column closed_why text;
create index attention_of_merchant on attention (merchant_id, since, matter_id);
