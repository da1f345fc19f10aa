package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Cvs;
import dev.naru.connector.Capability.DeleteKey;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.PgKey;
import dev.naru.connector.http.WireLog;
import dev.naru.connector.order.Order;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is kept of the talk with a PG names the order, and no secret, by whatever way it is paid.
 * That no buyer is named {@link World#ok} finds; what persons are told of, the tests of that.
 */
@Execution(ExecutionMode.CONCURRENT)
final class WireLogContractTest {

  private static final World WORLD = World.get();

  /** A card that every simulator approves. */
  private static final String CARD = "5409260000004321";

  /** Whoever pays is not known by a card. */
  private static final Set<Means> CARDLESS =
      EnumSet.of(Means.POINTS, Means.MONEY, Means.AUTOPAY, Means.BARCODE);

  private static final Set<Means> BY_ITS_DATA = EnumSet.of(Means.KEY_IN, Means.ISSUED_KEY);

  static Stream<Arguments> paying() {
    return Means.of(Means.values());
  }

  @ParameterizedTest
  @MethodSource("paying")
  void holdsNoSecret(Rig rig, Means means) {
    int before = WORLD.wire().size();
    Order order = rig.order(4_000, means.method(rig));
    List<PgKey> keys = new ArrayList<>();
    Approval paid =
        World.ok(means.charge(rig, order, CARDLESS.contains(means) ? Means.GOOD : CARD, keys::add));
    if (rig.can(Lookup.class)) {
      assertThat(rig.connector(Lookup.class).find(order, paid.ref(), WORLD.intent(order)))
          .isNotNull();
    }
    undo(rig, means, order, paid);
    if (rig.can(DeleteKey.class)) {
      keys.forEach(key -> World.ok(rig.connector(DeleteKey.class).delete(key)));
    }
    List<WireLog.Entry> kept = List.copyOf(WORLD.wire().subList(before, WORLD.wire().size()));
    assertThat(kept).hasSizeGreaterThanOrEqualTo(2);
    assertThat(kept).anySatisfy(entry -> assertThat(entry.orderId()).isEqualTo(order.id()));
    for (String secret : secrets(rig, paid, keys)) {
      assertThat(kept).allSatisfy(entry -> assertThat(entry.toString()).doesNotContain(secret));
    }
    assertThat(kept)
        .allSatisfy(
            entry -> assertThat(entry.toString()).doesNotContainPattern("\"key\":\"[0-9A-Za-z]"));
    if (BY_ITS_DATA.contains(means)) {
      assertThat(kept).anySatisfy(entry -> assertThat(entry.toString()).contains("***"));
    }
  }

  private static void undo(Rig rig, Means means, Order order, Approval paid) {
    switch (means) {
      case ACCOUNT ->
          World.ok(
              rig.connector(Vbank.class)
                  .revoke(order, paid.ref(), World.present(paid.account()), "단순 변심"));
      case BARCODE -> World.ok(rig.connector(Cvs.class).revoke(order, paid.ref(), "폐기"));
      default ->
          World.ok(
              rig.connector(Cancels.class)
                  .cancel(World.refundedTo(rig.cancel(order, paid, 1_000, 4_000))));
    }
  }

  private static List<String> secrets(Rig rig, Approval paid, List<PgKey> keys) {
    List<String> secrets = new ArrayList<>(rig.secrets());
    secrets.addAll(List.of(CARD, World.BIRTH, World.REFUND_ACCOUNT, Means.PASSWORD.reveal()));
    for (String name : List.of(Means.HOLDER, World.REFUND_HOLDER)) {
      secrets.add(name);
      secrets.add(URLEncoder.encode(name, StandardCharsets.UTF_8));
      secrets.add(URLEncoder.encode(name, Charset.forName("EUC-KR")));
    }
    keys.forEach(key -> secrets.add(key.key().reveal()));
    if (paid.account() != null && !paid.account().isBarcode()) {
      secrets.add(paid.account().number());
    }
    if (paid.memo().containsKey("secret")) {
      secrets.add(paid.memo().get("secret"));
    }
    return secrets;
  }
}
