package dev.naru.account.proof;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Vault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * What a passkey signs: random, for one purpose, for some minutes, and once. Nothing is kept of one
 * until it comes back, so that asking for many costs nobody anything.
 */
@Component
class Challenges {

  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final int RANDOM_BYTES = 16;
  private static final Pattern FORM =
      Pattern.compile("(([0-9]{10})\\.[0-9a-f]{32})\\.([0-9a-f]{40})");

  private final PasskeyStore store;
  private final Vault vault;
  private final HubClock clock;
  private final SecureRandom random = new SecureRandom();

  Challenges(PasskeyStore store, Vault vault, HubClock clock) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * @param purpose what is done with what it signs, and for whom
   */
  String make(String purpose) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    long over = now().plus(LIFE).getEpochSecond();
    String text = over + "." + HexFormat.of().formatHex(bytes);
    return text + "." + vault.hash("passkey-challenge", purpose + "\0" + text);
  }

  /** Whether it is one of ours, for this purpose, and not over; it is used now. */
  boolean use(String purpose, byte[] signed) {
    Matcher parts = FORM.matcher(new String(signed, StandardCharsets.US_ASCII));
    if (!parts.matches()) {
      return false;
    }
    String ours = vault.hash("passkey-challenge", purpose + "\0" + parts.group(1));
    Instant over = Instant.ofEpochSecond(Long.parseLong(parts.group(2)));
    return MessageDigest.isEqual(ascii(ours), ascii(parts.group(3)))
        && over.isAfter(now())
        && store.use(ours, over, now());
  }

  private Instant now() {
    return clock.machine().instant();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
