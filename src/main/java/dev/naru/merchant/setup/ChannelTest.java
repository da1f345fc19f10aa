package dev.naru.merchant.setup;

import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.connector.facts.CredentialCodes;
import dev.naru.connector.http.WireLog;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.Wishes;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.merchant.ChannelSetup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Whether a channel works: asks its PG for an order that cannot be there. That moves no money and
 * leaves nothing in the PG's books.
 */
@Component
public class ChannelTest {

  /** What came of a test. */
  public enum Result {
    OK,
    /** The PG does not take the credentials. */
    REFUSED,
    /** No answer came. */
    UNREACHABLE,
    /** This PG can be asked nothing that does nothing. */
    NOT_POSSIBLE,
    /** It answered, but not whether it takes the credentials. */
    UNKNOWN
  }

  /**
   * A test that was made.
   *
   * @param millis how long it took
   * @param text the PG's words; empty if all is well
   */
  public record Tested(Result result, long millis, String text) {}

  /** By what some PGs look an order up in place of its id: none of theirs is like that. */
  private static final Map<String, String> NOWHERE =
      Map.of("tid", "T0000000000000000000", "order", "NARU0000000000000");

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final String EMULATED = "emulated";

  private final ChannelSetup channels;
  private final Ids ids;
  private final HubClock clock;

  ChannelTest(ChannelSetup channels, Ids ids, HubClock clock) {
    this.channels = channels;
    this.ids = ids;
    this.clock = clock;
  }

  /** Throws {@link Failed} invalid for a channel that is not the merchant's own. */
  public Tested test(long merchantId, String channelKey) {
    List<WireLog.Entry> heard = Collections.synchronizedList(new ArrayList<>());
    Channel channel = channels.heard(merchantId, channelKey, heard::add);
    long began = System.nanoTime();
    Optional<Outcome<Optional<PgRecord>>> outcome =
        channel.connector().as(Lookup.class).map(one -> one.find(nothing(), null, NOWHERE));
    long millis = (System.nanoTime() - began) / 1_000_000;
    return outcome
        .map(told -> tested(channel, told, List.copyOf(heard), millis))
        .orElse(new Tested(Result.NOT_POSSIBLE, millis, ""));
  }

  private Order nothing() {
    return new Order(
        ids.orderId(0),
        "Naru",
        "card",
        new Money(1_000, Money.KRW),
        Tax.NONE,
        Buyer.NONE,
        0,
        false,
        clock.instant(),
        Wishes.none());
  }

  private static Tested tested(
      Channel channel, Outcome<?> outcome, List<WireLog.Entry> heard, long millis) {
    String text =
        switch (outcome) {
          case Outcome.Ok<?> fine -> "";
          case Outcome.Declined<?>(Decline no) -> no.message();
          case Outcome.Pending<?> pending -> "";
          case Outcome.Unknown<?>(String why) -> why;
        };
    if (heard.isEmpty()) {
      return new Tested(Result.NOT_POSSIBLE, millis, text);
    }
    if (outcome instanceof Outcome.Ok<?>) {
      return new Tested(Result.OK, millis, "");
    }
    int status = heard.getLast().status();
    if (status == 0) {
      return new Tested(Result.UNREACHABLE, millis, text);
    }
    boolean refused =
        status == UNAUTHORIZED
            || status == FORBIDDEN
            || isOfCredentials(outcome)
            || CredentialCodes.isIn(table(channel), text);
    return new Tested(refused ? Result.REFUSED : Result.UNKNOWN, millis, text);
  }

  private static boolean isOfCredentials(Outcome<?> outcome) {
    return outcome instanceof Outcome.Declined<?>(Decline no)
        && no.reason() == Reason.BAD_CREDENTIALS;
  }

  private static String table(Channel channel) {
    return channel.pg().emulated() ? EMULATED : channel.pg().code();
  }
}
