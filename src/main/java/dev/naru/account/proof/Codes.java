package dev.naru.account.proof;

import dev.naru.account.Refusal;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Vault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/**
 * The second proof: one-time codes of an authenticator app, each good once, and ten recovery codes
 * for whoever lost the phone. People's phones live in the machine's time, wherever a sandbox's
 * clock was moved.
 */
@Component
public class Codes {

  private static final int KEY_BYTES = 20;
  private static final int RECOVERY = 10;
  private static final int RECOVERY_LENGTH = 10;

  /** Without what is read as something else. */
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private final CodeStore store;
  private final Vault vault;
  private final HubClock clock;
  private final SecureRandom random = new SecureRandom();

  Codes(CodeStore store, Vault vault, HubClock clock) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * A key that an app may take up.
   *
   * @param text to be typed in
   * @param address what a QR code holds
   */
  public record Offer(Secret text, Secret address) {}

  /** A new key, which counts once a code of it has come. */
  public Offer offer(String email) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    store.offer(email, vault.seal(HexFormat.of().formatHex(key), place(email)));
    return offer(email, key);
  }

  /** The key that was offered last. */
  public Optional<Offer> offered(String email) {
    return store.offered(email).map(kept -> offer(email, opened(kept, email)));
  }

  private static Offer offer(String email, byte[] key) {
    String text = Base32.of(key);
    String who = URLEncoder.encode(email, StandardCharsets.UTF_8);
    return new Offer(
        new Secret(text),
        new Secret("otpauth://totp/Naru:" + who + "?secret=" + text + "&issuer=Naru"));
  }

  /**
   * The app that was offered a key shows its first code.
   *
   * @throws Failed invalid
   */
  public void take(String email, String code) {
    byte[] sealed =
        store.offered(email).orElseThrow(() -> Failed.wrongState(Refusal.NO_CODES_OFFERED));
    OptionalLong step = Totp.stepOf(opened(sealed, email), digits(code), clock.machine().instant());
    if (step.isEmpty()) {
      throw Failed.invalid(Refusal.WRONG_CODE);
    }
    store.take(email, step.getAsLong());
  }

  /** Whether this is a code that was not used before; it is used now. */
  public boolean use(String email, String code) {
    Optional<byte[]> sealed = store.key(email);
    if (sealed.isEmpty()) {
      return false;
    }
    OptionalLong step =
        Totp.stepOf(opened(sealed.get(), email), digits(code), clock.machine().instant());
    return step.isPresent() && store.use(email, step.getAsLong());
  }

  /** Ten codes in place of those before; nobody can read them again. */
  public List<String> newRecovery(String email) {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < RECOVERY; i++) {
      StringBuilder code = new StringBuilder();
      for (int letter = 0; letter < RECOVERY_LENGTH; letter++) {
        code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      codes.add(code.insert(RECOVERY_LENGTH / 2, '-').toString());
    }
    store.keepRecovery(email, codes.stream().map(code -> recoveryHash(email, code)).toList());
    return codes;
  }

  /** Whether this is one of its recovery codes; it is one no longer. */
  public boolean useRecovery(String email, String code) {
    return store.useRecovery(email, recoveryHash(email, code));
  }

  /** How many recovery codes are left. */
  public int recoveryLeft(String email) {
    return store.recoveryLeft(email);
  }

  /** From now on the password is enough. */
  public void drop(String email) {
    store.drop(email);
  }

  private String recoveryHash(String email, String code) {
    String plain = code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return vault.hash("account-recovery", email + "\0" + plain);
  }

  private byte[] opened(byte[] sealed, String email) {
    return HexFormat.of().parseHex(vault.open(sealed, place(email)));
  }

  private static String place(String email) {
    return "account.totp/" + email;
  }

  private static String digits(String code) {
    return code.replaceAll("[^0-9]", "");
  }
}
