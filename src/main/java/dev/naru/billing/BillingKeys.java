package dev.naru.billing;

import static dev.naru.payment.Refusal.NO_ANSWER;

import dev.naru.billing.key.BillingKey;
import dev.naru.billing.key.CustomerKey;
import dev.naru.billing.key.SuperKey;
import dev.naru.connector.Approval;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.DeleteKey;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Card;
import dev.naru.connector.order.KeyOrder;
import dev.naru.connector.order.Requester;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Why;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Channel;
import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Discounts;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.Payments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Billing keys: issued with card data on one channel, charged, deleted. */
@Component
public class BillingKeys {

  private static final Logger LOG = LoggerFactory.getLogger(BillingKeys.class);

  private final BillingKeyStore store;
  private final Channels channels;
  private final ChannelGroups groups;
  private final Payments payments;
  private final HubClock clock;
  private final Ids ids;
  private final Discounts discounts;

  BillingKeys(
      BillingKeyStore store,
      Channels channels,
      ChannelGroups groups,
      Payments payments,
      HubClock clock,
      Ids ids,
      Discounts discounts) {
    this.discounts = discounts;
    this.store = store;
    this.channels = channels;
    this.groups = groups;
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
      case Outcome.Declined<PgKey>(Decline decline) -> throw refused(decline.why());
      case Outcome.Unknown<PgKey>(String why) -> {
        LOG.warn("the issue of a billing key has no result: {}", why);
        throw refused(NO_ANSWER.with());
      }
      case Outcome.Pending<PgKey>(var ref, Instant until) -> throw refused(NO_ANSWER.with());
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
  public BillingKey keep(Channel channel, Holder holder, PgKey key) {
    return keep(fresh(channel, holder, key));
  }

  public BillingKey keep(BillingKey fresh) {
    return fresh.since(store.replace(fresh));
  }

  BillingKey fresh(Channel channel, Holder holder, PgKey key) {
    Instant now = clock.instant();
    return new BillingKey(
        channel.merchantId(),
        holder.customerUid(),
        channel.key(),
        key,
        holder.customer(),
        now,
        now,
        null);
  }

  public Optional<CustomerKey> find(long merchantId, String customerUid) {
    return store.find(merchantId, customerUid);
  }

  /** Those of the customer_uids that have a key. */
  public List<CustomerKey> find(long merchantId, List<String> customerUids) {
    return store.find(merchantId, customerUids);
  }

  /**
   * Charges a key (V1 {@code again}).
   *
   * @param channelKey pins one channel of a super key, null for any
   * @throws Failed wrong state if the customer_uid has no key that may be charged, or the
   *     merchant_uid is taken; invalid if it names a promotion that the key's card has no part in
   */
  public Payment charge(Merchant merchant, Purchase purchase, @Nullable String channelKey) {
    String customerUid = String.valueOf(purchase.customerUid());
    CustomerKey key =
        store
            .find(merchant.id(), customerUid)
            .orElseThrow(() -> Failed.wrongState(Refusal.UNKNOWN_BUYER));
    return payments.charge(
        merchant,
        routes(key, channelKey),
        discounts.on(merchant, purchase, cardCode(key)),
        Attempt.Verb.CHARGE_KEY);
  }

  /** V1's code of the card company whose card a key charges; null if no PG said. */
  static @Nullable String cardCode(CustomerKey key) {
    return key.keys().stream()
        .map(one -> one.key().card())
        .filter(Objects::nonNull)
        .map(CardInfo::code)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /**
   * How a key is charged now: of a super key, by the channels that its group has enabled today and
   * that have a key, drawn by today's weights.
   *
   * @param channelKey pins one of them, null for any
   * @throws Failed wrong state if there is none; unsupported, if the only one cannot charge keys
   */
  List<Payments.Route> routes(CustomerKey key, @Nullable String channelKey) {
    List<BillingKey> candidates =
        candidates(key).stream()
            .filter(one -> channelKey == null || one.channelKey().equals(channelKey))
            .toList();
    if (candidates.isEmpty()) {
      throw Failed.wrongState(Refusal.NO_CHANNEL_FOR_KEY, key.customerUid());
    }
    return candidates.stream().map(this::route).toList();
  }

  private List<BillingKey> candidates(CustomerKey key) {
    return switch (key) {
      case BillingKey only -> List.of(only);
      case SuperKey several -> drawn(several);
    };
  }

  private List<BillingKey> drawn(SuperKey several) {
    Map<String, BillingKey> byChannel =
        several.keys().stream().collect(Collectors.toMap(BillingKey::channelKey, one -> one));
    ChannelGroup group = groups.get(several.merchantId(), several.groupId());
    return groups
        .draw(
            several.merchantId(),
            group,
            channel -> byChannel.containsKey(channel.key()) && channel.has(ChargeKey.class))
        .stream()
        .map(channel -> byChannel.get(channel.key()))
        .toList();
  }

  Payments.Route route(BillingKey key) {
    Channel channel = channels.get(key.merchantId(), key.channelKey());
    ChargeKey charges = channel.require(ChargeKey.class);
    return new Payments.Route(
        channel, order -> charges.charge(order, key.key()), charges.chargeIntent(key.key()));
  }

  /**
   * Deletes what a customer_uid is charged by, at the PGs too where that is possible. Irreversible.
   *
   * @throws Failed not found; refused by PG if one would not delete its key: then that one stays
   */
  public CustomerKey delete(long merchantId, String customerUid) {
    return delete(merchantId, customerUid, null, null);
  }

  /** The same, for PGs that want to know on whose wish, the shop's if null, and why. */
  public CustomerKey delete(
      long merchantId, String customerUid, @Nullable Requester requester, @Nullable String reason) {
    Requester by = requester == null ? Requester.ADMIN : requester;
    String why = reason == null ? Wording.KOREAN.of(Word.KEY_ENDED) : reason;
    return delete(get(merchantId, customerUid), by, why, () -> {});
  }

  /**
   * The same on the shop's own wish.
   *
   * @param agreed what is done once no PG has it any more, before it is deleted here: if that
   *     fails, or this node ends in between, the deletion can be repeated
   */
  public CustomerKey delete(long merchantId, String customerUid, Runnable agreed) {
    String why = Wording.KOREAN.of(Word.KEY_ENDED);
    return delete(get(merchantId, customerUid), Requester.ADMIN, why, agreed);
  }

  private CustomerKey delete(CustomerKey key, Requester by, String why, Runnable agreed) {
    List<BillingKey> deleted = new ArrayList<>();
    Failed refused = null;
    for (BillingKey one : key.keys()) {
      try {
        deleteAtPg(one, by, why);
        deleted.add(one);
      } catch (Failed stays) {
        refused = stays;
      }
    }
    if (refused == null) {
      agreed.run();
    }
    if (!deleted.isEmpty()) {
      store.delete(deleted);
    }
    if (refused != null) {
      throw refused;
    }
    return key;
  }

  private void deleteAtPg(BillingKey key, Requester requester, String reason) {
    Channel channel = channels.get(key.merchantId(), key.channelKey());
    if (!channel.has(DeleteKey.class)) {
      return;
    }
    Outcome<Instant> deleted =
        channel.require(DeleteKey.class).delete(key.key(), requester, reason);
    if (deleted instanceof Outcome.Declined<Instant>(Decline decline)
        && decline.reason() != Decline.Reason.KEY_UNUSABLE) {
      throw new Failed(new Failure.RefusedByPg(decline.why()));
    }
    if (deleted instanceof Outcome.Unknown<Instant>) {
      throw Failed.refusedByPg(Refusal.KEY_NOT_DELETED);
    }
  }

  /** Throws {@link Failed} not found, in V1's words. */
  public CustomerKey get(long merchantId, String customerUid) {
    return store
        .find(merchantId, customerUid)
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_CUSTOMER, customerUid));
  }

  KeyOrder order(Merchant merchant, Holder holder) {
    return new KeyOrder(
        ids.orderId(merchant.slot()), owner(holder), holder.customer(), clock.instant(), null);
  }

  static Outcome<Approval> notCharged() {
    return new Outcome.Declined<>(Decline.of(Decline.Reason.NOT_CHARGED, NO_ANSWER));
  }

  String owner(Holder holder) {
    return holder.customerId() == null ? ids.opaque("customer") : holder.customerId();
  }

  static Failed refused(Why why) {
    return Failed.refusedByPg(Refusal.KEY_NOT_ISSUED, why);
  }
}
