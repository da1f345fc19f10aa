package dev.naru.connector.identity;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A verification to be asked for (V1's {@code /certifications/otp/request}).
 *
 * @param id 20 characters of 0-9 A-Z, unique to this request: the PG's order id
 * @param company whom the message names
 * @param ip the address of whoever asks
 * @param bypass what is handed on to the PG unchanged, by its names
 */
public record OtpOrder(
    String id,
    Person person,
    Means means,
    String company,
    Instant at,
    String ip,
    Map<String, String> bypass) {

  /** How the person proves that the phone is theirs (V1's verification_method). */
  public enum Means {
    SMS,
    APP
  }

  public OtpOrder {
    bypass = Map.copyOf(bypass);
  }

  /** One of them, null if the shop did not send it. */
  public @Nullable String bypass(String name) {
    return bypass.get(name);
  }
}
