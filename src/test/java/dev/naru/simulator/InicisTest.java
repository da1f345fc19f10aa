package dev.naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.testing.Apart;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Apart
class InicisTest {

  private static final Charset EUC_KR = Charset.forName("MS949");
  private static final String MID = "INIpayTest";

  @TempDir Path data;
  private Shop shop;
  private InicisShop inicis;

  @BeforeEach
  void start() {
    shop = new Shop(data);
    inicis = new InicisShop(shop);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private static Map<String, String> pay(String number) {
    return Map.of("method", "card", "card_number", number, "action", "pay");
  }

  private static String result(JsonNode answer) {
    return answer.path("resultCode").asString("");
  }

  private static String detail(JsonNode answer) {
    return answer.path("detailResultCode").asString("");
  }

  @Test
  void pays_through_the_pc_window() {
    Map<String, String> back =
        inicis.authenticate(inicis.window(MID, "ORD1", "1004"), pay(Shop.GOOD_CARD));

    assertThat(back).containsEntry("resultCode", "0000").containsEntry("idc_name", "stg");
    assertThat(back.get("authUrl")).isEqualTo(shop.url + "/html5_inicis/stdpay/api/payAuth");
    assertThat(shop.book("html5_inicis", "ORD1")).isEmpty();
    JsonNode approved = inicis.approve(back);

    assertThat(result(approved)).isEqualTo("0000");
    assertThat(approved.path("tid").asString()).hasSize(40);
    assertThat(approved.path("MOID").asString()).isEqualTo("ORD1");
    assertThat(approved.path("goodName").asString()).isEqualTo("사과 <한> 상자");
    assertThat(approved.path("authSignature").asString())
        .isEqualTo(InicisShop.sha("SHA-256", "MOID=ORD1&mid=INIpayTest&tstamp=1714000000001"));
    assertThat(result(inicis.approve(back))).isEqualTo("R202");
    assertThat(shop.book("html5_inicis", "ORD1")).hasSize(1);
    assertThat(inicis.inquiry(MID, "ORD1").path("status").asString()).isEqualTo("PAID");
  }

  @Test
  void refuses_what_is_not_signed_right() {
    for (String field : new String[] {"signature", "verification", "mKey", "price", "mid"}) {
      Map<String, String> form = inicis.window(MID, "ORD2", "1004");
      form.put(field, "9");
      assertThat(inicis.open(form).statusCode()).as(field).isEqualTo(400);
    }
    Map<String, String> back =
        inicis.authenticate(inicis.window(MID, "ORD2", "1004"), pay(Shop.GOOD_CARD));
    Map<String, String> forged = InicisShop.approval(back);
    forged.put("signature", "0".repeat(64));
    assertThat(result(Shop.json(shop.form(back.getOrDefault("authUrl", ""), forged))))
        .isEqualTo("R101");
    Map<String, String> cheaper = InicisShop.approval(back);
    cheaper.put("price", "1");
    assertThat(result(Shop.json(shop.form(back.getOrDefault("authUrl", ""), cheaper))))
        .isEqualTo("R203");
    assertThat(shop.book("html5_inicis", "ORD2")).isEmpty();
  }

  @Test
  void declines_in_the_window_or_at_approval() {
    assertThat(inicis.authenticate(inicis.window(MID, "ORD3", "1004"), pay("4000000000000077")))
        .containsEntry("resultCode", "V214")
        .doesNotContainKey("authToken");
    Map<String, String> back =
        inicis.authenticate(inicis.window(MID, "ORD3", "1004"), pay("4000000000000028"));
    assertThat(result(inicis.approve(back))).isEqualTo("R232");
    assertThat(shop.book("html5_inicis", "ORD3").get(0).path("declined").asBoolean()).isTrue();
    assertThat(
            Shop.location(
                shop.press(
                    inicis.open(inicis.window(MID, "ORD3", "1004")), Map.of("action", "close"))))
        .isEqualTo("http://shop.test/close");
  }

  @Test
  void net_cancel_undoes_a_charge_whose_answer_was_lost() {
    Map<String, String> back =
        inicis.authenticate(inicis.window(MID, "ORD4", "1004"), pay("4000000000009002"));
    assertThatThrownBy(() -> inicis.approve(back)).isNotNull();
    assertThat(shop.book("html5_inicis", "ORD4").get(0).path("balance").asLong()).isEqualTo(1004);

    assertThat(result(inicis.netCancel(back))).isEqualTo("0000");
    assertThat(result(inicis.netCancel(back))).isEqualTo("0000");
    JsonNode line = shop.book("html5_inicis", "ORD4").get(0);
    assertThat(line.path("balance").asLong()).isZero();
    assertThat(line.path("cancels")).hasSize(1);
    assertThat(inicis.inquiry(MID, "ORD4").path("status").asString()).isEqualTo("CANCELED");
  }

  @Test
  void net_cancel_blocks_an_approval_that_is_still_to_land() {
    Map<String, String> back =
        inicis.authenticate(inicis.window(MID, "ORD5", "1004"), pay("4000000000009003"));
    CompletableFuture<Void> silent =
        CompletableFuture.runAsync(
            () -> assertThatThrownBy(() -> inicis.approve(back)).isNotNull());
    Shop.eventually(() -> shop.written("html5_inicis").contains("PENDING"));
    assertThat(result(inicis.netCancel(back))).isEqualTo("0000");

    silent.join();
    assertThat(result(inicis.approve(back))).isEqualTo("R202");
    assertThat(shop.book("html5_inicis", "ORD5")).isEmpty();
    assertThat(detail(inicis.inquiry(MID, "ORD5"))).isEqualTo("ER0401");
  }

  @Test
  void refunds_with_a_check_of_what_is_left() {
    String tid =
        inicis
            .approve(inicis.authenticate(inicis.window(MID, "ORD6", "1004"), pay(Shop.GOOD_CARD)))
            .path("tid")
            .asString();

    assertThat(detail(inicis.partialRefund(tid, "4", "999"))).isEqualTo("ER0406");
    JsonNode part = inicis.partialRefund(tid, "4", "1000");
    assertThat(result(part)).isEqualTo("00");
    assertThat(part.path("prtcRemains").asString()).isEqualTo("1000");
    assertThat(detail(inicis.partialRefund(tid, "4", "1000"))).isEqualTo("ER0406");
    assertThat(detail(inicis.partialRefund(tid, "1001", "0"))).isEqualTo("ER0405");
    assertThat(detail(inicis.refund(tid, "Card"))).isEqualTo("ER0407");
    assertThat(result(inicis.partialRefund(tid, "1000", "0"))).isEqualTo("00");
    assertThat(detail(inicis.refund(tid, "Card"))).isEqualTo("500626");
    JsonNode seen = inicis.inquiry(MID, "ORD6");
    assertThat(seen.path("remains").asString()).isEqualTo("0");
    assertThat(seen.path("cancels")).hasSize(2);
  }

  @Test
  void refuses_a_wrong_hash() {
    Map<String, String> form =
        Map.of("type", "Refund", "paymethod", "Card", "mid", MID, "tid", "x", "msg", "m");
    assertThat(detail(Shop.json(inicis.api("refund", form)))).isEqualTo("ER0201");
    assertThat(detail(Shop.json(inicis.api("refund", form, "tid")))).isEqualTo("ER0401");
  }

  @Test
  void issues_a_key_by_card_number_and_charges_it() {
    JsonNode issued = Shop.json(inicis.issueKey(Shop.GOOD_CARD));
    assertThat(result(issued)).isEqualTo("00");
    String key = issued.path("billKey").asString();

    JsonNode charged = Shop.json(inicis.charge(key, "BILL1"));
    assertThat(result(charged)).isEqualTo("00");
    assertThat(shop.book("html5_inicis", "BILL1").get(0).path("billing_key").asString())
        .isEqualTo(key);
    assertThat(detail(Shop.json(inicis.issueKey("4000000000000044")))).isEqualTo("R254");
    String magic = Shop.json(inicis.issueKey("4000000000009001")).path("billKey").asString();
    assertThatThrownBy(() -> inicis.charge(magic, "BILL2")).isNotNull();
    assertThat(shop.book("html5_inicis", "BILL2")).isEmpty();
    assertThat(result(Shop.json(inicis.charge(magic, "BILL2")))).isEqualTo("00");
  }

  @Test
  void issues_a_key_through_the_window_and_charges_nothing() {
    Map<String, String> form = inicis.window("INIBillTst", "KEY1", "1004");
    form.put("acceptmethod", "BILLAUTH(Card):below1000");
    JsonNode approved = inicis.approve(inicis.authenticate(form, pay(Shop.GOOD_CARD)));

    String key = approved.path("CARD_BillKey").asString();
    assertThat(shop.book("html5_inicis", "KEY1")).isEmpty();
    assertThat(result(Shop.json(inicis.charge(key, "BILL3")))).isEqualTo("00");
  }

  @Test
  void speaks_euc_kr_on_mobile() throws Exception {
    Map<String, String> form = mobile("MOB1", "VBANK");
    HttpResponse<String> opened =
        shop.form(shop.url + "/html5_inicis/mobile/smart/payment/", form, EUC_KR);
    assertThat(shop.get(shop.url + Shop.location(opened)).body()).contains("한글 상품");
    HttpResponse<String> page =
        shop.press(opened, Map.of("method", "vbank", "bank", "20", "action", "pay"));
    assertThat(page.body()).contains("accept-charset=\"EUC-KR\"");
    Map<String, String> back = Shop.next(page);
    assertThat(back).containsEntry("P_STATUS", "00").containsEntry("P_NOTI", "메모");
    Map<String, String> approve = Map.of("P_MID", MID, "P_TID", back.getOrDefault("P_TID", ""));

    String reply = shop.form(back.getOrDefault("P_REQ_URL", ""), approve, EUC_KR).body();
    assertThat(reply).contains("P_STATUS=00", "P_UNAME=홍길동", "P_TYPE=VBANK", "P_VACT_BANK_CODE=20");
    assertThat(shop.form(back.getOrDefault("P_REQ_URL", ""), approve, EUC_KR).body())
        .contains("P_STATUS=R202");
    Map<String, String> cancel = new LinkedHashMap<>(approve);
    cancel.put("P_OID", "MOB1");
    cancel.put("P_AMT", "1004");
    String net = back.getOrDefault("P_REQ_URL", "").replace("payReq", "payNetCancel");
    assertThat(shop.form(net, cancel, EUC_KR).body()).contains("P_STATUS=00");
    assertThat(shop.book("html5_inicis", "MOB1").get(0).path("balance").asLong()).isZero();

    form.put("P_AMT", "1");
    assertThat(
            shop.form(shop.url + "/html5_inicis/mobile/smart/payment/", form, EUC_KR).statusCode())
        .isEqualTo(400);
  }

  private static Map<String, String> mobile(String oid, String method) throws Exception {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("P_INI_PAYMENT", method);
    form.put("P_MID", MID);
    form.put("P_OID", oid);
    form.put("P_AMT", "1004");
    form.put("P_GOODS", "한글 상품");
    form.put("P_UNAME", "홍길동");
    form.put("P_NOTI", "메모");
    form.put("P_NEXT_URL", "http://shop.test/next");
    form.put("P_RESERVED", "below1000=Y&amt_hash=Y");
    form.put("P_TIMESTAMP", "1714000000000");
    form.put(
        "P_CHKFAKE",
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-512")
                    .digest(
                        ("1004" + oid + "1714000000000" + "3CB8183A4BE283555ACC8363C0360223")
                            .getBytes(StandardCharsets.UTF_8))));
    return form;
  }

  @Test
  void version_2_signs_the_text_of_its_data() {
    String tid =
        inicis
            .approve(inicis.authenticate(inicis.window(MID, "ORD7", "1004"), pay(Shop.GOOD_CARD)))
            .path("tid")
            .asString();
    String text = "{\"tid\":\"" + tid + "\",\"msg\":\"테스트/취소\"}";
    String hash =
        InicisShop.sha("SHA-512", InicisShop.key(MID) + MID + "refund" + InicisShop.STAMP + text);
    String body =
        "{\"mid\":\"%s\",\"type\":\"refund\",\"timestamp\":\"%s\",\"clientIp\":\"127.0.0.1\",\"data\":%s,\"hashData\":\"%s\"}"
            .formatted(MID, InicisShop.STAMP, text, hash);
    JsonNode answer =
        Shop.json(
            shop.send(
                Shop.request(shop.url + "/html5_inicis/iniapi/v2/pg/refund")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)),
                StandardCharsets.UTF_8));

    assertThat(result(answer)).isEqualTo("00");
    assertThat(shop.book("html5_inicis", "ORD7").get(0).path("balance").asLong()).isZero();
  }
}
