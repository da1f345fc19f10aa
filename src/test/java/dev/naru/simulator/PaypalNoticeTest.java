package dev.naru.simulator;

import static dev.naru.simulator.PaypalShop.GOOD;
import static dev.naru.simulator.PaypalShop.json;
import static dev.naru.simulator.PaypalShop.money;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.naru.simulator.kit.book.Book;
import dev.naru.testing.Apart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The webhooks of the simulator of PayPal, and how a shop tells that they are PayPal's. */
@Apart
final class PaypalNoticeTest {

  private static final String WEBHOOK = "NARUPAYPALWEBHOOK";

  private record Received(Map<String, String> headers, String body) {

    JsonNode json() {
      return Book.JSON.readTree(body);
    }

    String header(String name) {
      return headers.getOrDefault("Paypal-" + name, "");
    }
  }

  @TempDir Path data;
  private PaypalShop shop;
  private HttpServer receiver;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile int answer = 204;

  @BeforeEach
  void start() throws IOException {
    shop = new PaypalShop(data);
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Map<String, String> headers = new LinkedHashMap<>();
            exchange
                .getRequestHeaders()
                .forEach((name, values) -> headers.put(name, values.getFirst()));
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new Received(headers, new String(body, StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(answer, -1);
            answer = 204;
          }
        });
    receiver.start();
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    shop.control("PUT", "notices/paypal_v2/" + PaypalShop.MERCHANT, Map.of("url", url));
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    shop.close();
  }

  private Received event(String type) {
    Shop.eventually(() -> received.stream().anyMatch(one -> is(one, type)));
    return received.stream().filter(one -> is(one, type)).findFirst().orElseThrow();
  }

  private static boolean is(Received one, String type) {
    return one.json().path("event_type").asString().equals(type);
  }

  private Map<String, Object> question(Received one) {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("auth_algo", one.header("auth-algo"));
    question.put("cert_url", one.header("cert-url"));
    question.put("transmission_id", one.header("transmission-id"));
    question.put("transmission_sig", one.header("transmission-sig"));
    question.put("transmission_time", one.header("transmission-time"));
    question.put("webhook_id", WEBHOOK);
    question.put("webhook_event", one.json());
    return question;
  }

  private String verified(Map<String, Object> question) {
    return json(shop.post("/v1/notifications/verify-webhook-signature", "v", question))
        .path("verification_status")
        .asString();
  }

  @Test
  void aCaptureAndItsRefundAreTold() {
    answer = 500;
    JsonNode capture = shop.paid("order-1", "USD", "15.00", GOOD);
    JsonNode told = event("PAYMENT.CAPTURE.COMPLETED").json();
    assertThat(told.path("id").asString()).startsWith("WH-");
    assertThat(told.path("resource_type").asString()).isEqualTo("capture");
    assertThat(told.path("resource")).isEqualTo(capture);
    Shop.eventually(() -> received.size() == 2);
    assertThat(received.get(1).body()).isEqualTo(received.get(0).body());
    JsonNode refund = json(shop.refund(capture, "r-1", Map.of("custom_id", "order-1")));
    JsonNode refunded = event("PAYMENT.CAPTURE.REFUNDED").json();
    assertThat(refunded.path("resource_type").asString()).isEqualTo("refund");
    assertThat(refunded.path("resource")).isEqualTo(refund);
    assertThat(refunded.at("/resource/custom_id").asString()).isEqualTo("order-1");
  }

  @Test
  void theEndOfAReviewIsTold() {
    JsonNode passes = shop.paid("order-1", "USD", "15.97", GOOD);
    assertThat(event("PAYMENT.CAPTURE.PENDING").json().at("/resource/id"))
        .isEqualTo(passes.path("id"));
    JsonNode fails = shop.paid("order-2", "USD", "15.98", GOOD);
    shop.pass(Duration.ofSeconds(3));
    assertThat(event("PAYMENT.CAPTURE.COMPLETED").json().at("/resource/id"))
        .isEqualTo(passes.path("id"));
    JsonNode denied = event("PAYMENT.CAPTURE.DENIED").json();
    assertThat(denied.at("/resource/id")).isEqualTo(fails.path("id"));
    assertThat(denied.at("/resource/status").asString()).isEqualTo("DECLINED");
    assertThat(denied.at("/resource/invoice_id").asString()).isEqualTo("order-2");
    JsonNode refund = json(shop.refund(passes, "r-1", Map.of("amount", money("USD", "1.97"))));
    assertThat(refund.path("status").asString()).isEqualTo("PENDING");
    shop.pass(Duration.ofSeconds(3));
    assertThat(event("PAYMENT.CAPTURE.REFUNDED").json().at("/resource/id"))
        .isEqualTo(refund.path("id"));
  }

  @Test
  void aSignatureIsVerifiedByPaypal() {
    shop.paid("order-1", "USD", "15.00", GOOD);
    Received one = event("PAYMENT.CAPTURE.COMPLETED");
    assertThat(verified(question(one))).isEqualTo("SUCCESS");
    shop.restart();
    assertThat(verified(question(one))).isEqualTo("SUCCESS");
    Map<String, Object> changes =
        Map.of(
            "auth_algo", "MD5",
            "cert_url", "https://elsewhere.example/cert",
            "transmission_id", "other",
            "transmission_sig", "AAAA",
            "transmission_time", "2026-01-01T03:00:01Z",
            "webhook_id", "OTHER",
            "webhook_event", Map.of("id", "WH-1"));
    changes.forEach(
        (name, value) -> {
          Map<String, Object> wrong = question(one);
          wrong.put(name, value);
          assertThat(verified(wrong)).as(name).isEqualTo("FAILURE");
          wrong.remove(name);
          assertThat(
                  PaypalShop.problem(
                      shop.post("/v1/notifications/verify-webhook-signature", "v", wrong)))
              .as(name)
              .isEqualTo("400 MISSING_REQUIRED_PARAMETER");
        });
  }

  @Test
  void aSignatureIsVerifiedByTheCertificate() throws GeneralSecurityException {
    shop.paid("order-1", "USD", "15.00", GOOD);
    Received one = event("PAYMENT.CAPTURE.COMPLETED");
    String pem = PaypalShop.send(HttpRequest.newBuilder(URI.create(one.header("cert-url")))).body();
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    CRC32 crc = new CRC32();
    crc.update(one.body().getBytes(StandardCharsets.UTF_8));
    Signature verifier = Signature.getInstance(one.header("auth-algo"));
    verifier.initVerify(certificate);
    verifier.update(
        String.join(
                "|",
                one.header("transmission-id"),
                one.header("transmission-time"),
                WEBHOOK,
                Long.toString(crc.getValue()))
            .getBytes(StandardCharsets.US_ASCII));
    assertThat(verifier.verify(Base64.getDecoder().decode(one.header("transmission-sig"))))
        .isTrue();
  }
}
