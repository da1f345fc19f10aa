package dev.naru.payment;

import dev.naru.connector.AfterSale.ProductOrders;
import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder.Goods;
import dev.naru.connector.CancelOrder.RefundAccount;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.PartialCancels;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRef;
import dev.naru.connector.Requester;
import dev.naru.connector.Tax;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Money;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gives money back. The amount is reserved in the commit before the PG is called, so that cancels,
 * in flight included, never exceed what was paid; one cancel of a payment runs at a time.
 */
@Component
public class Cancellations {

  private static final String NOTHING = "취소할 결제건이 존재하지 않습니다.";

  private static final String BY_PRODUCT =
      "주문형 결제는 상품 주문별로 취소해야 합니다. (POST /payments/{imp_uid}/naver/cancel)";

  private static final String BY_DEPOSIT =
      "무제한 입금 가상계좌는 입금 건별로 취소해야 합니다. 입금 한 건의 남은 금액 이하로 amount를 지정해 주세요.";

  private final PaymentStore store;
  private final Payments payments;
  private final Channels channels;
  private final Waiter waiter;
  private final HubClock clock;
  private final Ids ids;
  private final Settings settings;
  private final OutsideRefunds outside;

  Cancellations(
      PaymentStore store,
      Payments payments,
      Channels channels,
      Waiter waiter,
      HubClock clock,
      Ids ids,
      Settings settings,
      OutsideRefunds outside) {
    this.outside = outside;
    this.store = store;
    this.payments = payments;
    this.channels = channels;
    this.waiter = waiter;
    this.clock = clock;
    this.ids = ids;
    this.settings = settings;
  }

  /**
   * What a shop asks to be cancelled.
   *
   * @param amount in order money, null for all that is left
   * @param checksum what the shop believes is left, null if it does not say
   * @param requester who wants it, null if the shop does not say
   * @param announce whether the shop wants a webhook
   * @param retain V1's retain_promotion: of a discounted payment the rest keeps its rate
   * @param goods the product order it is for, where the PG keeps them; null for the payment as such
   * @param id of the cancel, null for a new one; asked again with the same id, what became of that
   *     cancel is answered, and nothing is cancelled
   */
  public record Request(
      @Nullable Money amount,
      Tax tax,
      @Nullable Money checksum,
      String reason,
      @Nullable RefundAccount refund,
      @Nullable Requester requester,
      boolean announce,
      boolean retain,
      @Nullable Goods goods,
      @Nullable String id) {

    public Request(
        @Nullable Money amount,
        Tax tax,
        @Nullable Money checksum,
        String reason,
        @Nullable RefundAccount refund,
        boolean announce) {
      this(amount, tax, checksum, reason, refund, null, announce, false, null, null);
    }
  }

  /**
   * @return the payment after the cancel
   * @throws Failed wrong state if there is nothing to cancel, not that much, the checksum differs,
   *     or the outcome is not known yet; refused by PG if the PG said no
   */
  public Payment cancel(Payment payment, Request request) {
    Optional<Cancellation> known = known(payment, request.id());
    if (known.isPresent()) {
      return answer(payment, known.get().no());
    }
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    if (request.goods() == null && channel.has(ProductOrders.class)) {
      throw Failed.wrongState(BY_PRODUCT);
    }
    Reserved reserved = reserve(payment, channel, request);
    Cancellation calling = reserved.payment().cancellations().getLast();
    Payment settled = call(reserved, calling, channel);
    return answer(outside.afterCancel(settled, calling.no(), channel), calling.no());
  }

  private Payment call(Reserved reserved, Cancellation calling, Channel channel) {
    Payment payment = reserved.payment();
    try {
      Outcome<Canceled> outcome =
          calling.money().isZero()
              ? nothingToReturn(payment, clock.instant())
              : reserved
                  .lease()
                  .call(
                      () ->
                          channel
                              .require(Cancels.class)
                              .cancel(CancelResolver.order(payment, calling, calling.id())));
      return store.update(
          payment, current -> current.settleCancel(calling.no(), outcome, clock.instant()));
    } catch (Lease.Ended late) {
      return payments.overtaken(payment);
    }
  }

  /** The payment with its cancel reserved, and until when that may be sent. */
  private record Reserved(Payment payment, Lease lease) {}

  /** What a PG need not be asked: the rest of the order costs what is paid. */
  static Outcome<Canceled> nothingToReturn(Payment payment, Instant now) {
    return new Outcome.Ok<>(new Canceled(ref(payment.attempt()), now, null));
  }

  /** The cancel of a payment that has this id. */
  public static Optional<Cancellation> known(Payment payment, @Nullable String id) {
    return payment.cancellations().stream().filter(cancel -> cancel.id().equals(id)).findFirst();
  }

