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
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Secret;
import dev.naru.pg.Rig.Lack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link WindowKey}, {@link ChargeKey} with what it issued, and {@link DeleteKey}. */
@Execution(ExecutionMode.CONCURRENT)
final class WindowKeyContractTest {

  private static final World WORLD = World.get();
  private static final String OWNER = "owner-1234567890";

  static Stream<Rig> issuing() {
    return Rig.having(WindowKey.class, ChargeKey.class);
  }

  static Stream<Rig> deleting() {
    return Rig.some(
        Rig.having(DeleteKey.class, ChargeKey.class)
            .filter(rig -> rig.can(IssueKey.class) || rig.can(WindowKey.class)));
  }

  static Stream<Rig> charging() {
    return Rig.having(WindowKeyCharge.class, ChargeKey.class);
  }

  /** What a window may show without charging it. */
  private static long shownOnly(Rig rig) {
    return rig.lacks(Lack.SHOWN_AMOUNT) ? 0 : 1_000;
  }

  /** Shops that charge nothing at first ask for 1,000 won to be shown, or for none. */
  static Stream<Arguments> shown() {
    return issuing()
        .flatMap(
            rig -> Stream.of(shownOnly(rig), 0L).distinct().map(won -> Arguments.of(rig, won)));
  }

  private static Map<String, String> authenticated(Rig rig, Order asked, String number) {
    WindowKey keys = rig.connector(WindowKey.class);
    Window window = WORLD.opened(asked, keys.openForKey(asked, OWNER, WORLD.visit(false)));
    PgReturn back = WORLD.browser().pay(window, number);
    return WORLD.intent(asked, keys.authenticateKey(asked, back));
  }

  private static PgKey issued(Rig rig, String number) {
    Order asked = rig.order(0);
    return World.ok(
        rig.connector(WindowKey.class)
            .issueFromWindow(asked, OWNER, authenticated(rig, asked, number)));
  }

  /** One of a good card, by its data or by the window. */
  static PgKey key(Rig rig) {
    return rig.connector()
        .as(IssueKey.class)
        .map(keys -> World.ok(keys.issue(WORLD.keyOrder(), World.card(World.GOOD))))
        .orElseGet(() -> issued(rig, World.GOOD));
  }

  private static WindowKeyCharge windows(Rig rig) {
    WindowKeyCharge windows = rig.connector(WindowKeyCharge.class);
    assertThat(windows.windowKeyChargeEnds()).isEqualTo(Ends.LOOKUP);
    return windows;
  }

  @ParameterizedTest
  @MethodSource("charging")
  void chargesWhatItShowsAndIssuesAKey(Rig rig) {
    Order asked = rig.order(7_000);
    KeyedApproval both =
        World.ok(
            windows(rig).chargeFromWindow(asked, OWNER, authenticated(rig, asked, World.GOOD)));
    assertThat(both.approval().amount()).isEqualTo(rig.money(7_000));
    assertThat(rig.left(asked)).isEqualTo(7_000);
    assertThat(both.key().owner()).isEqualTo(OWNER);
    Order order = rig.order(3_000);
    World.ok(rig.connector(ChargeKey.class).charge(order, both.key()));
    assertThat(rig.left(order)).isEqualTo(3_000);
    Cancels cancels = rig.connector(Cancels.class);
    World.ok(cancels.cancel(rig.cancel(asked, both.approval(), 2_000, 7_000)));
    assertThat(rig.left(asked)).isEqualTo(5_000);
  }

  @ParameterizedTest
  @MethodSource("charging")
  void aWindowThatIsRefusedChargesNothing(Rig rig) {
    KeyInContractTest.DECLINES.forEach(
        (number, reason) -> {
          Order asked = rig.order(7_000);
          Decline no =
              World.declined(
                  windows(rig).chargeFromWindow(asked, OWNER, authenticated(rig, asked, number)));
          assertThat(no.reason()).as(number).isEqualTo(reason);
          assertThat(rig.charges(asked)).isEmpty();
        });
  }

  @ParameterizedTest
  @MethodSource("charging")
  void aChargeWithoutAnAnswerIsFound(Rig rig) {
    for (String number : List.of("4000000000009001", "4000000000009002", "4000000000009004")) {
      Order asked = rig.order(7_000);
      World.unknown(windows(rig).chargeFromWindow(asked, OWNER, authenticated(rig, asked, number)));
      assertThat(rig.found(asked).map(PgRecord::state))
          .isEqualTo(number.endsWith("1") ? rig.uncharged() : Optional.of(PgRecord.State.PAID));
    }
  }

  @ParameterizedTest
  @MethodSource("charging")
  void aKeyOfAMagicCardBehavesLikeIt(Rig rig) {
    ChargeKey charges = rig.connector(ChargeKey.class);
    Order refused = rig.order(3_000);
    assertThat(World.declined(charges.charge(refused, issued(rig, "4000000000000028"))).reason())
        .isEqualTo(Reason.INSUFFICIENT_BALANCE);
    assertThat(rig.charges(refused)).isEmpty();
    for (String number : List.of("4000000000009002", "4000000000009003", "4000000000009004")) {
      World.unknown(charges.charge(rig.order(3_000), issued(rig, number)));
    }
    World.ok(charges.charge(rig.order(3_000), issued(rig, "4000000000009005")));
  }

  @ParameterizedTest
  @MethodSource("shown")
  void issuesAKeyThatCharges(Rig rig, long won) {
    WindowKey keys = rig.connector(WindowKey.class);
    Order asked = rig.order(won);
    PgKey key = World.ok(keys.issueFromWindow(asked, OWNER, authenticated(rig, asked, World.GOOD)));
    assertThat(rig.left(asked)).isZero();
    if (rig.lacks(Lack.CARD)) {
      assertThat(key.card()).isNull();
    } else {
      assertThat(World.present(key.card()).name()).endsWith("카드");
    }
    Order order = rig.order(3_000);
    Approval approval = World.ok(rig.connector(ChargeKey.class).charge(order, key));
    assertThat(approval.amount()).isEqualTo(rig.money(3_000));
    assertThat(rig.left(order)).isEqualTo(3_000);
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void aUsedReturnIssuesNothing(Rig rig) {
    WindowKey keys = rig.connector(WindowKey.class);
    Order asked = rig.order(shownOnly(rig));
    Map<String, String> intent = authenticated(rig, asked, World.GOOD);
    PgKey first = World.ok(keys.issueFromWindow(asked, OWNER, intent));
    if (keys.issueFromWindow(asked, OWNER, intent)
        instanceof dev.naru.connector.Outcome.Ok<PgKey>(PgKey again)) {
      // An idempotent PG replays its answer: the same key, not a second one.
      assertThat(again).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void anUnknownKeyIsDeclined(Rig rig) {
    Order order = rig.order(3_000);
    PgKey made = new PgKey(new Secret("not-a-key"), OWNER, null);
    assertThat(World.declined(rig.connector(ChargeKey.class).charge(order, made)).reason())
        .isEqualTo(Reason.KEY_UNUSABLE);
  }

  @ParameterizedTest
  @MethodSource("deleting")
  void aDeletedKeyChargesNoMore(Rig rig) {
    PgKey key = key(rig);
    World.ok(rig.connector(DeleteKey.class).delete(key));
    assertThat(
            World.declined(rig.connector(ChargeKey.class).charge(rig.order(3_000), key)).reason())
        .isEqualTo(Reason.KEY_UNUSABLE);
  }
}
