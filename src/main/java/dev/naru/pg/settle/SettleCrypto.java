package dev.naru.pg.settle;

import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Digests;
import java.util.Locale;

/** How Hecto Financial hashes. */
final class SettleCrypto {

  private SettleCrypto() {}

  /** SHA-256 of the parts and then the key, with nothing between them; lower-case hex digits. */
  static String hash(Secret key, String... parts) {
    return Digests.sha256(String.join("", parts) + key.reveal());
  }

  /** Hecto's documents print hashes in either case. */
  static boolean isSame(String expected, String given) {
    return Digests.isSame(expected, given.toLowerCase(Locale.ROOT));
  }
}
