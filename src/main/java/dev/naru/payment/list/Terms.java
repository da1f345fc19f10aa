package dev.naru.payment.list;

import dev.naru.kernel.Vault;
import dev.naru.payment.Payment;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Keyed hashes of what payments are found by: who has the database alone learns neither values nor
 * which shops share a customer.
 */
@Component
class Terms {

  private static final int DIGITS = 16;

  private final Vault vault;

  Terms(Vault vault) {
    this.vault = vault;
  }

  /** All that a payment is found by. */
  Set<Long> of(Payment payment) {
    Set<Long> terms = new LinkedHashSet<>();
    for (Values.Value value : Values.of(payment)) {
      for (String kept : value.kind().kept(value.normal())) {
        terms.add(hash(payment.merchantId(), value.kind(), kept));
      }
    }
    return terms;
  }

  /** By what it is looked for among a shop's. */
  Set<Long> of(long merchantId, Sought sought) {
    Set<Long> terms = new LinkedHashSet<>();
    for (Map.Entry<TermKind, String> value : sought.values().entrySet()) {
      for (String text : value.getKey().sought(value.getValue())) {
        terms.add(hash(merchantId, value.getKey(), text));
      }
    }
    return terms;
  }

  private long hash(long merchantId, TermKind kind, String text) {
    String hash = vault.hash("payment.term", merchantId + "/" + kind + "/" + text);
    return Long.parseUnsignedLong(hash.substring(0, DIGITS), 16);
  }
}
