package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.DeleteKey;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Capability.WindowKey;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Order;
import dev.naru.connector.Pg;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Returned;
import dev.naru.connector.Window;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link WindowKey}, {@link ChargeKey} with what it issued, and {@link DeleteKey}. */
final class WindowKeyContractTest {

  private static final World WORLD = World.get();
  private static final String OWNER = "owner-1234567890";

  static Stream<Pg<?>> issuing() {
    return World.having(List.of(WindowKey.class, ChargeKey.class));
  }

  static Stream<Pg<?>> deleting() {
    return World.having(List.of(IssueKey.class, DeleteKey.class, ChargeKey.class));
  }

  /** Shops that charge nothing at first ask for 1,000 won to be shown, or for none. */
  static Stream<Arguments> shown() {
    return issuing().flatMap(pg -> Stream.of(1_000L, 0L).map(won -> Arguments.of(pg, won)));
  }

  @ParameterizedTest
  @MethodSource("shown")
  void issuesAKeyThatCharges(Pg<?> pg, long won) {
    WindowKey keys = WORLD.connector(pg, WindowKey.class);
    Order asked = WORLD.order(won);
    Window window = World.ok(keys.openForKey(asked, OWNER, WORLD.visit(false)));
    PgReturn back = WORLD.browser().pay(window, World.GOOD);
    Returned returned = keys.authenticateKey(asked, back);
    assertThat(returned).isInstanceOf(Returned.Authenticated.class);
    PgKey key =
        World.ok(keys.issueFromWindow(asked, OWNER, ((Returned.Authenticated) returned).intent()));
    assertThat(WORLD.paid(pg, asked)).isZero();
    assertThat(World.present(key.card()).name()).endsWith("카드");
    Order order = WORLD.order(3_000);
    Approval approval = World.ok(WORLD.connector(pg, ChargeKey.class).charge(order, key));
    assertThat(approval.amount()).isEqualTo(Money.krw(3_000));
    assertThat(WORLD.paid(pg, order)).isEqualTo(3_000);
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void aUsedReturnIssuesNothing(Pg<?> pg) {
    WindowKey keys = WORLD.connector(pg, WindowKey.class);
    Order asked = WORLD.order(1_000);
    Window window = World.ok(keys.openForKey(asked, OWNER, WORLD.visit(false)));
    PgReturn back = WORLD.browser().pay(window, World.GOOD);
    Returned.Authenticated auth = (Returned.Authenticated) keys.authenticateKey(asked, back);
    PgKey first = World.ok(keys.issueFromWindow(asked, OWNER, auth.intent()));
    if (keys.issueFromWindow(asked, OWNER, auth.intent())
        instanceof dev.naru.connector.Outcome.Ok<PgKey>(PgKey again)) {
      // An idempotent PG replays its answer: the same key, not a second one.
      assertThat(again).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void anUnknownKeyIsDeclined(Pg<?> pg) {
    Order order = WORLD.order(3_000);
    PgKey made = new PgKey(new Secret("not-a-key"), OWNER, null);
    assertThat(World.declined(WORLD.connector(pg, ChargeKey.class).charge(order, made)).reason())
        .isEqualTo(Reason.KEY_UNUSABLE);
  }

  @ParameterizedTest
  @MethodSource("deleting")
  void aDeletedKeyChargesNoMore(Pg<?> pg) {
    PgKey key =
        World.ok(
            WORLD.connector(pg, IssueKey.class).issue(WORLD.keyOrder(), World.card(World.GOOD)));
    World.ok(WORLD.connector(pg, DeleteKey.class).delete(key));
    assertThat(
            World.declined(WORLD.connector(pg, ChargeKey.class).charge(WORLD.order(3_000), key))
                .reason())
        .isEqualTo(Reason.KEY_UNUSABLE);
  }
}
