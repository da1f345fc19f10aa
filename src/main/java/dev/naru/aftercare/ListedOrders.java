package dev.naru.aftercare;

import dev.naru.connector.AfterSale.OrderLists;
import dev.naru.connector.Decline;
import dev.naru.connector.ListedOrder;
import dev.naru.connector.Outcome;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Ids;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Merchant;
import dev.naru.payment.PaymentLists;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The orders a PG lists (V1 {@code /kakao/payment/orders}). Nothing of a list is kept. */
@Component
public class ListedOrders {

  private final PaymentLists payments;
  private final Ids ids;

  ListedOrders(PaymentLists payments, Ids ids) {
    this.payments = payments;
    this.ids = ids;
  }

  /**
   * A page of the PG's list, as far as it is of this merchant's payments: merchants may share an
   * account at the PG, as a representative and its sub-merchants do.
   *
   * @param page the PG's, from 1
   * @throws Failed unsupported if the channel's PG has no list; PG error if it refused, or its
   *     answer is not known
   */
  public List<ListedOrder> of(Merchant merchant, Channel channel, LocalDate day, int page) {
    Outcome<List<ListedOrder>> told =
        channel.require(OrderLists.class).orders(ids.orderId(merchant.slot()), day, page);
    return switch (told) {
      case Outcome.Ok<List<ListedOrder>>(List<ListedOrder> orders) -> own(merchant, orders);
      case Outcome.Declined<List<ListedOrder>>(Decline decline) ->
          throw new Failed(new Failure.PgError(decline.message()));
      case Outcome.Unknown<List<ListedOrder>>(String why) -> throw noAnswer();
      case Outcome.Pending<List<ListedOrder>>(var ref, Instant until) -> throw noAnswer();
    };
  }

  private List<ListedOrder> own(Merchant merchant, List<ListedOrder> orders) {
    Set<String> known =
        payments.known(merchant.id(), orders.stream().map(ListedOrder::orderId).toList());
    return orders.stream().filter(order -> known.contains(order.orderId())).toList();
  }

  private static Failed noAnswer() {
    return new Failed(new Failure.PgError("PG사의 주문 목록을 확인할 수 없습니다. 다시 시도해 주세요."));
  }
}
