-- Windows that charge by themselves.
alter table attempt drop constraint attempt_verb_check;
alter table attempt add constraint attempt_verb_check check (verb in ('keyin', 'charge_key',
  'checkout', 'one_step', 'window_key', 'vbank', 'cvs', 'points', 'quick_money'));
