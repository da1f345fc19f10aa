package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.facts.PgFacts;
import dev.naru.connector.facts.Presentation;
import dev.naru.kernel.Money;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** V1's table: which PG shows its window how, on which device. */
class PresentationTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  @ParameterizedTest
  @CsvSource({
    // PG, desktop, mobile, mobile without m_redirect_url
    "html5_inicis, IFRAME, REDIRECT, IFRAME",
    "tosspayments, IFRAME, REDIRECT, IFRAME",
    "kakaopay, IFRAME, REDIRECT, IFRAME",
    "payco, IFRAME, IFRAME, IFRAME",
    "danal_tpay, IFRAME, IFRAME, IFRAME",
    "eximbay, IFRAME, IFRAME, IFRAME",
    "paypal_v2, POPUP, POPUP, POPUP",
    "mobilians_v2, POPUP, REDIRECT, IFRAME",
    "tosspay, POPUP, REDIRECT, IFRAME",
    "tosspay_v2, POPUP, REDIRECT, IFRAME",
    "inicis_jp, POPUP, REDIRECT, IFRAME",
    "settle_acc, POPUP, REDIRECT, IFRAME",
    "paypal, REDIRECT, REDIRECT, IFRAME",
    "naverpay, REDIRECT, REDIRECT, IFRAME"
  })
  void byPgAndDevice(
      String pg, Presentation desktop, Presentation mobile, Presentation withoutAddress) {
    assertThat(of(pg, false, Map.of())).isEqualTo(desktop);
    assertThat(of(pg, true, Map.of())).isEqualTo(mobile);
    Map<String, Object> nowhere = new HashMap<>();
    nowhere.put("m_redirect_url", null);
    assertThat(of(pg, true, nowhere)).isEqualTo(withoutAddress);
  }

  @ParameterizedTest
  @CsvSource({
    "payco, popup, true, POPUP, POPUP",
    "payco, popup, false, IFRAME, IFRAME",
    "eximbay, popup, true, POPUP, POPUP",
    "eximbay, popup, false, REDIRECT, REDIRECT",
    "tosspayments, popup, true, IFRAME, REDIRECT",
    "naverpay, naverPopupMode, true, POPUP, REDIRECT",
    "naverpay, naverPopupMode, false, REDIRECT, REDIRECT"
  })
  void asAskedFor(
      String pg, String parameter, boolean value, Presentation desktop, Presentation mobile) {
    assertThat(of(pg, false, Map.of(parameter, value))).isEqualTo(desktop);
    assertThat(of(pg, true, Map.of(parameter, value))).isEqualTo(mobile);
  }

  @ParameterizedTest
  @CsvSource({
    "html5_inicis, customer_uid, c",
    "mobilians, pay_method, phone",
    "kakaopay, kakaopayMobileAsPC, true"
  })
  void someStayOnMobilesForOnePurpose(String pg, String parameter, String value) {
    assertThat(of(pg, true, Map.of(parameter, value))).isEqualTo(Presentation.IFRAME);
    assertThat(of(pg, true, Map.of())).isEqualTo(Presentation.REDIRECT);
  }

  @Test
  void aPageIsAskedForEveryParameterOfTheTable() {
    assertThat(PgFacts.all()).anyMatch(pg -> !pg.asked().isEmpty());
    PgFacts.all().forEach(pg -> assertThat(of(pg.code(), false, Map.of())).isNotNull());
  }

  private static Presentation of(String pg, boolean mobile, Map<String, Object> more) {
    Map<String, Object> params = new HashMap<>(ShopSite.order(pg));
    params.put("m_redirect_url", "https://shop.example/back");
    params.putAll(more);
    Map<String, Object> body =
        Map.of("user_code", "imp00000000", "mobile", mobile, "params", params);
    PayRequest request =
        PayRequest.of(
            JSON.valueToTree(body),
            new PayRequest.Headers(null, null, null),
            envelope -> new PayRequest.Meant(null, Money.KRW));
    return request.visitor().shown(PgFacts.of(pg), request.purchase());
  }
}
