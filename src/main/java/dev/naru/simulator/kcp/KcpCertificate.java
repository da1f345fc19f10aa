package dev.naru.simulator.kcp;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The service certificate that goes with every call to KCP. KCP issues it for one site code; here
 * any counts whose subject's common name is the site code.
 */
record KcpCertificate(X509Certificate certificate) {

  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  /** From {@code kcp_cert_info}: a PEM without its line ends. Null if it is none. */
  static @Nullable KcpCertificate of(String info) {
    if (!info.startsWith(BEGIN) || !info.endsWith(END) || info.indexOf('\n') >= 0) {
      return null;
    }
    try {
      byte[] der =
          Base64.getDecoder().decode(info.substring(BEGIN.length(), info.length() - END.length()));
      return new KcpCertificate(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der)));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return null;
    }
  }

  boolean isOf(String siteCode) {
    return Arrays.asList(certificate.getSubjectX500Principal().getName().split(",", -1))
        .contains("CN=" + siteCode);
  }

  /** Whether its owner signed this text, with SHA256withRSA, in Base64. */
  boolean signed(String text, String signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(text.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }
}
