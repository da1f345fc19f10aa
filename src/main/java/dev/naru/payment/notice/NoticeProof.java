package dev.naru.payment.notice;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.merchant.Channel;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must agree before a notice counts: channel, account, secret, and the PG's own books. */
public final class NoticeProof {

  private NoticeProof() {}

  static boolean booksSay(Channel channel, Payment payment, PgRecord.State state) {
    return !channel.has(Lookup.class)
        || (books(channel, payment) instanceof Outcome.Ok<Optional<PgRecord>>(var entry)
            && entry.isPresent()
            && entry.get().state() == state);
  }

  static Outcome<Optional<PgRecord>> books(Channel channel, Payment payment) {
    Attempt attempt = payment.attempt();
    return channel
        .require(Lookup.class)
        .find(payment.order(attempt), attempt.ref(), attempt.intent());
  }

  static boolean isSameAccount(Approval approval, @Nullable String account) {
    Approval.Account issued = approval.account();
    if (account == null || issued == null) {
      return account == null;
    }
    return issued.isBarcode()
        ? issued.number().equals(account)
        : digits(issued.number()).equals(digits(account));
  }

  static boolean isSameSecret(Payment payment, @Nullable String secret) {
    String kept = payment.attempt().intent().get("secret");
    return kept == null || kept.equals(secret);
  }

  public static String digits(String number) {
    return number.replaceAll("[^0-9]", "");
  }

  /** One of this channel's payments. */
  static Optional<Payment> find(Channel channel, LongFunction<Optional<Payment>> ofMerchant) {
    // A PG that knows one address per MID tells the representative what concerns a sub-merchant.
    return Stream.concat(Stream.of(channel.merchantId()), channel.lentTo().stream())
        .flatMap(merchantId -> ofMerchant.apply(merchantId).stream())
        .filter(payment -> payment.via().channelKey().equals(channel.key()))
        .findFirst();
  }
}
