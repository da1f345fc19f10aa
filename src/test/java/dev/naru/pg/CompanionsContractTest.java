package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.AfterSale.PartnerReceipts;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.AccountHolders;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.PartnerOrder;
import dev.naru.connector.aftercare.PartnerOrder.Share;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Money;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no money moves by: whose an account is, and receipts of those who share a payment. */
@Execution(ExecutionMode.CONCURRENT)
class CompanionsContractTest {

  private static final World WORLD = World.get();

  static Stream<Rig> holders() {
    return Rig.having(AccountHolders.class);
  }

  /** Those whose payments are another PG's, of the same provider. */
  static Stream<Rig> partners() {
    return Rig.having(PartnerReceipts.class);
  }

  private static String id() {
    return WORLD.order(1).id();
  }

  @ParameterizedTest
  @MethodSource("holders")
  void anAccountIsSomebodysOrNobodys(Rig rig) {
    AccountHolders holders = rig.connector(AccountHolders.class);
    assertThat(World.ok(holders.holder(id(), "088", "110123456789"))).contains("김나루");
    assertThat(World.ok(holders.holder(id(), "088", "110123456780"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("holders")
  void noAnswerIsNotNobody(Rig rig) {
    AccountHolders holders = rig.connector(AccountHolders.class);
    for (String number : List.of("4000000000009001", "4000000000009002", "4000000000009004")) {
      World.unknown(holders.holder(id(), "088", number));
    }
    assertThat(World.declined(holders.holder(id(), "088", "4000000000000119")).reason())
        .isEqualTo(Reason.ISSUER_UNAVAILABLE);
    Outcome<Optional<String>> unplugged =
        rig.unplugged().as(AccountHolders.class).orElseThrow().holder(id(), "088", "110123456");
    assertThat(World.declined(unplugged).reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @ParameterizedTest
  @MethodSource("holders")
  void neitherNumberNorNameIsLogged(Rig rig) {
    String id = id();
    World.ok(rig.connector(AccountHolders.class).holder(id, "088", "110123456789"));
    assertThat(WORLD.wire().stream().filter(entry -> entry.orderId().equals(id)))
        .hasSize(1)
        .allSatisfy(
            entry -> {
              assertThat(entry.request()).doesNotContain("110123456789").contains("088");
              assertThat(entry.answer()).doesNotContain("김나루").contains("ok");
            });
  }

  private static PgRef paid(Rig rig, Order order, String card) {
    return Rig.named(rig.pg().provider()).paid(order, card).ref();
  }

  private static Share share(long won) {
    return new Share("1234567890", "나루책방", Money.krw(won), Tax.NONE);
  }

  @ParameterizedTest
  @MethodSource("partners")
  void aRequestIsServedOnceByItsId(Rig rig) {
    PartnerReceipts receipts = rig.connector(PartnerReceipts.class);
    PgRef paid = paid(rig, rig.order(10_000), World.GOOD);
    PartnerOrder asked = new PartnerOrder(id(), paid, List.of(share(3_000), share(2_000)));
    PartnerOrder.Issued issued = World.ok(receipts.issueForPartners(asked));
    assertThat(World.ok(receipts.issueForPartners(asked))).isEqualTo(issued);
    assertThat(WORLD.browser().get(java.net.URI.create(issued.url()).getPath()))
        .contains("나루책방", "3,000", "2,000");
    PartnerOrder other = new PartnerOrder(asked.id(), paid, List.of(share(1_000)));
    assertThat(World.declined(receipts.issueForPartners(other)).reason())
        .isEqualTo(Reason.DUPLICATE_ORDER);
    PartnerOrder tooMuch = new PartnerOrder(id(), paid, List.of(share(5_001)));
    assertThat(World.declined(receipts.issueForPartners(tooMuch)).reason())
        .isEqualTo(Reason.AMOUNT_MISMATCH);
    PartnerOrder rest = new PartnerOrder(id(), paid, List.of(share(5_000)));
    assertThat(World.ok(receipts.issueForPartners(rest)).url()).isNotEqualTo(issued.url());
  }

  @ParameterizedTest
  @MethodSource("partners")
  void whatHasNoAnswerIsAskedForAgain(Rig rig) {
    PartnerReceipts receipts = rig.connector(PartnerReceipts.class);
    for (String card : List.of("4000000000009031", "4000000000009032")) {
      PgRef paid = paid(rig, rig.order(10_000), card);
      PartnerOrder asked = new PartnerOrder(id(), paid, List.of(share(10_000)));
      World.unknown(receipts.issueForPartners(asked));
      World.ok(receipts.issueForPartners(asked));
    }
  }

  @ParameterizedTest
  @MethodSource("partners")
  void thePgMayRefuse(Rig rig) {
    PartnerReceipts receipts = rig.connector(PartnerReceipts.class);
    PgRef paid = paid(rig, rig.order(10_000), "4000000000009035");
    PartnerOrder asked = new PartnerOrder(id(), paid, List.of(share(10_000)));
    assertThat(World.declined(receipts.issueForPartners(asked)).reason()).isEqualTo(Reason.REFUSED);
    PartnerOrder unknown = new PartnerOrder(id(), new PgRef("nothing"), List.of(share(1)));
    assertThat(World.declined(receipts.issueForPartners(unknown)).reason())
        .isEqualTo(Reason.BAD_REQUEST);
    Outcome<PartnerOrder.Issued> unplugged =
        rig.unplugged().as(PartnerReceipts.class).orElseThrow().issueForPartners(asked);
    assertThat(World.declined(unplugged).reason()).isEqualTo(Reason.UNREACHABLE);
  }
}
