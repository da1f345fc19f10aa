package dev.naru.billing;

import dev.naru.connector.Approval;
import dev.naru.connector.Buyer;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.DeleteKey;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Card;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Decline;
import dev.naru.connector.KeyOrder;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Discounts;
import dev.naru.payment.Payment;
import dev.naru.payment.Payments;
import dev.naru.payment.Purchase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Billing keys: issued with card data, charged, deleted. */
@Component
public class BillingKeys {

  private static final String REFUSED = "카드정보 인증 및 빌키 발급에 실패하였습니다. ";
  private static final String NO_ANSWER = "PG사의 응답을 확인할 수 없습니다. 다시 시도해 주세요.";
  private static final Logger LOG = LoggerFactory.getLogger(BillingKeys.class);

  private final BillingKeyStore store;
  private final Channels channels;
  private final Payments payments;
  private final HubClock clock;
  private final Ids ids;
  private final Discounts discounts;

  BillingKeys(
      BillingKeyStore store,
      Channels channels,
      Payments payments,
      HubClock clock,
      Ids ids,
      Discounts discounts) {
    this.discounts = discounts;
    this.store = store;
    this.channels = channels;
    this.payments = payments;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Whose key it becomes.
   *
   * @param customerId V1's customer_id, one is made if null
   */
  public record Holder(String customerUid, @Nullable String customerId, Buyer customer) {}

  /**
   * Issues a key with card data. A key that the customer_uid had is replaced, not revoked.
   *
   * @throws Failed refused by PG, also when its answer is not known: nothing was charged
   */
  public BillingKey issue(Merchant merchant, Channel channel, Holder holder, Card card) {
    IssueKey issues = channel.require(IssueKey.class);
    return switch (issues.issue(order(merchant, holder), card)) {
      case Outcome.Ok<PgKey>(PgKey key) -> keep(channel, holder, key);
      case Outcome.Declined<PgKey>(Decline decline) -> throw refused(decline.message());
      case Outcome.Unknown<PgKey>(String why) -> {
        LOG.warn("the issue of a billing key has no result: {}", why);
        throw refused(NO_ANSWER);
      }
      case Outcome.Pending<PgKey>(var ref, Instant until) -> throw refused(NO_ANSWER);
    };
  }

  /**
   * Issues a key with card data and charges it, as one payment: a refused card leaves a failed
   * record, and a merchant_uid that is taken leaves the key alone that the customer_uid has.
   *
   * @throws Failed wrong state if the merchant_uid is taken
   */
  public Payment issueAndCharge(
      Merchant merchant, Channel channel, Purchase purchase, Holder holder, Card card) {
    IssueKey issues = channel.require(IssueKey.class);
    ChargeKey charges = channel.require(ChargeKey.class);
    return payments.charge(
        merchant,
        channel,
        purchase,
        Attempt.Verb.CHARGE_KEY,
        order ->
            switch (issues.issue(order(merchant, holder), card)) {
              case Outcome.Ok<PgKey>(PgKey key) ->
                  charges.charge(order, keep(channel, holder, key).key());
              case Outcome.Declined<PgKey>(Decline no) -> new Outcome.Declined<>(no);
              // As long as the key is missing no money can have moved.
              case Outcome.Unknown<PgKey>(String why) -> notCharged();
              case Outcome.Pending<PgKey>(var ref, Instant until) -> notCharged();
            });
  }

  /** Stores a key that a PG has issued. */
  BillingKey keep(Channel channel, Holder holder, PgKey key) {
    Instant now = clock.instant();
    return store.replace(
        new BillingKey(
            channel.merchantId(),
            holder.customerUid(),
            channel.key(),
            key,
            holder.customer(),
            now,
            now));
  }

  public Optional<BillingKey> find(long merchantId, String customerUid) {
    return store.find(merchantId, customerUid);
  }

  /** Those of the customer_uids that have a key. */
  public List<BillingKey> find(long merchantId, List<String> customerUids) {
    return store.find(merchantId, customerUids);
  }

  /**
   * Charges a key (V1 {@code again}).
   *
   * @throws Failed wrong state if the customer_uid has no key, or the merchant_uid is taken;
   *     invalid if it names a promotion that the key's card has no part in
   */
  public Payment charge(Merchant merchant, Purchase purchase) {
    String customerUid = String.valueOf(purchase.customerUid());
    BillingKey key =
        store
            .find(merchant.id(), customerUid)
            .orElseThrow(() -> Failed.wrongState(unknown(customerUid)));
    Charging charging = charging(key);
    return payments.charge(
        merchant,
        charging.channel(),
        discounts.on(merchant, purchase, cardCode(key)),
        Attempt.Verb.CHARGE_KEY,
        charging.call());
  }

  /** V1's code of the card company whose card a key charges; null if its PG did not say. */
  static @Nullable String cardCode(BillingKey key) {
    CardInfo card = key.key().card();
    return card == null ? null : card.code();
  }

  /** How a key is charged. */
  record Charging(Channel channel, Function<Order, Outcome<Approval>> call) {}

  /**
   * @throws Failed unsupported, if the PG of its channel cannot charge keys
   */
  Charging charging(BillingKey key) {
    Channel channel = channels.get(key.merchantId(), key.channelKey());
    ChargeKey charges = channel.require(ChargeKey.class);
    return new Charging(channel, order -> charges.charge(order, key.key()));
  }

  /**
   * Deletes a key, at the PG too where that is possible. Irreversible.
   *
   * @throws Failed not found; refused by PG if the PG would not delete it: then it stays
   */
  public BillingKey delete(long merchantId, String customerUid) {
    BillingKey key = get(merchantId, customerUid);
    Channel channel = channels.get(merchantId, key.channelKey());
    if (channel.has(DeleteKey.class)) {
      Outcome<Instant> deleted = channel.require(DeleteKey.class).delete(key.key());
      if (deleted instanceof Outcome.Declined<Instant>(Decline decline)
          && decline.reason() != Decline.Reason.KEY_UNUSABLE) {
        throw new Failed(new Failure.RefusedByPg(decline.message()));
      }
      if (deleted instanceof Outcome.Unknown<Instant>) {
        throw new Failed(new Failure.RefusedByPg("PG사의 응답을 확인할 수 없어 빌링키를 삭제하지 못했습니다. 다시 시도해 주세요."));
      }
    }
    store.delete(key);
    return key;
  }

  /** Throws {@link Failed} not found, in V1's words. */
  public BillingKey get(long merchantId, String customerUid) {
    return store
        .find(merchantId, customerUid)
        .orElseThrow(() -> Failed.notFound(unknown(customerUid)));
  }

  private KeyOrder order(Merchant merchant, Holder holder) {
    return new KeyOrder(
        ids.orderId(merchant.slot()), owner(holder), holder.customer(), clock.instant(), null);
  }

  private static Outcome<Approval> notCharged() {
    return new Outcome.Declined<>(Decline.of(Decline.Reason.NOT_CHARGED, NO_ANSWER));
  }

  private String owner(Holder holder) {
    return holder.customerId() == null ? ids.opaque("customer") : holder.customerId();
  }

  private static String unknown(String customerUid) {
    return "요청하신 customer_uid(" + customerUid + ")로 등록된 정보를 찾을 수 없습니다.";
  }

  private static Failed refused(String text) {
    return new Failed(new Failure.RefusedByPg(REFUSED + text));
  }
}
