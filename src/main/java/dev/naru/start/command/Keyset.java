package dev.naru.start.command;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import dev.naru.kernel.Vault;
import dev.naru.start.OwnerOnly;
import dev.naru.start.StartRefused;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys of a hub: one JSON file with two Tink keysets, {@code aead} for what is encrypted and
 * {@code prf} for keyed hashes. Only its owner may read it.
 */
public record Keyset(KeysetHandle aead, KeysetHandle prf) {

  /** Its name under the data folder. */
  public static final String FILE = "keyset.json";

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Configuration TINK = tink();

  private static Configuration tink() {
    try {
      AeadConfig.register();
      PrfConfig.register();
      return RegistryConfiguration.get();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Tink does not start", e);
    }
  }

  public static Keyset generate() throws GeneralSecurityException {
    return new Keyset(
        KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK),
        KeysetHandle.generateNew(PredefinedPrfParameters.HMAC_SHA256_PRF, TINK));
  }

  /**
   * With a new key that decrypts, but does not encrypt yet: every node must know it before one uses
   * it. The PRF keeps its key: hashes that are searched for have to stay the same.
   *
   * @throws StartRefused if the key that was added last still waits
   */
  public Keyset added() throws GeneralSecurityException {
    if (!newest().isPrimary()) {
      throw new StartRefused("has a key that waits already: deploy the file, then promote it");
    }
    KeysetHandle.Builder.Entry fresh =
        KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
            .withRandomId();
    return new Keyset(KeysetHandle.newBuilder(aead).addEntry(fresh).build(), prf);
  }

  /**
   * The key that was added last encrypts from now on, and the older ones still decrypt.
   *
   * @throws StartRefused if none waits
   */
  public Keyset promoted() throws GeneralSecurityException {
    if (newest().isPrimary()) {
      throw new StartRefused("has no key that waits: add one, and deploy the file");
    }
    KeysetHandle.Builder builder = KeysetHandle.newBuilder(aead);
    var _ = builder.getAt(aead.size() - 1).makePrimary();
    return new Keyset(builder.build(), prf);
  }

  private KeysetHandle.Entry newest() {
    return aead.getAt(aead.size() - 1);
  }

  /** Of the key that encrypts now. */
  public long primaryId() {
    return aead.getPrimary().getId();
  }

  public Vault vault() throws GeneralSecurityException {
    return new Vault(aead.getPrimitive(TINK, Aead.class), prf.getPrimitive(TINK, PrfSet.class));
  }

  /** What is wrong with this file; empty if it can be used. */
  public static Optional<String> flaw(Path file) {
    try {
      var _ = read(file);
      return Optional.empty();
    } catch (StartRefused e) {
      return Optional.of(e.problems().getFirst());
    }
  }

  public static Keyset read(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new StartRefused("is not a readable file: " + file);
    }
    try {
      if (!OwnerOnly.is(file)) {
        throw new StartRefused("may be read by its owner alone: chmod 600 " + file);
      }
      JsonNode json = JSON.readTree(Files.readString(file));
      return new Keyset(parse(json.path("aead")), parse(json.path("prf")));
    } catch (IOException | JacksonException | GeneralSecurityException e) {
      // The cause is left out: it may quote the file.
      throw new StartRefused("is no keyset of Naru: " + file);
    }
  }

  public static Keyset readOrMake(Path file) throws IOException, GeneralSecurityException {
    if (!Files.exists(file)) {
      generate().write(file, false);
    }
    return read(file);
  }

  /**
   * @throws FileAlreadyExistsException if there is one and {@code replace} is not set
   */
  public void write(Path file, boolean replace) throws IOException {
    if (!replace && Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    ObjectNode json = JSON.createObjectNode();
    json.set("aead", JSON.readTree(serialize(aead)));
    json.set("prf", JSON.readTree(serialize(prf)));
    OwnerOnly.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
  }

  private static KeysetHandle parse(JsonNode keyset) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.parseKeyset(
        keyset.toString(), TINK, InsecureSecretKeyAccess.get());
  }

  private static String serialize(KeysetHandle keyset) {
    try {
      return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, TINK, InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a keyset cannot be written", e);
    }
  }
}
