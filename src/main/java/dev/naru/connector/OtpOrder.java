package dev.naru.connector;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A verification to be asked for (V1's {@code /certifications/otp/request}).
 *
 * @param id 20 characters of 0-9 A-Z, unique to this request: the PG's order id
 * @param company whom the message names
 * @param options the parameters of V1 that only some PGs read, by their V1 names
 */
public record OtpOrder(
    String id,
    Person person,
    Means means,
    String company,
    Instant at,
    Map<String, String> options) {

  /** How the person proves that the phone is theirs (V1's verification_method). */
  public enum Means {
    SMS,
    APP
  }

  public OtpOrder {
    options = Map.copyOf(options);
  }

  /** An option's value, null if the shop did not send it. */
  public @Nullable String option(String name) {
    return options.get(name);
  }
}
