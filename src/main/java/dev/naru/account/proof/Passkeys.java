package dev.naru.account.proof;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.server.ServerProperty;
import dev.naru.account.Refusal;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Vault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Passkeys (WebAuthn): a key in a phone or computer, which its owner unlocks there by finger, face
 * or PIN. What it signs is worth a password and a code, and cannot be given to another site.
 */
@Component
public class Passkeys {

  private static final Logger LOG = LoggerFactory.getLogger(Passkeys.class);

  private static final int MOST = 10;
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_ANSWER = 16_384;

  private final PasskeyStore store;
  private final Challenges challenges;
  private final Vault vault;
  private final HubClock clock;
  private final URI console;
  private final ObjectConverter json = new ObjectConverter();
  private final AttestedCredentialDataConverter data = new AttestedCredentialDataConverter(json);
  private final WebAuthnManager web = WebAuthnManager.createNonStrictWebAuthnManager(json);

  Passkeys(
      PasskeyStore store, Challenges challenges, Vault vault, HubClock clock, Settings settings) {
    this.store = store;
    this.challenges = challenges;
    this.vault = vault;
    this.clock = clock;
    console = settings.console().url();
  }

  /**
   * One of an account's.
   *
   * @param id what the browser knows it by; no secret
   * @param usedAt null if it was not used yet
   */
  public record Passkey(String id, String name, Instant createdAt, @Nullable Instant usedAt) {}

  /**
   * What a browser is asked.
   *
   * @param challenge what is signed
   * @param host the site that the key is for
   * @param user what a key knows its account by; says nothing about it
   * @param known ids, with spaces between them: those it may be, or may not be made again
   */
  public record Asked(String challenge, String host, String user, String known) {}

  /** Those of an account, the oldest first. */
  public List<Passkey> of(String email) {
    return store.of(email);
  }

  /** A new key is to be made. */
  public Asked toMake(String email) {
    return asked("make " + email, email);
  }

  /** Whoever sits there says who they are. */
  public Asked toEnter() {
    return new Asked(challenges.make("enter"), console.getHost(), "", "");
  }

  /** Somebody who is signed in proves again who they are. */
  public Asked toProve(String email) {
    return asked("prove " + email, email);
  }

  private Asked asked(String purpose, String email) {
    List<String> ids = of(email).stream().map(Passkey::id).toList();
    return new Asked(
        challenges.make(purpose), console.getHost(), user(email), String.join(" ", ids));
  }

  /**
   * Keeps a key that a browser has made.
   *
   * @param answer the browser's PublicKeyCredential, as JSON
   * @throws Failed invalid
   */
  public void take(String email, String name, String answer) {
    String called = name.strip();
    if (called.isEmpty() || called.length() > LONGEST_NAME) {
      throw Failed.invalid(Refusal.WRONG_NAME, LONGEST_NAME);
    }
    if (of(email).size() >= MOST) {
      throw Failed.invalid(Refusal.TOO_MANY_PASSKEYS, MOST);
    }
    if (!made(email, called, answer)) {
      throw Failed.invalid(Refusal.WRONG_PASSKEY);
    }
  }

  private boolean made(String email, String name, String answer) {
    return judged(() -> web.parseRegistrationResponseJSON(checked(answer)))
        .flatMap(said -> verified("make " + email, said))
        .map(
            of -> {
              AttestedCredentialData key = Objects.requireNonNull(of.getAttestedCredentialData());
              return store.insert(
                  id(key.getCredentialId()),
                  new PasskeyStore.Kept(email, data.convert(key), of.getSignCount()),
                  name,
                  now());
            })
        .orElse(false);
  }

  private Optional<AuthenticatorData<?>> verified(String purpose, RegistrationData said) {
    return asked(purpose, said.getCollectedClientData())
        .flatMap(
            asked ->
                judged(
                    () -> {
                      web.verify(said, new RegistrationParameters(asked, null, true, true));
                      return Objects.requireNonNull(said.getAttestationObject())
                          .getAuthenticatorData();
                    }));
  }

  /** Whose key signed this, if all of it is right; it is used up now. */
  public Optional<String> entering(String answer) {
    return signer("enter", answer);
  }

  /** Whether a key of this account signed this; it is used up now. */
  public boolean proves(String email, String answer) {
    return signer("prove " + email, answer).filter(email::equals).isPresent();
  }

  private Optional<String> signer(String purpose, String answer) {
    return judged(() -> web.parseAuthenticationResponseJSON(checked(answer)))
        .flatMap(
            said ->
                store
                    .find(id(said.getCredentialId()))
                    .flatMap(kept -> signed(purpose, said, kept)));
  }

  private Optional<String> signed(String purpose, AuthenticationData said, PasskeyStore.Kept kept) {
    Optional<Long> uses =
        asked(purpose, said.getCollectedClientData())
            .flatMap(asked -> judged(() -> verified(asked, said, kept)));
    uses.ifPresent(count -> store.used(id(said.getCredentialId()), count, now()));
    return uses.map(count -> kept.email());
  }

  /** How often the key says that it was used. */
  private long verified(ServerProperty asked, AuthenticationData said, PasskeyStore.Kept kept) {
    web.verify(said, new AuthenticationParameters(asked, record(kept), null, true, true));
    byte[] user = said.getUserHandle();
    if (user != null && !user(kept.email()).equals(new String(user, StandardCharsets.UTF_8))) {
      throw new IllegalArgumentException("the key is another account's");
    }
    return Objects.requireNonNull(said.getAuthenticatorData()).getSignCount();
  }

  /**
   * What the library makes of what a stranger sent; it throws whatever it meets there. What the
   * database throws is never caught here.
   */
  private static <T> Optional<T> judged(Supplier<T> library) {
    try {
      return Optional.of(library.get());
    } catch (RuntimeException unreadable) {
      LOG.debug("not taken", unreadable);
      return Optional.empty();
    }
  }

  /** Forgets one. False if the account has no such. */
  public boolean remove(String email, String id) {
    return store.delete(email, id);
  }

  /** Forgets all of an account. */
  public void drop(String email) {
    store.deleteAll(email);
  }

  /** Empty if what was signed was never given out for this, is over, or was used. */
  private Optional<ServerProperty> asked(String purpose, @Nullable CollectedClientData client) {
    if (client == null || !challenges.use(purpose, client.getChallenge().getValue())) {
      return Optional.empty();
    }
    return Optional.of(
        ServerProperty.builder()
            .origin(new Origin(console.getScheme() + "://" + console.getAuthority()))
            .rpId(console.getHost())
            .challenge(client.getChallenge())
            .build());
  }

  private CredentialRecordImpl record(PasskeyStore.Kept kept) {
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        null,
        null,
        null,
        kept.uses(),
        data.convert(kept.data()),
        null,
        null,
        null,
        null);
  }

  private static String checked(String answer) {
    if (answer.isEmpty() || answer.length() > LONGEST_ANSWER) {
      throw new IllegalArgumentException("no answer");
    }
    return answer;
  }

  private String user(String email) {
    return vault.hash("passkey-user", email);
  }

  private static String id(byte[] id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }

  private Instant now() {
    return clock.machine().instant();
  }
}
