package dev.naru.aftercare;

import dev.naru.aftercare.SaleCallStore.End;
import dev.naru.aftercare.SaleCallStore.Kind;
import dev.naru.connector.AfterSale.ProductOrders;
import dev.naru.connector.CancelOrder.Goods;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.ProductAct;
import dev.naru.connector.ProductOrder;
import dev.naru.connector.ProductReview;
import dev.naru.connector.Requester;
import dev.naru.connector.Tax;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Cancellations;
import dev.naru.payment.Payment;
import dev.naru.payment.PaymentStore;
import dev.naru.payment.Payments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The products of an order, at PGs that keep each of them apart. How they stand is read there each
 * time. What gives money back is a cancel of the payment, reserved and resolved like any other.
 */
@Component
public class OrderedProducts {

  private static final String NOT_PAID = "결제가 완료되지 않은 주문입니다.";
  private static final String NO_ANSWER =
      "PG사의 응답을 확인할 수 없어 요청이 처리되었는지 알 수 없습니다. 같은 요청을 다시 보내 주세요.";
  private static final String UNREAD = "PG사의 응답을 확인할 수 없습니다. 잠시 후 다시 시도해 주세요.";

  private final SaleCallStore store;
  private final PaymentStore stored;
  private final Channels channels;
  private final Payments payments;
  private final Cancellations cancellations;
  private final HubClock clock;

  OrderedProducts(
      SaleCallStore store,
      PaymentStore stored,
      Channels channels,
      Payments payments,
      Cancellations cancellations,
      HubClock clock) {
    this.store = store;
    this.stored = stored;
    this.channels = channels;
    this.payments = payments;
    this.cancellations = cancellations;
    this.clock = clock;
  }

  /**
   * What a shop asks to be done.
   *
   * @param ids the product orders it is about, empty for all of the payment
   * @param why V1's code of the reason a cancel gives, null if it gives none
   * @param reason the reason in words, for the history of cancels
   * @param once of which the ids of cancels are made, null for new ones
   */
  public record Asked(
      List<String> ids,
      ProductAct act,
      @Nullable String why,
      String reason,
      @Nullable String once) {}

  /**
   * What came of it.
   *
   * @param done those for which it was done, as they stand now
   * @param failed the others by their ids, with the reason in Korean
   * @param undecided the end of a cancel among them is not known yet
   */
  public record Acted(List<ProductOrder> done, Map<String, String> failed, boolean undecided) {}

  /**
   * The product orders of a payment.
   *
   * @throws Failed unsupported if its PG keeps none; wrong state if it was never paid; PG error if
   *     the PG refused, or does not answer
   */
  public List<ProductOrder> of(Payment payment) {
    ProductOrders pg = channel(payment).require(ProductOrders.class);
    if (!(payment.state() instanceof Payment.State.Paid) || payment.isKeyOnly()) {
      throw Failed.wrongState(NOT_PAID);
    }
    return read(pg.products(payment.order(payment.attempt())));
  }

  /**
   * A product order of a merchant, by the PG's id. An account at the PG may serve several
   * merchants: whose it is, the order tells.
   *
   * @throws Failed not found if the merchant has none of that id; PG error if the PG refused, or
   *     does not answer
   */
  public ProductOrder get(long merchantId, String id) {
    Map<String, ProductOrders> asked = new LinkedHashMap<>();
    for (Channel channel : channels.of(merchantId)) {
      channel
          .connector()
          .as(ProductOrders.class)
          .ifPresent(pg -> asked.putIfAbsent(channel.pg().code() + "." + channel.mid(), pg));
    }
    for (ProductOrders pg : asked.values()) {
      Optional<ProductOrder> found = read(pg.product(id));
      if (found.isPresent() && stored.byOrderId(merchantId, found.get().order()).isPresent()) {
        return found.get();
      }
    }
    throw Failed.notFound("존재하지 않는 상품 주문입니다.");
  }

  /**
   * The reviews of a merchant's own orders; both ends of the span are included.
   *
   * @throws Failed unsupported if the channel's PG has none; PG error if it refused, or does not
   *     answer
   */
  public List<ProductReview> reviews(
      Channel channel, Instant from, Instant to, ProductReview.Kind kind) {
    return read(channel.require(ProductOrders.class).reviews(from, to, kind)).stream()
        .filter(review -> stored.byOrderId(channel.merchantId(), review.order()).isPresent())
        .toList();
  }

