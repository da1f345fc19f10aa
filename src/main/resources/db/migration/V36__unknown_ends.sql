-- Of some verbs a PG never tells how they ended. With real money a channel uses them only if its owner accepts that.
alter table channel add column accepts_unknown boolean not null default false;
