package dev.naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.facts.Form;
import dev.naru.testing.Apart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The buyer's bank, and what the PGs tell the shop about it. */
@Apart
class NoticeTest {

  @TempDir Path data;
  private Shop shop;
  private HttpServer receiver;
  private String url = "";
  private final List<byte[]> received = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    shop = new Shop(data);
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            received.add(exchange.getRequestBody().readAllBytes());
            // The first one is answered like a page, not like an acknowledgement.
            byte[] body =
                (received.size() == 1 ? "<p>OK</p>" : "OK").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    receiver.start();
    url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/notice";
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    shop.close();
  }

  @Test
  void toss_tells_of_a_deposit_and_of_its_reversal() {
    shop.control("PUT", "notices/tosspayments/tosstest", Map.of("url", url));
    JsonNode issued =
        Shop.json(
            shop.tossPost(
                "virtual-accounts",
                Map.of(
                    "amount", 5000,
                    "orderId", "vbank-1",
                    "orderName", "사과",
                    "customerName", "홍길동",
                    "bank", "신한")));
    assertThat(issued.path("status").asString()).isEqualTo("WAITING_FOR_DEPOSIT");
    Shop.eventually(() -> received.size() == 1);
    String account = issued.path("virtualAccount").path("accountNumber").asString();

    assertThat(
            shop.control(
                "POST", "vbanks/tosspayments/" + account + "/deposit", Map.of("amount", 1)))
        .hasSize(1);
    JsonNode deposited =
        shop.control(
            "POST", "vbanks/tosspayments/" + account + "/deposit", Map.of("depositor", "홍길동"));
    assertThat(deposited.path("status").asString()).isEqualTo("PAID");
    assertThat(deposited.path("notice").asBoolean()).isTrue();
    Shop.eventually(() -> received.size() == 2);
    JsonNode notice = Book.JSON.readTree(received.get(1));
    assertThat(notice.propertyNames())
        .containsExactlyInAnyOrder("createdAt", "secret", "status", "transactionKey", "orderId");
    assertThat(notice.path("secret")).isEqualTo(issued.path("secret"));
    assertThat(notice.path("status").asString()).isEqualTo("DONE");

    shop.control("POST", "vbanks/tosspayments/" + account + "/reverse", Map.of());
    Shop.eventually(() -> received.size() == 3);
    assertThat(Book.JSON.readTree(received.get(2)).path("status").asString())
        .isEqualTo("WAITING_FOR_DEPOSIT");
    assertThat(Shop.json(shop.tossGet("payments/orders/vbank-1")).path("status").asString())
        .isEqualTo("WAITING_FOR_DEPOSIT");
  }

  @Test
  void inicis_repeats_a_euc_kr_notice_until_it_reads_ok() {
    shop.control("PUT", "notices/html5_inicis/INIpayTest", Map.of("url", url));
    JsonNode issued =
        Shop.json(
            new InicisShop(shop)
                .api(
                    "formpay",
                    Map.of(
                        "type", "Pay",
                        "paymethod", "Vacct",
                        "mid", "INIpayTest",
                        "moid", "VB1",
                        "price", "1004",
                        "bankCode", "04",
                        "nmInput", "홍길동"),
                    "moid",
                    "price"));
    String account = issued.path("vacct").asString();
    shop.control("POST", "vbanks/html5_inicis/" + account + "/deposit", Map.of());

    Shop.eventually(() -> received.size() == 2);
    assertThat(received.get(1)).isEqualTo(received.get(0));
    String raw = new String(received.get(0), StandardCharsets.ISO_8859_1);
    assertThat(raw).contains("nm_input=%C8%AB%B1%E6%B5%BF");
    assertThat(Form.decode(raw, Charset.forName("MS949")))
        .containsEntry("nm_input", "홍길동")
        .containsEntry("no_vacct", account)
        .containsEntry("amt_input", "1004")
        .containsEntry("type_msg", "0200")
        .containsEntry("no_oid", "VB1");
    shop.control("POST", "vbanks/html5_inicis/" + account + "/reverse", Map.of());
    Shop.eventually(() -> received.size() == 3);
    assertThat(new String(received.get(2), StandardCharsets.ISO_8859_1)).contains("type_msg=0400");
  }

  @Test
  void inicis_refunds_a_deposit_to_an_encrypted_account() {
    InicisShop inicis = new InicisShop(shop);
    JsonNode issued =
        Shop.json(
            inicis.api(
                "formpay",
                Map.of(
                    "type", "Pay",
                    "paymethod", "Vacct",
                    "mid", "INIpayTest",
                    "moid", "VB2",
                    "price", "1004",
                    "bankCode", "04",
                    "nmInput", "홍길동"),
                "moid",
                "price"));
    String tid = issued.path("tid").asString();
    shop.control(
        "POST", "vbanks/html5_inicis/" + issued.path("vacct").asString() + "/deposit", Map.of());

    assertThat(inicis.refund(tid, "Card").path("detailResultCode").asString()).isEqualTo("ER0404");
    Map<String, String> refund =
        Map.of(
            "type", "Refund",
            "paymethod", "Vacct",
            "mid", "INIpayTest",
            "tid", tid,
            "msg", "변심",
            "refundBankCode", "04",
            "refundAcctName", "홍길동",
            "refundAcctNum",
                InicisShop.aes(InicisShop.key(""), InicisShop.iv(""), "11012345678901"));
    assertThat(
            Shop.json(inicis.api("refund", refund, "tid", "refundAcctNum"))
                .path("resultCode")
                .asString())
        .isEqualTo("00");
    assertThat(shop.book("html5_inicis", "VB2").get(0).path("balance").asLong()).isZero();
  }
}
