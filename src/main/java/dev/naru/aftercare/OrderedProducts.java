package dev.naru.aftercare;

import dev.naru.aftercare.SaleCallStore.Kind;
import dev.naru.connector.AfterSale.ProductOrders;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.aftercare.ProductAct;
import dev.naru.connector.aftercare.ProductOrder;
import dev.naru.connector.aftercare.ProductReview;
import dev.naru.connector.order.CancelOrder.Goods;
import dev.naru.connector.order.Requester;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Why;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.CancelRequest;
import dev.naru.payment.flow.Cancellations;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The products of an order, at PGs that keep each of them apart. How they stand is read there each
 * time. What gives money back is a cancel of the payment, reserved and resolved like any other.
 */
@Component
public class OrderedProducts {

  private final PaymentStore stored;
  private final Channels channels;
  private final SaleCalls calls;
  private final Cancellations cancellations;

  OrderedProducts(
      PaymentStore stored, Channels channels, SaleCalls calls, Cancellations cancellations) {
    this.stored = stored;
    this.channels = channels;
    this.calls = calls;
    this.cancellations = cancellations;
  }

  /**
   * What came of it.
   *
   * @param done those for which it was done, as they stand now
   * @param failed the others by their ids, with the reason in Korean
   * @param undecided the end of a cancel among them is not known yet
   */
  public record Acted(List<ProductOrder> done, Map<String, Why> failed, boolean undecided) {}

  /**
   * The product orders of a payment.
   *
   * @throws Failed unsupported if its PG keeps none; wrong state if it was never paid; PG error if
   *     the PG refused, or does not answer
   */
  public List<ProductOrder> of(Payment payment) {
    ProductOrders pg = channel(payment).require(ProductOrders.class);
    if (!(payment.state() instanceof Payment.State.Paid) || payment.isKeyOnly()) {
      throw Failed.wrongState(Refusal.NOT_PAID);
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
    throw Failed.notFound(Refusal.UNKNOWN_PRODUCT);
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
  public Acted act(Payment payment, ProductRequest asked) {
    Map<String, ProductOrder> known = new LinkedHashMap<>();
    of(payment).forEach(one -> known.put(one.id(), one));
    List<String> ids =
        asked.ids().isEmpty()
            ? List.copyOf(known.keySet())
            : asked.ids().stream().distinct().toList();
    List<String> done = new ArrayList<>();
    Map<String, Why> failed = new LinkedHashMap<>();
    for (String id : ids) {
      try {
        ProductOrder product = known.get(id);
        if (product == null) {
          throw Failed.notFound(Refusal.PRODUCT_OF_ANOTHER);
        }
        if (asked.act().verb().refunds()) {
          refund(payment, product, asked);
        } else {
          tell(payment, id, asked.act());
        }
        done.add(id);
      } catch (Failed refused) {
        failed.put(id, refused.failure().why());
      }
    }
    return acted(payment, done, failed);
  }

  private Acted acted(Payment payment, List<String> done, Map<String, Why> failed) {
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
  private void refund(Payment payment, ProductOrder product, ProductRequest asked) {
    Goods goods = new Goods(product.id(), asked.act().verb(), asked.why());
    String id = asked.once() == null ? null : asked.once() + "-" + product.id();
    cancellations.cancel(
        payment,
        new CancelRequest(
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
    calls.tell(
        new SaleCalls.Call(payment, Kind.PRODUCT, detail),
        (order, ref) -> pg.act(order, id, act),
        Failure.PgError::new);
  }

  private static <T> T read(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Ok<T>(T value) -> value;
      case Outcome.Declined<T>(Decline decline) ->
          throw new Failed(new Failure.PgError(decline.why()));
      case Outcome.Pending<T> pending -> throw Failed.pgError(Refusal.NOT_READ);
      case Outcome.Unknown<T> unknown -> throw Failed.pgError(Refusal.NOT_READ);
    };
  }

  private Channel channel(Payment payment) {
    return channels.get(payment.merchantId(), payment.via().channelKey());
  }
}
