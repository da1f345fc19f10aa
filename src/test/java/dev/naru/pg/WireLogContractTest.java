package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Connector;
import dev.naru.connector.Order;
import dev.naru.connector.Pg;
import dev.naru.connector.PgKey;
import dev.naru.connector.VbankOrder;
import dev.naru.connector.http.WireLog;
import dev.naru.kernel.Secret;
import java.lang.reflect.RecordComponent;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept of the talk with a PG names the order, and no secret. */
final class WireLogContractTest {

  private static final World WORLD = World.get();

  static Stream<Pg<?>> charging() {
    return World.having(
        List.of(KeyIn.class, IssueKey.class, ChargeKey.class, Cancels.class, Lookup.class));
  }

  @ParameterizedTest
  @MethodSource("charging")
  void holdsNoSecret(Pg<?> pg) throws ReflectiveOperationException {
    String number = "5409260000004321";
    int before = WORLD.wire().size();
    Connector connector = WORLD.connector(pg);
    Order order = WORLD.order(4_000);
    Approval paid =
        World.ok(connector.as(KeyIn.class).orElseThrow().charge(order, World.card(number)));
    PgKey key =
        World.ok(
            connector.as(IssueKey.class).orElseThrow().issue(WORLD.keyOrder(), World.card(number)));
    Order second = WORLD.order(4_000);
    World.ok(connector.as(ChargeKey.class).orElseThrow().charge(second, key));
    CancelOrder cancel = World.refundedTo(WORLD.cancel(order, paid, 1_000, 4_000));
    World.ok(connector.as(Cancels.class).orElseThrow().cancel(cancel));
    World.ok(connector.as(Lookup.class).orElseThrow().find(order, null, Map.of()));

    List<WireLog.Entry> kept = List.copyOf(WORLD.wire().subList(before, WORLD.wire().size()));
    assertThat(kept).hasSizeGreaterThanOrEqualTo(5);
    assertThat(kept).anySatisfy(entry -> assertThat(entry.orderId()).isEqualTo(second.id()));
    List<String> secrets = new ArrayList<>(secrets(pg.demo()));
    secrets.addAll(List.of(number, key.key().reveal(), World.BIRTH, World.REFUND_ACCOUNT));
    secrets.addAll(
        paid.memo().entrySet().stream()
            .filter(of -> of.getKey().equals("secret"))
            .map(Map.Entry::getValue)
            .toList());
    for (String secret : secrets) {
      assertThat(kept).allSatisfy(entry -> assertThat(entry.toString()).doesNotContain(secret));
    }
    assertThat(kept).anySatisfy(entry -> assertThat(entry.toString()).contains("***"));
  }

  static Stream<Pg<?>> opening() {
    return World.having(List.of(Vbank.class));
  }

  @ParameterizedTest
  @MethodSource("opening")
  void holdsNoAccount(Pg<?> pg) {
    int before = WORLD.wire().size();
    Vbank vbank = WORLD.connector(pg, Vbank.class);
    Order order = WORLD.order(4_000, "vbank");
    Approval opened =
        World.ok(
            vbank.open(
                order,
                new VbankOrder("088", order.at().plus(Duration.ofDays(3)), "황보예금주", null, null)));
    Approval.Account account = Objects.requireNonNull(opened.account());
    World.ok(vbank.revoke(order, opened.ref(), account, "단순 변심"));
    List<WireLog.Entry> kept = List.copyOf(WORLD.wire().subList(before, WORLD.wire().size()));
    assertThat(kept).hasSizeGreaterThanOrEqualTo(2);
    for (String secret :
        List.of(
            account.number(),
            "황보예금주",
            URLEncoder.encode("황보예금주", StandardCharsets.UTF_8),
            URLEncoder.encode("황보예금주", Charset.forName("EUC-KR")))) {
      assertThat(kept).allSatisfy(entry -> assertThat(entry.toString()).doesNotContain(secret));
    }
  }

  private static List<String> secrets(Record config) throws ReflectiveOperationException {
    List<String> secrets = new ArrayList<>();
    for (RecordComponent component : config.getClass().getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      if (component.getAccessor().invoke(config) instanceof Secret(String value)) {
        secrets.add(value);
      }
    }
    return secrets;
  }
}
