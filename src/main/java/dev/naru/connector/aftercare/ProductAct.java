package dev.naru.connector.aftercare;

import java.util.Map;

/**
 * What a shop does about a product order (V1: {@code /payments/{imp_uid}/naver/…}).
 *
 * @param details what else the PG is told, by the names of the emulation protocol
 */
public record ProductAct(Verb verb, Map<String, String> details) {

  /** V1's actions; some of them give the buyer's money back. */
  public enum Verb {
    CANCEL(true),
    APPROVE_CANCEL(true),
    PLACE(false),
    SHIP(false),
    SHIP_EXCHANGED(false),
    COLLECT_EXCHANGED(false),
    REQUEST_RETURN(false),
    APPROVE_RETURN(true),
    REJECT_RETURN(false),
    WITHHOLD_RETURN(false),
    RESOLVE_RETURN(false);

    private final boolean refunds;

    Verb(boolean refunds) {
      this.refunds = refunds;
    }

    public boolean refunds() {
      return refunds;
    }
  }

  public ProductAct {
    details = Map.copyOf(details);
  }
}
