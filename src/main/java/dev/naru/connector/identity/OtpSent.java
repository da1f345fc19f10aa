package dev.naru.connector.identity;

import dev.naru.connector.PgRef;
import java.util.Map;

/**
 * The PG has sent the code, or asked the person's app.
 *
 * @param memo what the PG wants back when the code is confirmed
 */
public record OtpSent(PgRef ref, Map<String, String> memo) {

  public OtpSent {
    memo = Map.copyOf(memo);
  }
}
