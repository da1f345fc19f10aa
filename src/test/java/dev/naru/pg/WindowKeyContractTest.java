package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.DeleteKey;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Capability.WindowKey;
import dev.naru.connector.Capability.WindowKeyCharge;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.KeyedApproval;
import dev.naru.connector.Order;
import dev.naru.connector.Pg;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Window;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.util.List;
import java.util.Map;
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
    return World.having(List.of(DeleteKey.class, ChargeKey.class))
        .filter(
            pg ->
                IssueKey.class.isAssignableFrom(pg.type())
                    || WindowKey.class.isAssignableFrom(pg.type()));
  }

  static Stream<Pg<?>> charging() {
    return World.having(List.of(WindowKeyCharge.class, ChargeKey.class));
  }

  /** What a window may show without charging it, in won. */
  private static long shownOnly(Pg<?> pg) {
    return WindowKeyCharge.class.isAssignableFrom(pg.type()) ? 0 : 1_000;
  }

  /** Shops that charge nothing at first ask for 1,000 won to be shown, or for none. */
  static Stream<Arguments> shown() {
    return issuing()
        .flatMap(pg -> Stream.of(shownOnly(pg), 0L).distinct().map(won -> Arguments.of(pg, won)));
  }

  private static Map<String, String> authenticated(Pg<?> pg, Order asked, String number) {
    WindowKey keys = WORLD.connector(pg, WindowKey.class);
    Window window = WORLD.opened(asked, keys.openForKey(asked, OWNER, WORLD.visit(false)));
    PgReturn back = WORLD.browser().pay(window, number);
    return WORLD.intent(asked, keys.authenticateKey(asked, back));
  }

  private static PgKey issued(Pg<?> pg, String number) {
    Order asked = WORLD.order(0);
    return World.ok(
        WORLD
            .connector(pg, WindowKey.class)
            .issueFromWindow(asked, OWNER, authenticated(pg, asked, number)));
  }

  private static WindowKeyCharge windows(Pg<?> pg) {
    WindowKeyCharge windows = WORLD.connector(pg, WindowKeyCharge.class);
    assertThat(windows.windowKeyChargeEnds()).isEqualTo(Ends.LOOKUP);
    return windows;
  }

  @ParameterizedTest
  @MethodSource("charging")
  void chargesWhatItShowsAndIssuesAKey(Pg<?> pg) {
    Order asked = WORLD.order(7_000);
    KeyedApproval both =
        World.ok(windows(pg).chargeFromWindow(asked, OWNER, authenticated(pg, asked, World.GOOD)));
    assertThat(both.approval().amount()).isEqualTo(Money.krw(7_000));
    assertThat(WORLD.paid(pg, asked)).isEqualTo(7_000);
    assertThat(both.key().owner()).isEqualTo(OWNER);
    Order order = WORLD.order(3_000);
    World.ok(WORLD.connector(pg, ChargeKey.class).charge(order, both.key()));
    assertThat(WORLD.paid(pg, order)).isEqualTo(3_000);
    Cancels cancels = WORLD.connector(pg, Cancels.class);
    World.ok(cancels.cancel(WORLD.cancel(asked, both.approval(), 2_000, 7_000)));
    assertThat(WORLD.paid(pg, asked)).isEqualTo(5_000);
  }

  @ParameterizedTest
  @MethodSource("charging")
  void aWindowThatIsRefusedChargesNothing(Pg<?> pg) {
    KeyInContractTest.DECLINES.forEach(
        (number, reason) -> {
          Order asked = WORLD.order(7_000);
          Decline no =
              World.declined(
                  windows(pg).chargeFromWindow(asked, OWNER, authenticated(pg, asked, number)));
          assertThat(no.reason()).as(number).isEqualTo(reason);
          assertThat(WORLD.charges(pg, asked)).isEmpty();
        });
  }

  @ParameterizedTest
  @MethodSource("charging")
  void aChargeWithoutAnAnswerIsFound(Pg<?> pg) {
    for (String number : List.of("4000000000009001", "4000000000009002", "4000000000009004")) {
      Order asked = WORLD.order(7_000);
      World.unknown(windows(pg).chargeFromWindow(asked, OWNER, authenticated(pg, asked, number)));
      assertThat(KeyInContractTest.found(pg, asked).orElseThrow().state())
          .isEqualTo(number.endsWith("1") ? PgRecord.State.RUNNING : PgRecord.State.PAID);
    }
  }

  @ParameterizedTest
  @MethodSource("charging")
  void aKeyOfAMagicCardBehavesLikeIt(Pg<?> pg) {
    ChargeKey charges = WORLD.connector(pg, ChargeKey.class);
    Order refused = WORLD.order(3_000);
    assertThat(World.declined(charges.charge(refused, issued(pg, "4000000000000028"))).reason())
        .isEqualTo(Reason.INSUFFICIENT_BALANCE);
    assertThat(WORLD.charges(pg, refused)).isEmpty();
    for (String number : List.of("4000000000009002", "4000000000009003", "4000000000009004")) {
      World.unknown(charges.charge(WORLD.order(3_000), issued(pg, number)));
    }
    World.ok(charges.charge(WORLD.order(3_000), issued(pg, "4000000000009005")));
  }

  @ParameterizedTest
  @MethodSource("shown")
  void issuesAKeyThatCharges(Pg<?> pg, long won) {
    WindowKey keys = WORLD.connector(pg, WindowKey.class);
    Order asked = WORLD.order(won);
    PgKey key = World.ok(keys.issueFromWindow(asked, OWNER, authenticated(pg, asked, World.GOOD)));
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
    Order asked = WORLD.order(shownOnly(pg));
    Map<String, String> intent = authenticated(pg, asked, World.GOOD);
    PgKey first = World.ok(keys.issueFromWindow(asked, OWNER, intent));
    if (keys.issueFromWindow(asked, OWNER, intent)
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
        WORLD
            .connector(pg)
            .as(IssueKey.class)
            .map(keys -> World.ok(keys.issue(WORLD.keyOrder(), World.card(World.GOOD))))
            .orElseGet(() -> issued(pg, World.GOOD));
    World.ok(WORLD.connector(pg, DeleteKey.class).delete(key));
    assertThat(
            World.declined(WORLD.connector(pg, ChargeKey.class).charge(WORLD.order(3_000), key))
                .reason())
        .isEqualTo(Reason.KEY_UNUSABLE);
  }
}
