package dev.naru.kernel;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.prf.PrfSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Encrypts what the database must not hold in clear, and makes keyed hashes and tokens. Associated
 * data ties each ciphertext to its place (table, column, merchant, row), so that it opens nowhere
 * else.
 */
public final class Vault {

  /**
   * Tink keeps its source of randomness per thread and takes its time to make one: virtual threads,
   * of which each request has its own, would make one each.
   */
  private static final ExecutorService SEALERS =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().daemon().name("vault-", 0).factory());

  private final Aead aead;
  private final PrfSet prf;

  public Vault(Aead aead, PrfSet prf) {
    this.aead = aead;
    this.prf = prf;
  }

  /**
   * @param place where the ciphertext will stand, such as {@code payment.buyer/7/imp_1}
   */
  public byte[] seal(String clear, String place) {
    return CompletableFuture.supplyAsync(() -> encrypt(clear, place), SEALERS).join();
  }

  /** Throws {@link IllegalStateException} if it was not sealed for this place by this keyset. */
  public String open(byte[] sealed, String place) {
    try {
      return new String(aead.decrypt(sealed, utf8(place)), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot decrypt " + place, e);
    }
  }

  /** 40 hexadecimal digits that only this keyset can make out of {@code input}. */
  public String hash(String purpose, String input) {
    try {
      return HexFormat.of().formatHex(prf.computePrimary(utf8(purpose + "\0" + input), 20));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot hash for " + purpose, e);
    }
  }

  private byte[] encrypt(String clear, String place) {
    try {
      return aead.encrypt(utf8(clear), utf8(place));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encrypt " + place, e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
