package dev.naru.merchant;

import dev.naru.kernel.Worded;

/** What channels are wanted for. */
public enum Word implements Worded {
  KEY_IN,
  KEYS,
  PAYMENTS,
  VIRTUAL_ACCOUNTS,
  CONVENIENCE_STORES,
  POINTS,
  QUICK_PAY,
  WISH_LISTS,
  CASH_RECEIPTS,
  IDENTITY,
  THIS
}
