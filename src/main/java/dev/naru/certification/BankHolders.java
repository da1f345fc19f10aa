package dev.naru.certification;

import dev.naru.connector.Decline;
import dev.naru.connector.Identifies.AccountHolders;
import dev.naru.connector.Outcome;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Ids;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whose a bank account is (V1 {@code /vbanks/holder}). Neither question nor answer is kept. */
@Component
public class BankHolders {

  private final Channels channels;
  private final Ids ids;

  BankHolders(Channels channels, Ids ids) {
    this.channels = channels;
    this.ids = ids;
  }

  /**
   * Asks by the first of the merchant's channels that can tell.
   *
   * @param bank the bank's three digits
   * @param number digits
   * @return the holder's name
   * @throws Failed invalid if no channel can tell; not found if there is no such account; PG error
   *     if the PG refused, or its answer is not known
   */
  public String of(Merchant merchant, String bank, String number) {
    Channel channel = channels.choose(merchant.id(), null, null, AccountHolders.class);
    Outcome<Optional<String>> told =
        channel.require(AccountHolders.class).holder(ids.orderId(merchant.slot()), bank, number);
    return switch (told) {
      case Outcome.Ok<Optional<String>>(Optional<String> holder) ->
          holder.orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_HOLDER));
      case Outcome.Declined<Optional<String>>(Decline decline) ->
          throw new Failed(new Failure.PgError(decline.why()));
      case Outcome.Unknown<Optional<String>>(String why) -> throw noAnswer();
      case Outcome.Pending<Optional<String>>(var ref, Instant until) -> throw noAnswer();
    };
  }

  private static Failed noAnswer() {
    return Failed.pgError(Refusal.HOLDER_UNANSWERED);
  }
}
