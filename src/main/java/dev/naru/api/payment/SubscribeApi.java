package dev.naru.api.payment;

import dev.naru.api.Word;
import dev.naru.api.billing.KeyChannels;
import dev.naru.api.once.Once;
import dev.naru.api.once.Repetitions;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.billing.BillingKeys;
import dev.naru.billing.SuperKeys;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.facts.PgFacts;
import dev.naru.connector.order.Card;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Why;
import dev.naru.merchant.Channel;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Discounts;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.Payments;
import dev.naru.promotion.CardCompanies;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /subscribe/payments}: charges without a window. */
@RestController
class SubscribeApi {

  private final Payments payments;
  private final BillingKeys keys;
  private final SuperKeys superKeys;
  private final KeyChannels keyChannels;
  private final Channels channels;
  private final ChannelGroups groups;
  private final Purchases purchases;
  private final Repetitions repetitions;
  private final Discounts discounts;

  SubscribeApi(
      Payments payments,
      BillingKeys keys,
      SuperKeys superKeys,
      KeyChannels keyChannels,
      Channels channels,
      ChannelGroups groups,
      Purchases purchases,
      Repetitions repetitions,
      Discounts discounts) {
    this.discounts = discounts;
    this.keyChannels = keyChannels;
    this.groups = groups;
    this.payments = payments;
    this.keys = keys;
    this.superKeys = superKeys;
    this.channels = channels;
    this.purchases = purchases;
    this.repetitions = repetitions;
  }

  /**
   * Charges a card whose data the shop sends. With a customer_uid the card also becomes a billing
   * key, and it is the key that is charged.
   */
  @PostMapping("/subscribe/payments/onetime")
  Envelope onetime(
      Merchant merchant,
      Params sent,
      Once once,
      @RequestHeader(name = "User-Agent", required = false) @Nullable String userAgent) {
    String customerUid = sent.text("customer_uid", 80);
    boolean drawn = KeyChannels.groupOf(sent) != null;
    Supplier<Optional<Channel>> meant =
        () -> drawn ? Optional.empty() : Optional.of(channel(merchant, sent));
    Params params = Purchases.readBy(sent, "card", meant);
    Purchase.Usage usage = customerUid == null ? null : Purchase.Usage.PAYMENT;
    Purchase purchase =
        purchases.read(
            merchant,
            params,
            new PurchaseKind("card", Word.CARD_PAYMENT, customerUid, usage, userAgent));
    Card card = CardParams.card(params);
    Optional<String> nameless =
        params.has("name")
            ? Optional.empty()
            : meant.get().map(channel -> PgFacts.of(channel.pg().provider()).nameless());
    if (nameless.isPresent()) {
      throw new Failed(new Failure.Invalid(Why.said(nameless.get())));
    }
    return PaymentViews.ofCharge(
        repetitions.or(once, purchase, merchant, () -> charge(merchant, params, purchase, card)));
  }

  private Payment charge(Merchant merchant, Params params, Purchase asked, Card card) {
    Purchase purchase = discounts.on(merchant, asked, CardCompanies.of(card));
    String customerUid = purchase.customerUid();
    String group = KeyChannels.groupOf(params);
    if (customerUid == null && group != null) {
      List<Payments.Route> routes =
          groups.draw(merchant.id(), group, channel -> channel.has(KeyIn.class)).stream()
              .map(channel -> Payments.keyInRoute(channel, card))
              .toList();
      return payments.charge(merchant, routes, purchase, Attempt.Verb.KEYIN);
    }
    if (customerUid == null) {
      return payments.keyIn(merchant, channel(merchant, params), purchase, card);
    }
    BillingKeys.Holder holder =
        new BillingKeys.Holder(customerUid, params.text("customer_id", 300), purchase.buyer());
    if (group != null) {
      return superKeys.issueAndCharge(merchant, group, purchase, holder, card);
    }
    Channel channel = channel(merchant, params);
    return keys.issueAndCharge(merchant, channel, purchase, holder, card);
  }

  /** Charges a billing key. */
  @PostMapping("/subscribe/payments/again")
  Envelope again(
      Merchant merchant,
      Params sent,
      Once once,
      @RequestHeader(name = "User-Agent", required = false) @Nullable String userAgent) {
    String customerUid = sent.required("customer_uid", 80);
    String channelKey = channels.pinned(merchant.id(), sent.text("channel_key", 55));
    Params params =
        Purchases.readBy(
            sent, "card", () -> keyChannels.of(merchant.id(), customerUid, channelKey));
    Purchase purchase =
        purchases.read(
            merchant,
            params,
            new PurchaseKind(
                "card", Word.KEY_PAYMENT, customerUid, Purchase.Usage.PAYMENT, userAgent));
    return Envelope.of(
        PaymentView.of(
            repetitions.or(
                once, purchase, merchant, () -> keys.charge(merchant, purchase, channelKey))));
  }

  /** V1: a {@code pg} that names none of the shop's channels means the default channel. */
  private Channel channel(Merchant merchant, Params params) {
    String pg = params.text("pg", 80);
    boolean known = pg != null && channels.byPg(merchant.id(), pg).isPresent();
    return channels.choose(
        merchant.id(), params.text("channel_key", 55), known ? pg : null, KeyIn.class);
  }
}
