-- Which channels share a contract with a PG: a notice to one may concern another.
create index channel_by_contract on channel (pg_provider, pg_id);
