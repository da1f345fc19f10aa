-- Filters of lists at the console that people keep under names. Global, as accounts are.
create table account_view (
  email text not null references account on delete cascade,
  list text not null,
  name text not null check (char_length(name) between 1 and 40),
  query text not null check (char_length(query) <= 2000),
  created_at timestamptz not null,
  primary key (email, list, name)
);
