package dev.naru.simulator.kit.till;

import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Entry.KeyStage;
import dev.naru.simulator.kit.facts.Numbers;
import java.util.Optional;

/** Keys that a window grants, and a shop fetches then. */
public final class KeyDesk {

  private static final int LONG = 30;
  private static final int USUAL = 24;

  private final Till till;

  /** Kept in the till's book. */
  public KeyDesk(Till till) {
    this.till = till;
  }

  /** By what the key is fetched. */
  public String grant(Entry.Window window, Means means) {
    String grant = Numbers.token(LONG);
    till.ledger().save(new Entry.Key(grant, "", window.id(), means, KeyStage.GRANTED));
    return grant;
  }

  /** The key of this merchant that was granted so in that window; once. */
  public Optional<Entry.Key> fetch(String grant, String window, String merchant) {
    Entry.Key granted = till.ledger().key(grant);
    if (granted == null
        || granted.stage() != KeyStage.GRANTED
        || !granted.customer().equals(window)) {
      return Optional.empty();
    }
    String id = Numbers.token(USUAL);
    Entry.Key key = new Entry.Key(id, merchant, window, granted.means(), KeyStage.ACTIVE);
    till.ledger().save(granted.as(KeyStage.DELETED), key);
    return Optional.of(key);
  }

  /** The same, which charges no more. */
  public Entry.Key end(Entry.Key key) {
    Entry.Key ended = key.as(KeyStage.DELETED);
    till.ledger().save(ended);
    return ended;
  }
}
