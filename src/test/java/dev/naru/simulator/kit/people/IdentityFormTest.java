package dev.naru.simulator.kit.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.window.Choice;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.testing.Apart;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of identity windows, as a PG's simulator uses it. */
@Apart
class IdentityFormTest {

  private static final Set<Input> PHONE =
      EnumSet.of(
          Input.NAME, Input.BIRTH, Input.GENDER, Input.NATIONALITY, Input.CARRIER, Input.PHONE);

  private static final Map<String, String> TYPED =
      Map.of(
          "provider", "naver",
          "name", " 홍길동 ",
          "birth", "1990-01-02",
          "gender", "male",
          "nationality", "foreign",
          "carrier", "KT_MVNO",
          "phone", "010-9999-8888",
          "action", "verify");

  private static final IdentityForm FORM =
      new IdentityForm(
          "inicis_unified",
          "나루상점",
          List.of(new Choice("naver", "네이버", "Naver"), new Choice("toss", "토스", "Toss")),
          PHONE,
          Map.of(),
          Set.of());

  @BeforeAll
  static void itsPgSaysWhatItIsCalled() {
    Texts.add("inicis/texts.csv");
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> form = new HashMap<>(TYPED);
    form.put(name, value);
    return form;
  }

  private static String page(IdentityForm form, boolean english, Map<String, String> typed) {
    Answer.Reply reply = form.ask(new Texts(english), typed).made();
    return reply == null ? "" : reply.body();
  }

  @Test
  void reads_who_somebody_says_they_are() {
    IdentityForm.Given given = FORM.read(TYPED).orElseThrow();

    assertThat(given.get(Input.PROVIDER)).isEqualTo("naver");
    assertThat(given.get(Input.NAME)).isEqualTo("홍길동");
    assertThat(given.get(Input.BIRTH)).isEqualTo("19900102");
    assertThat(given.get(Input.GENDER)).isEqualTo("male");
    assertThat(given.get(Input.NATIONALITY)).isEqualTo("foreign");
    assertThat(given.get(Input.CARRIER)).isEqualTo("KT_MVNO");
    assertThat(given.get(Input.PHONE)).isEqualTo("01099998888");
    assertThat(given.get(Input.CARD_NUMBER)).isEmpty();
    assertThat(given.effect()).isEqualTo(Effect.APPROVE);
  }

  @ParameterizedTest
  @CsvSource({
    "provider,kakao",
    "name,''",
    "birth,19900230",
    "birth,900102",
    "birth,18991231",
    "gender,x",
    "nationality,x",
    "carrier,LGU",
    "phone,02-123-4567",
    "phone,''"
  })
  void what_is_no_answer_is_asked_again(String name, String value) {
    assertThat(FORM.read(with(name, value))).isEmpty();
    assertThat(FORM.read(with(name, ""))).isEmpty();
  }

  @Test
  void says_what_is_wrong() {
    assertThat(page(FORM, false, with("birth", "19900230")))
        .contains("id=\"birth-error\"", "value=\"19900230\"", "aria-invalid")
        .doesNotContain("id=\"name-error\"", "id=\"phone-error\"");
    assertThat(page(FORM, false, Map.of())).doesNotContain("role=\"alert\"");
  }

  @Test
  void the_picked_outcome_outweighs_the_phone() {
    Map<String, String> refused = with("phone", "010-0000-0085");
    assertThat(FORM.read(refused).orElseThrow().effect()).isEqualTo(Effect.SUSPENDED);
    refused.put("outcome", "EXPIRED");
    assertThat(FORM.read(refused).orElseThrow().effect()).isEqualTo(Effect.EXPIRED);
    refused.put("outcome", "NONE_OF_THEM");
    assertThat(FORM.read(refused).orElseThrow().effect()).isEqualTo(Effect.SUSPENDED);
  }

  @Test
  void every_outcome_has_a_group_and_both_languages() {
    for (boolean english : new boolean[] {false, true}) {
      assertThat(page(FORM, english, Map.of()))
          .contains("<optgroup", "value=\"APPROVE\"", "value=\"REFUSED\"", "value=\"EXPIRED\"")
          .contains("value=\"CONFIRM_ANSWER_LOST\"", "id=\"verify\"", "id=\"close\"")
          .doesNotContain("style=", "onclick");
    }
    assertThat(page(FORM, false, Map.of())).contains("KG이니시스 통합인증", "나루상점", "네이버");
    assertThat(page(FORM, true, Map.of())).contains("KG Inicis unified identity", ">Naver<");
  }

  @Test
  void what_the_merchant_fixed_stays() {
    IdentityForm fixed =
        new IdentityForm(
            "danal",
            "B010007538",
            List.of(),
            PHONE,
            Map.of(Input.NAME, "<b>김나루", Input.CARRIER, "LGT", Input.PHONE, "01011112222"),
            Set.of(Input.NAME, Input.CARRIER));
    IdentityForm.Given given = fixed.read(TYPED).orElseThrow();

    assertThat(given.get(Input.NAME)).isEqualTo("<b>김나루");
    assertThat(given.get(Input.CARRIER)).isEqualTo("LGT");
    assertThat(given.get(Input.PHONE)).isEqualTo("01099998888");
    assertThat(page(fixed, false, Map.of()))
        .contains("&lt;b&gt;김나루", "readonly", "value=\"01011112222\"", "value=\"LGT\"")
        .doesNotContain("<b>", "value=\"SKT\"", "id=\"provider");
  }

  @Test
  void a_card_vouches_too() {
    IdentityForm card =
        new IdentityForm(
            "inicis", "가맹점", List.of(), EnumSet.of(Input.CARD_NUMBER), Map.of(), Set.of());

    assertThat(card.read(Map.of("card_number", "4000-0000-0000-0036")).orElseThrow().effect())
        .isEqualTo(Effect.LOST);
    assertThat(card.read(Map.of("card_number", "12"))).isEmpty();
    assertThat(page(card, false, Map.of())).contains("id=\"card-number\"", "value=\"LOST\"");
  }
}