  /**
   * Does something for some product orders of a payment, or all, one after the other. Throws as
   * {@link #of}; that one cannot be done, or is not of this payment, stops no other.
   */
  public Acted act(Payment payment, Asked asked) {
    Map<String, ProductOrder> known = new LinkedHashMap<>();
    of(payment).forEach(one -> known.put(one.id(), one));
    List<String> ids =
        asked.ids().isEmpty()
            ? List.copyOf(known.keySet())
            : asked.ids().stream().distinct().toList();
    List<String> done = new ArrayList<>();
    Map<String, String> failed = new LinkedHashMap<>();
    for (String id : ids) {
      try {
        ProductOrder product = known.get(id);
        if (product == null) {
          throw Failed.notFound("이 결제의 상품 주문이 아닙니다.");
        }
        if (asked.act().verb().refunds()) {
          refund(payment, product, asked);
        } else {
          tell(payment, id, asked.act());
        }
        done.add(id);
      } catch (Failed refused) {
        failed.put(id, refused.failure().message());
      }
    }
    return acted(payment, done, failed);
  }

  private Acted acted(Payment payment, List<String> done, Map<String, String> failed) {
    boolean undecided =
        stored
            .find(payment.merchantId(), payment.impUid())
            .flatMap(Payment::cancelRunning)
            .isPresent();
    List<ProductOrder> now =
        done.isEmpty()
            ? List.of()
            : of(payment).stream().filter(one -> done.contains(one.id())).toList();
    return new Acted(now, failed, undecided);
  }

  /** The amount is what the PG says it is worth; a wrong one it would refuse. */
  private void refund(Payment payment, ProductOrder product, Asked asked) {
    Goods goods = new Goods(product.id(), asked.act().verb(), asked.why());
    String id = asked.once() == null ? null : asked.once() + "-" + product.id();
    cancellations.cancel(
        payment,
        new Cancellations.Request(
            product.refund(),
            Tax.NONE,
            null,
            asked.reason(),
            null,
            Requester.ADMIN,
            false,
            false,
            goods,
            id));
  }

  private void tell(Payment payment, String id, ProductAct act) {
    ProductOrders pg = channel(payment).require(ProductOrders.class);
    String detail = act.verb().name().toLowerCase(Locale.ROOT) + " " + id;
    Lease lease = payments.lease();
    OptionalInt no =
        store.call(payment, Kind.PRODUCT, detail, clock.instant(), payments.leaseEnd());
    if (no.isEmpty()) {
      throw pgError("이전 요청을 처리하고 있습니다. 잠시 후 다시 시도해 주세요.");
    }
    switch (lease.ask(() -> pg.act(payment.order(payment.attempt()), id, act))) {
      case Outcome.Ok<ProductOrder> ok ->
          store.end(payment, no.getAsInt(), End.DONE, clock.instant(), null);
      case Outcome.Declined<ProductOrder>(Decline decline) -> {
        store.end(payment, no.getAsInt(), End.REFUSED, null, decline.message());
        throw pgError(decline.message());
      }
      case Outcome.Pending<ProductOrder> pending -> {
        store.end(payment, no.getAsInt(), End.UNKNOWN, null, "pending");
        throw pgError(NO_ANSWER);
      }
      case Outcome.Unknown<ProductOrder>(String why) -> {
        store.end(payment, no.getAsInt(), End.UNKNOWN, null, why);
        throw pgError(NO_ANSWER);
      }
    }
  }

  private static <T> T read(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Ok<T>(T value) -> value;
      case Outcome.Declined<T>(Decline decline) -> throw pgError(decline.message());
      case Outcome.Pending<T> pending -> throw pgError(UNREAD);
      case Outcome.Unknown<T> unknown -> throw pgError(UNREAD);
    };
  }

  private Channel channel(Payment payment) {
    return channels.get(payment.merchantId(), payment.via().channelKey());
  }

  private static Failed pgError(String text) {
    return new Failed(new Failure.PgError(text));
  }
}
