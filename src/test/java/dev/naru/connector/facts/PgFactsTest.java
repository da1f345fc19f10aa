package dev.naru.connector.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.facts.PgFacts.Asked;
import dev.naru.connector.facts.PgFacts.Shown;
import dev.naru.connector.facts.PgFacts.Ui;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The table of what V1 does differently from PG to PG. */
class PgFactsTest {

  private static final Shown POPUP = new Shown(Presentation.POPUP, Presentation.POPUP);

  @Test
  void aPgThatIsNotThereIsAsUsual() {
    PgFacts facts = PgFacts.of("nobody");
    assertThat(facts.shown()).isEqualTo(new Shown(Presentation.IFRAME, Presentation.REDIRECT));
    assertThat(facts.whole()).isTrue();
    assertThat(facts.balance()).isFalse();
    assertThat(facts.asked()).isEmpty();
    assertThat(facts.uis()).isEmpty();
    assertThat(facts.nameless()).isNull();
    assertThat(facts.mids()).isEmpty();
    assertThat(facts.sample()).isNull();
  }

  @Test
  void columnsAreRead() {
    assertThat(PgFacts.of("paypal_v2").uis())
        .containsExactly(
            new Ui("paypal-spb", false, "PayPal"), new Ui("paypal-rt", true, "PayPal"));
    assertThat(PgFacts.of("toss_brandpay").ui("toss-brandpay-widget"))
        .contains(new Ui("toss-brandpay-widget", false, ""));
    assertThat(PgFacts.of("payco").asked()).containsExactly(new Asked("popup", "true", POPUP));
    assertThat(PgFacts.of("payco").balance()).isTrue();
    assertThat(PgFacts.of("kakaopay").mids()).containsExactlyInAnyOrder("TC0ONETIME", "TCSUBSCRIP");
    assertThat(PgFacts.of("tosspayments").whole()).isFalse();
    assertThat(PgFacts.of("html5_inicis").nameless()).endsWith("상품명이 필수입니다.");
  }

  @Test
  void whatIsAskedForComesFirst() {
    PgFacts facts = PgFacts.of("eximbay");
    assertThat(facts.presentation(true, Map.of("popup", "false")::get))
        .isEqualTo(Presentation.REDIRECT);
    assertThat(facts.presentation(true, Map.of("popup", "true")::get))
        .isEqualTo(Presentation.POPUP);
    assertThat(facts.presentation(true, Map.of("other", "true")::get))
        .isEqualTo(Presentation.IFRAME);
    assertThat(PgFacts.of("html5_inicis").presentation(true, Map.of("customer_uid", "any")::get))
        .isEqualTo(Presentation.IFRAME);
  }

  @ParameterizedTest
  @MethodSource("dev.naru.connector.facts.PgFacts#all")
  void everyRowIsOne(PgFacts facts) {
    assertThat(PgFacts.of(facts.code())).isSameAs(facts);
    String sample = facts.sample();
    if (sample != null) {
      assertThat(JsonMapper.shared().readTree(sample).isObject()).isTrue();
    }
  }

  @Test
  void noPgAndNoButtonStandsThereTwice() {
    assertThat(Tables.rows("pg-facts").stream().map(row -> row.getFirst()))
        .doesNotHaveDuplicates()
        .startsWith("*");
    assertThat(PgFacts.all().stream().flatMap(facts -> facts.uis().stream()).map(Ui::type))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyRowHasAllColumns() {
    assertThat(Tables.rows("pg-facts")).allSatisfy(row -> assertThat(row).hasSize(10));
  }
}
