package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Notice;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.PgReturn;
import dev.naru.payment.notice.NoticeText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Of what PGs tell by themselves nothing is kept that names somebody, or opens something. */
@Execution(ExecutionMode.CONCURRENT)
final class NoticeTextTest {

  private static final World WORLD = World.get();

  /** Each PG that sends notices, by what it sends one of. */
  static Stream<Arguments> telling() {
    return Rig.some(
        Rig.having(Notifies.class)
            .flatMap(
                rig ->
                    Stream.of(Means.ACCOUNT, Means.ONE_STEP, Means.WINDOW)
                        .filter(means -> means.isOf(rig))
                        .filter(
                            means ->
                                means == Means.ACCOUNT || !rig.lacks(Rig.Lack.NOTICE_OF_PAYMENT))
                        .limit(1)
                        .map(means -> Arguments.of(rig, means))));
  }

  @ParameterizedTest
  @MethodSource("telling")
  void namesNobody(Rig rig, Means means) {
    Order order = rig.order(20_000, means.method(rig));
    Approval paid = World.ok(means.charge(rig, order, World.GOOD));
    String number = paid.account() == null ? "-" : paid.account().number();
    if (paid.account() != null) {
      WORLD.deposit(rig.pg(), number);
    }
    PgReturn raw = WORLD.heard(rig.pg(), notice -> isAbout(notice, order, number));
    String kept = NoticeText.of(raw);
    assertThat(kept).contains(order.id()).contains("***");
    for (String name : World.everybody()) {
      assertThat(kept).doesNotContain(name);
    }
    assertThat(kept).doesNotContain(number.equals("-") ? "임꺽정" : number, "임꺽정", Means.HOLDER);
    String secret = paid.memo().get("secret");
    assertThat(kept).doesNotContain(secret == null ? "임꺽정" : secret);
    rig.secrets().forEach(one -> assertThat(kept).doesNotContain(one));
  }

  private static boolean isAbout(Notice notice, Order order, String number) {
    return order.id().equals(notice.orderId())
        && (number.equals("-") || notice instanceof Notice.Deposited);
  }

  private static String kept(String type, String body) {
    return NoticeText.of(
        new PgReturn(
            body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            "",
            Map.of("content-type", type),
            "127.0.0.1"));
  }

  @Test
  void whatIsNotKnownIsHidden() {
    String form = "application/x-www-form-urlencoded";
    assertThat(kept(form, "P_OID=N1&P_UNAME=Kim&new_field=5310000000000000&P_AMT=100"))
        .isEqualTo("P_OID=N1&P_UNAME=***&new_field=***&P_AMT=100");
    assertThat(kept(form, "P_OID=%3Cscript%3E&a%00b=1&P_AMT=1%000"))
        .isEqualTo("P_OID=***&***=***&P_AMT=***");
    assertThat(kept("application/json", "{\"data\":{\"orderId\":\"N1\",\"card\":{\"number\":1}}}"))
        .isEqualTo("{\"data\":{\"orderId\":\"N1\",\"card\":{\"number\":\"***\"}}}");
    assertThat(kept(form, "response={\"orderNo\":\"N1\",\"memberName\":\"Kim\"}"))
        .isEqualTo("response={\"orderNo\":\"N1\",\"memberName\":\"***\"}");
    assertThat(kept(form, "response={\"orderNo\":")).isEqualTo("response=***");
    assertThat(kept("application/json", "no json")).isEqualTo("(7 bytes)");
    assertThat(kept(form, "P_OID=1&".repeat(1) + "x=" + "y".repeat(9_000)))
        .isEqualTo("P_OID=1&x=***");
    List<String> long100 = Stream.generate(() -> "\"status\"").limit(2_000).toList();
    assertThat(kept("application/json", "{\"status\":" + long100 + "}"))
        .hasSizeLessThanOrEqualTo(4_001);
    assertThat(Objects.requireNonNull(kept("text/plain", ""))).isEmpty();
  }
}
