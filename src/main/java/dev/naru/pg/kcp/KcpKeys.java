package dev.naru.pg.kcp;

import dev.naru.kernel.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * What KCP knows a merchant by: the service certificate that goes with every call, and the private
 * key that signs, a PKCS#8 file with a password as KCP's partner console hands it out.
 *
 * @param certificate PEM
 * @param privateKey PEM, PKCS#8, encrypted or not
 */
public record KcpKeys(String certificate, Secret privateKey, Secret password) {

  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
  private static final int KEY_BITS = 2_048;

  /** A sandbox's own: KCP's test key is in KCP's sample archive and is not ours to spread. */
  public static KcpKeys generate(String siteCode) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      KeyPair pair = generator.generateKeyPair();
      byte[] password = new byte[16];
      new SecureRandom().nextBytes(password);
      Secret secret = new Secret(HexFormat.of().formatHex(password));
      return new KcpKeys(
          pem(certificate(siteCode, pair)), new Secret(pem(sealed(pair, secret))), secret);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("cannot make a key pair", e);
    }
  }

  /** {@code kcp_cert_info}: the PEM on one line. */
  String oneLine() {
    return certificate.replaceAll("\\R", "");
  }

  /**
   * {@code kcp_sign_data}: Base64 of the SHA256withRSA signature.
   *
   * @throws GeneralSecurityException if the private key cannot be read with this password
   */
  String sign(String text) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(read());
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(signature.sign());
  }

  private PrivateKey read() throws GeneralSecurityException {
    try (PEMParser pem = new PEMParser(new StringReader(privateKey.reveal()))) {
      return new JcaPEMKeyConverter().getPrivateKey(opened(pem.readObject()));
    } catch (IOException | OperatorCreationException | PKCSException | RuntimeException e) {
      // Without its cause, which may quote the key.
      throw new GeneralSecurityException(
          "the private key cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private PrivateKeyInfo opened(Object pem)
      throws OperatorCreationException, PKCSException, IOException {
    return switch (pem) {
      case PKCS8EncryptedPrivateKeyInfo sealed ->
          sealed.decryptPrivateKeyInfo(
              new JceOpenSSLPKCS8DecryptorProviderBuilder()
                  .setProvider(BOUNCY_CASTLE)
                  .build(password.reveal().toCharArray()));
      case PrivateKeyInfo open -> open;
      case null, default -> throw new IOException("no PKCS#8");
    };
  }

  private static Object certificate(String siteCode, KeyPair pair)
      throws OperatorCreationException, GeneralSecurityException {
    X500Name name = new X500Name("CN=" + siteCode + ",O=Naru sandbox,C=KR");
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(64, new SecureRandom()),
            Date.from(Instant.parse("2020-01-01T00:00:00Z")),
            Date.from(Instant.parse("2120-01-01T00:00:00Z")),
            name,
            pair.getPublic());
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
  }

  private static Object sealed(KeyPair pair, Secret password)
      throws OperatorCreationException, IOException {
    return new JcaPKCS8Generator(
            pair.getPrivate(),
            new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                .setProvider(BOUNCY_CASTLE)
                .setPassword(password.reveal().toCharArray())
                .build())
        .generate();
  }

  private static String pem(Object thing) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(thing);
    }
    return text.toString();
  }
}
