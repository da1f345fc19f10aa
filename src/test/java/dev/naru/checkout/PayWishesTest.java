package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.connector.order.Wishes;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.payment.Purchase;
import dev.naru.testing.Apart;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a page asks of single PGs, as it comes out of the request. */
@Apart
class PayWishesTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static Purchase asked(String more) {
    Map<String, Object> params = new HashMap<>(ShopSite.order("kakaopay"));
    params.remove("company");
    JSON.readTree(more).properties().forEach(each -> params.put(each.getKey(), each.getValue()));
    Map<String, Object> body = Map.of("user_code", "imp00000000", "params", params);
    return PayRequest.of(
            JSON.valueToTree(body),
            new PayRequest.Headers(null, null, null),
            envelope -> new PayRequest.Meant(null, Money.KRW))
        .purchase();
  }

  @Test
  void ofOneRequest() {
    Wishes wishes =
        asked(
                """
                {"vbank_due":"2039-12-31","digital":"true","company":"나루상점","company_en":7,
                 "card":{"direct":{"code":"361","quota":3},"detail":[{"card_code":"366"}]},
                 "display":{"card_quota":[2,3]},"products":[{"name":"녹차"}],"popup":false,
                 "period":{"from":20260101,"to":"20261231"},
                 "bypass":{"kakaopay":{"custom_message":"정기 배송"}},"pay_method":"vbank"}
                """)
            .wishes();
    assertThat(wishes.account().due()).isEqualTo(Instant.parse("2039-12-31T14:59:59Z"));
    assertThat(wishes.cards().company()).isEqualTo("361");
    assertThat(wishes.cards().choices()).containsExactly(new Wishes.Choice("366", true));
    assertThat(wishes.cards().quotas()).containsExactly(2, 3);
    assertThat(wishes.goods().products()).isEqualTo("[{\"name\":\"녹차\"}]");
    assertThat(wishes.goods().period()).isEqualTo(new Wishes.Period("20260101", "20261231"));
    assertThat(wishes.goods().digital()).isTrue();
    assertThat(wishes.screen().popup()).isFalse();
    assertThat(wishes.names()).isEqualTo(new Wishes.Names("나루상점", "7", null, null));
    assertThat(wishes.bypass()).isEqualTo(Map.of("kakaopay.custom_message", "정기 배송"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\" \"", "\"undefined\"", "\"null\""})
  void whatSaysNothingIsNotAskedFor(String nothing) {
    for (String name :
        List.of(
            "vbank_due",
            "company",
            "company_en",
            "digital",
            "popup",
            "products",
            "bypass",
            "customer_id",
            "display",
            "promotion_id")) {
      Purchase purchase = asked("{\"%s\":%s}".formatted(name, nothing));
      assertThat(purchase.wishes()).as(name).isEqualTo(Wishes.none());
      assertThat(purchase.customerId()).isNull();
      assertThat(purchase.promotionId()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"display\":{\"card_quota\":\"세달\"}}",
        "{\"display\":{\"card_quota\":[2.5]}}",
        "{\"display\":{\"card_quota\":[-3]}}",
        "{\"display\":{\"card_quota\":[100]}}",
        "{\"card\":{\"detail\":\"[{\"}}",
        "{\"vbank_due\":\"tomorrow\",\"pay_method\":\"vbank\"}"
      })
  void whatCannotBeMeantIsRefused(String more) {
    assertThatThrownBy(() -> asked(more))
        .isInstanceOf(Failed.class)
        .hasMessageMatching("(?s).*(card_quota|card.detail|vbank_due).*");
  }

  @Test
  void aPageDoesNotSayWhatKindOfAccountItPaysInto() {
    Purchase purchase =
        asked(
            """
            {"fixed_unlimited_vbank":true,"vbank_num":"2022011000056","pay_method":"vbank"}
            """);
    assertThat(purchase.wishes().account()).isEqualTo(Wishes.none().account());
  }
}
