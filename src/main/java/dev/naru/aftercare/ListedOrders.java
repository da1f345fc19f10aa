package dev.naru.aftercare;

import dev.naru.connector.AfterSale.OrderLists;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.aftercare.ListedOrder;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Ids;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.flow.PaymentLists;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The orders a PG lists (V1 {@code /kakao/payment/orders}). Nothing of a list is kept. */
@Component
public class ListedOrders {

  private final PaymentLists payments;
  private final Channels channels;
  private final Ids ids;

  ListedOrders(PaymentLists payments, Channels channels, Ids ids) {
    this.payments = payments;
    this.channels = channels;
    this.ids = ids;
  }

  /**
   * Whose orders are wanted.
   *
   * @param provider V1's pg_provider
   * @param account at that PG, null for the shop's first
   * @param page the PG's, from 1
   */
  public record Wanted(String provider, @Nullable String account, LocalDate day, int page) {}

  /** A page of the list of an account. */
  public record Page(String account, List<ListedOrder> orders) {}

  /**
   * A page of the PG's list, as far as it is of this merchant's payments: merchants may share an
   * account at the PG, as a representative and its sub-merchants do.
   *
   * @throws Failed invalid if the merchant has no such account; unsupported if none of its channels
   *     to the PG has a list; PG error if the PG refused, or its answer is not known
   */
  public Page of(Merchant merchant, Wanted wanted) {
    OrderLists pg = lists(merchant, wanted);
    String account = wanted.account() == null ? pg.listed().getFirst() : wanted.account();
    Outcome<List<ListedOrder>> told =
        pg.orders(ids.orderId(merchant.slot()), account, wanted.day(), wanted.page());
    return switch (told) {
      case Outcome.Ok<List<ListedOrder>>(List<ListedOrder> orders) ->
          new Page(account, own(merchant, orders));
      case Outcome.Declined<List<ListedOrder>>(Decline decline) ->
          throw new Failed(new Failure.PgError(decline.why()));
      case Outcome.Unknown<List<ListedOrder>>(String why) -> throw noAnswer();
      case Outcome.Pending<List<ListedOrder>>(var ref, Instant until) -> throw noAnswer();
    };
  }

  private OrderLists lists(Merchant merchant, Wanted wanted) {
    OrderLists first =
        channels
            .choose(merchant.id(), null, wanted.provider(), OrderLists.class)
            .require(OrderLists.class);
    String account = wanted.account();
    return account == null
        ? first
        : channels.of(merchant.id()).stream()
            .filter(channel -> channel.pg().answersTo(wanted.provider()))
            .flatMap(channel -> channel.connector().as(OrderLists.class).stream())
            .filter(lists -> lists.listed().contains(account))
            .findFirst()
            .orElseThrow(() -> Failed.invalid(Refusal.UNKNOWN_ACCOUNT));
  }

  private List<ListedOrder> own(Merchant merchant, List<ListedOrder> orders) {
    Set<String> known =
        payments.known(merchant.id(), orders.stream().map(ListedOrder::orderId).toList());
    return orders.stream().filter(order -> known.contains(order.orderId())).toList();
  }

  private static Failed noAnswer() {
    return Failed.pgError(Refusal.LIST_NOT_READ);
  }
}
