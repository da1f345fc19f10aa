package dev.naru.connector.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** V1's optional parameters as wishes, and wishes as documents keep them. */
@Apart
class V1ParametersTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private static Wishes wishes(String name, String value) {
    return new V1Parameters(Map.of(name, value)).wishes();
  }

  private static @Nullable List<Integer> quotas(String months) {
    return wishes("display.card_quota", months).cards().quotas();
  }

  @Test
  void whatIsNotAskedForIsAbsent() {
    Wishes nothing = new V1Parameters(Map.of()).wishes();
    assertThat(nothing).isEqualTo(Wishes.none());
    assertThat(nothing.orNull()).isNull();
    assertThat(nothing.cards().quotas()).isNull();
    assertThat(nothing.screen().popup()).isNull();
    assertThat(wishes("kakaoOpenApp", "true")).isEqualTo(Wishes.none());
  }

  @Test
  void everyNameHasItsPlace() {
    assertThat(wishes("vbank_due", "20391231").account().due())
        .isEqualTo(Instant.parse("2039-12-31T14:59:59Z"));
    assertThat(wishes("vbank_num", "110").account().fixed()).isEqualTo("110");
    assertThat(wishes("fixed_unlimited_vbank", "true").account().unlimited()).isTrue();
    assertThat(wishes("card.direct.code", "361").cards().company()).isEqualTo("361");
    assertThat(wishes("appCard", "true").cards().inApp()).isTrue();
    assertThat(wishes("useCardPoint", "true").cards().points()).isTrue();
    assertThat(wishes("interest_free_by_merchant", "true").cards().interestFree()).isTrue();
    assertThat(wishes("digital", "true").goods().digital()).isTrue();
    assertThat(wishes("digital", "false").goods().digital()).isFalse();
    assertThat(wishes("escrowProducts", "[1]").goods().products()).isEqualTo("[1]");
    assertThat(wishes("products", "[2]").goods().products()).isEqualTo("[2]");
    assertThat(wishes("naverProducts", "[3]").goods().naverProducts()).isEqualTo("[3]");
    Map<String, String> year = Map.of("period.from", "20260101", "period.to", "20261231");
    assertThat(new V1Parameters(year).wishes().goods().period())
        .isEqualTo(new Wishes.Period("20260101", "20261231"));
    assertThat(wishes("period.to", "20261231").goods().period()).isNull();
    assertThat(wishes("popup", "false").screen().popup()).isFalse();
    assertThat(wishes("naverPopupMode", "true").screen().naverPopup()).isTrue();
    assertThat(wishes("kakaopayMobileAsPC", "true").screen().asOnPc()).isTrue();
    assertThat(
            List.of(
                wishes("company", "a").names(),
                wishes("company_en", "b").names(),
                wishes("buyer_first_name", "c").names(),
                wishes("buyer_last_name", "d").names()))
        .containsExactly(
            new Wishes.Names("a", null, null, null),
            new Wishes.Names(null, "b", null, null),
            new Wishes.Names(null, null, "c", null),
            new Wishes.Names(null, null, null, "d"));
    assertThat(wishes("bypass.kakaopay.custom_message", "m").bypass("kakaopay.custom_message"))
        .isEqualTo("m");
    assertThat(wishes("bypass", "{}")).isEqualTo(Wishes.none());
    assertThat(wishes("naverUseCfm", "20301231").bypass("naverUseCfm")).isEqualTo("20301231");
    assertThat(wishes("naverUseCfm", "20301231").personal()).isNotNull();
    assertThat(wishes("naverChainId", "chain")).isEqualTo(Wishes.none());
    V1Parameters others = new V1Parameters(Map.of("customer_id", "c", "promotion_id", "p"));
    assertThat(others.customerId()).isEqualTo("c");
    assertThat(others.promotionId()).isEqualTo("p");
  }

  @Test
  void aListOfMonthsMayBeEmptyAndWhatIsNoMonthIsNotAskedFor() {
    assertThat(quotas("2,3, 6")).containsExactly(2, 3, 6);
    assertThat(quotas("")).isEmpty();
    assertThat(quotas("세달,3")).containsExactly(3);
  }

  @Test
  void aListOfCardsThatCannotBeReadIsNone() {
    assertThat(
            wishes(
                    "card.detail",
                    "[{\"card_code\":\"*\",\"enabled\":false},{\"card_code\":\"366\"}]")
                .cards()
                .choices())
        .containsExactly(new Wishes.Choice("*", false), new Wishes.Choice("366", true));
    assertThat(wishes("card.detail", "[{").cards().choices()).isEmpty();
    assertThat(wishes("card.detail", "").cards().choices()).isEmpty();
    assertThat(wishes("vbank_due", "tomorrow")).isEqualTo(Wishes.none());
  }

  @Test
  void aDocumentKeepsWhatWasAskedForAndNoMore() {
    Wishes asked =
        new V1Parameters(
                Map.of(
                    "display.card_quota", "",
                    "popup", "false",
                    "card.detail", "[{\"card_code\":\"361\",\"enabled\":false}]",
                    "fixed_unlimited_vbank", "true",
                    "products", "[]",
                    "bypass.acceptmethod", "a:b"))
            .wishes();
    String kept = JSON.writeValueAsString(asked);
    assertThat(JSON.readTree(kept))
        .isEqualTo(
            JSON.readTree(
                """
                {"account":{"unlimited":true},
                 "cards":{"choices":[{"company":"361","offered":false}],"quotas":[]},
                 "goods":{"products":"[]"},
                 "screen":{"popup":false},"names":{},
                 "bypass":{"acceptmethod":"a:b"}}
                """));
    assertThat(JSON.readValue(kept, Wishes.class)).isEqualTo(asked);
    assertThat(JSON.readValue("{\"later\":1}", Wishes.class)).isEqualTo(Wishes.none());
  }
}
