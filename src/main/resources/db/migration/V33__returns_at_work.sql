-- Until when somebody works on what a browser brought back from a PG's window; null if nobody does.
alter table checkout add column busy_until timestamptz;