  /**
   * A cancel that runs is waited for, since what is left is known only after it; but not for ever.
   */
  private Reserved reserve(Payment payment, Channel channel, Request request) {
    String id = request.id() == null ? ids.opaque("cancellation") : request.id();
    long deadline = System.nanoTime() + settings.pgTimes().answer().toNanos();
    Payment current = payment;
    do {
      Payment idle = waiter.await(current, p -> p.cancelRunning().isEmpty());
      Lease lease = payments.lease();
      current =
          store.intend(
              idle,
              p ->
                  p.cancelRunning().isPresent()
                      ? Change.none(p)
                      : reserve(p, channel, request, id));
      if (current.cancelRunning().filter(running -> running.id().equals(id)).isPresent()) {
        return new Reserved(current, lease);
      }
    } while (System.nanoTime() < deadline);
    throw Failed.wrongState("이전 취소 요청의 결과를 확인하고 있습니다. 잠시 후 다시 시도해 주세요.");
  }

  private Change reserve(Payment payment, Channel channel, Request request, String id) {
    check(payment, request);
    Money left = payment.cancelable();
    Money amount = request.amount() == null ? left : request.amount();
    if (amount.exceeds(left)) {
      throw Failed.wrongState("취소 요청 금액이 취소 가능 잔액(" + left.major().toPlainString() + ")을 초과합니다.");
    }
    if (payment.intake().isUnlimited() && payment.intake().giving(amount).isEmpty()) {
      throw Failed.wrongState(BY_DEPOSIT);
    }
    if (request.tax().free() > amount.minor()) {
      throw Failed.invalid("면세 금액(tax_free)은 취소 금액을 초과할 수 없습니다.");
    }
    if (request.tax().vat() != null
        && request.tax().vat() + request.tax().free() > amount.minor()) {
      throw Failed.invalid("부가세(vat_amount)는 과세 취소 금액을 초과할 수 없습니다.");
    }
    channel.require(Cancels.class);
    if (!amount.equals(payment.amount())) {
      channel.require(PartialCancels.class);
    }
    return payment.cancelCalling(calling(payment, request, amount, id));
  }

  private static void check(Payment payment, Request request) {
    if (!(payment.state() instanceof Payment.State.Paid) || payment.isKeyOnly()) {
      throw Failed.wrongState(NOTHING);
    }
    if (payment.canceled().equals(payment.amount())) {
      throw Failed.wrongState("이미 전액취소된 주문입니다.");
    }
    if (request.checksum() != null && !request.checksum().equals(payment.cancelable())) {
      throw Failed.wrongState(
          "취소 가능 금액(checksum)이 일치하지 않습니다. (취소 가능 금액: "
              + payment.cancelable().major().toPlainString()
              + ")");
    }
    payment
        .approval()
        .filter(approval -> isBankAccount(approval.account()) && request.refund() == null)
        .ifPresent(
            account -> {
              throw Failed.invalid(
                  "가상계좌 환불에는 환불 계좌 정보(refund_holder, refund_bank, refund_account)가 필요합니다.");
            });
  }

  /** What was paid at a till goes back the way it came. */
  private static boolean isBankAccount(Approval.@Nullable Account account) {
    return account != null && !account.isBarcode();
  }

  private Cancellation calling(Payment payment, Request request, Money amount, String id) {
    Money money = payment.bill().refund(amount, request.retain());
    return new Cancellation(
        payment.cancellations().size() + 1,
        id,
        amount,
        money,
        request.retain(),
        payment.bill().refundTax(request.tax(), amount, money),
        payment.intake().before(amount),
        request.reason(),
        request.refund(),
        request.requester(),
        request.goods(),
        request.announce(),
        Cancellation.State.CALLING,
        null,
        null,
        clock.instant(),
        null,
        payments.leaseEnd(),
        0,
        0,
        null);
  }

  static PgRef ref(Attempt attempt) {
    PgRef ref = attempt.ref();
    if (ref == null) {
      throw new IllegalStateException("attempt " + attempt.orderId() + " has no PG reference");
    }
    return ref;
  }

  private Payment answer(Payment settled, int no) {
    Payment payment =
        waiter.await(settled, current -> !current.cancellations().get(no - 1).state().isRunning());
    Cancellation cancel = payment.cancellations().get(no - 1);
    return switch (cancel.state()) {
      case DONE -> payment;
      case REFUSED -> throw new Failed(new Failure.RefusedByPg(String.valueOf(cancel.why())));
      case CALLING, UNKNOWN, PENDING ->
          throw Failed.wrongState("취소 결과를 확인하고 있습니다. 결과가 확정되면 웹훅으로 알려 드립니다.");
    };
  }

  /**
   * The payment a cancel names: by imp_uid, which wins, or by merchant_uid.
   *
   * @throws Failed wrong state if there is none
   */
  public Payment named(long merchantId, @Nullable String impUid, @Nullable String merchantUid) {
    if (impUid != null) {
      return ImpUid.parse(impUid)
          .flatMap(uid -> store.find(merchantId, uid))
          .orElseThrow(() -> Failed.wrongState(NOTHING));
    }
    if (merchantUid == null) {
      throw Failed.invalid("취소할 imp_uid 또는 merchant_uid를 지정해주셔야합니다.");
    }
    return store.holderOf(merchantId, merchantUid).orElseThrow(() -> Failed.wrongState(NOTHING));
  }
}
