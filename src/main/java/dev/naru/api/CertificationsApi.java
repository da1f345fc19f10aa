package dev.naru.api;

import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.certification.Certification;
import dev.naru.certification.Certifications;
import dev.naru.certification.CodeConfirms;
import dev.naru.connector.Identifies.IdentityOtp;
import dev.naru.connector.facts.Reads.Door;
import dev.naru.connector.identity.OtpOrder.Means;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /certifications}: identity verification. */
@RestController
class CertificationsApi {

  private final Certifications certifications;
  private final CodeConfirms confirms;
  private final Channels channels;
  private final Persons persons;

  CertificationsApi(
      Certifications certifications, CodeConfirms confirms, Channels channels, Persons persons) {
    this.certifications = certifications;
    this.confirms = confirms;
    this.channels = channels;
    this.persons = persons;
  }

  @GetMapping("/certifications/{impUid}")
  Envelope read(Merchant merchant, @PathVariable String impUid) {
    return answer(certifications.get(merchant.id(), impUid));
  }

  @DeleteMapping("/certifications/{impUid}")
  Envelope delete(Merchant merchant, @PathVariable String impUid) {
    return answer(certifications.delete(merchant.id(), impUid));
  }

  @PostMapping("/certifications/otp/request")
  Envelope request(Merchant merchant, Params sent, HttpServletRequest http) {
    Channel channel =
        channels.choose(
            merchant.id(), sent.text("channel_key", 55), sent.text("pg", 80), IdentityOtp.class);
    Params params = sent.readBy(Door.OTP, channel.pg(), "");
    Certifications.Request request =
        new Certifications.Request(
            persons.read(params),
            means(params),
            params.text("company", 40),
            params.text("merchant_uid", 40),
            Persons.address(params, http.getRemoteAddr()),
            persons.forKcp(params));
    return Envelope.of(
        Map.of("imp_uid", certifications.request(merchant, channel, request).impUid().value()));
  }

  @PostMapping("/certifications/otp/confirm/{impUid}")
  Envelope confirm(Merchant merchant, Params params, @PathVariable String impUid) {
    // An id that is unknown is told before a code that is malformed.
    Certification known = certifications.get(merchant.id(), impUid);
    return answer(confirms.confirm(merchant.id(), known.impUid().value(), code(params)));
  }

  private static @Nullable Secret code(Params params) {
    String text = params.text("otp", 20);
    if (text == null || text.isBlank()) {
      return null;
    }
    if (!text.strip().matches("[0-9]{6}")) {
      throw Failed.invalid(Malformed.WRONG_FORM_WANTED, "otp", Word.OTP);
    }
    return new Secret(text.strip());
  }

  private static Means means(Params params) {
    return "APP".equals(params.oneOf("verification_method", Set.of("SMS", "APP")))
        ? Means.APP
        : Means.SMS;
  }

  private static Envelope answer(Certification certification) {
    return Envelope.of(CertificationView.of(certification));
  }
}
