package dev.naru.billing;

import static dev.naru.payment.Refusal.NO_ANSWER;
import static java.util.concurrent.CompletableFuture.supplyAsync;

import dev.naru.billing.BillingKeys.Holder;
import dev.naru.billing.key.BillingKey;
import dev.naru.billing.key.SuperKey;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.connector.order.Card;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Channel;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.Payments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Super billing keys: one card, a key on every enabled channel of a group. */
@Component
public class SuperKeys {

  private static final Decline CANNOT =
      Decline.of(Decline.Reason.BAD_REQUEST, Refusal.KEY_NOT_BY_CARD);

  private final BillingKeys keys;
  private final BillingKeyStore store;
  private final ChannelGroups groups;
  private final Payments payments;

  SuperKeys(BillingKeys keys, BillingKeyStore store, ChannelGroups groups, Payments payments) {
    this.keys = keys;
    this.store = store;
    this.groups = groups;
    this.payments = payments;
  }

  /** What a channel said to the request for a key. */
  private record Answer(Channel channel, Outcome<PgKey> outcome) {

    boolean isKey() {
      return outcome instanceof Outcome.Ok<PgKey>;
    }

    Decline refusal() {
      return outcome instanceof Outcome.Declined<PgKey>(Decline decline)
          ? decline
          : Decline.of(Decline.Reason.NOT_CHARGED, NO_ANSWER);
    }
  }

  /**
   * Asks all enabled channels of the group for a key, those of 0 % too, at the same time. One is
   * enough.
   *
   * @throws Failed invalid for an unknown group or one without enabled channels; refused by PG if
   *     no channel gave a key: then the customer_uid keeps what it had
   */
  public SuperKey issue(Merchant merchant, String groupId, Holder holder, Card card) {
    List<Answer> answers = ask(merchant, groupId, holder, card);
    if (answers.stream().noneMatch(Answer::isKey)) {
      throw BillingKeys.refused(answers.getFirst().refusal().why());
    }
    return keep(groupId, holder, answers);
  }

  /**
   * The same, and charges it, as one payment: by a channel that is drawn, or the next if that one
   * gave no key for a reason of its own.
   *
   * @throws Failed invalid as above; wrong state if the merchant_uid is taken
   */
  public Payment issueAndCharge(
      Merchant merchant, String groupId, Purchase purchase, Holder holder, Card card) {
    List<Channel> drawn =
        groups.draw(
            merchant.id(),
            groupId,
            channel -> channel.has(IssueKey.class) && channel.has(ChargeKey.class));
    // Asked once, by the first route that is called: by then the merchant_uid is ours.
    Supplier<Map<String, Outcome<PgKey>>> issued =
        SingletonSupplier.of(() -> issued(merchant, groupId, holder, card));
    List<Payments.Route> routes = drawn.stream().map(channel -> route(channel, issued)).toList();
    return payments.charge(merchant, routes, purchase, Attempt.Verb.CHARGE_KEY);
  }

  private Map<String, Outcome<PgKey>> issued(
      Merchant merchant, String groupId, Holder holder, Card card) {
    List<Answer> answers = ask(merchant, groupId, holder, card);
    if (answers.stream().anyMatch(Answer::isKey)) {
      keep(groupId, holder, answers);
    }
    return answers.stream().collect(Collectors.toMap(one -> one.channel().key(), Answer::outcome));
  }

  private static Payments.Route route(
      Channel channel, Supplier<Map<String, Outcome<PgKey>>> issued) {
    ChargeKey charges = channel.require(ChargeKey.class);
    return new Payments.Route(
        channel,
        order ->
            switch (issued.get().get(channel.key())) {
              case Outcome.Ok<PgKey>(PgKey key) -> charges.charge(order, key);
              case Outcome.Declined<PgKey>(Decline no) -> new Outcome.Declined<>(no);
              case null, default -> BillingKeys.notCharged();
            });
  }

  private List<Answer> ask(Merchant merchant, String groupId, Holder holder, Card card) {
    List<Channel> channels = groups.enabled(merchant.id(), groups.get(merchant.id(), groupId));
    if (channels.isEmpty()) {
      throw Failed.invalid(Refusal.NO_CHANNEL_IN_GROUP);
    }
    Holder bound = new Holder(holder.customerUid(), keys.owner(holder), holder.customer());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return channels.stream()
          .map(channel -> supplyAsync(() -> ask(merchant, channel, bound, card), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }

  private Answer ask(Merchant merchant, Channel channel, Holder holder, Card card) {
    if (!channel.has(IssueKey.class)) {
      return new Answer(channel, new Outcome.Declined<>(CANNOT));
    }
    return new Answer(
        channel, channel.require(IssueKey.class).issue(keys.order(merchant, holder), card));
  }

  private SuperKey keep(String groupId, Holder holder, List<Answer> answers) {
    List<BillingKey> issued = new ArrayList<>();
    List<SuperKey.Refused> refused = new ArrayList<>();
    for (Answer answer : answers) {
      if (answer.outcome() instanceof Outcome.Ok<PgKey>(PgKey key)) {
        issued.add(keys.fresh(answer.channel(), holder, key));
      } else {
        refused.add(refused(answer));
      }
    }
    SuperKey fresh = new SuperKey(groupId, issued, refused);
    Instant since = store.replace(fresh);
    return new SuperKey(groupId, issued.stream().map(key -> key.since(since)).toList(), refused);
  }

  private static SuperKey.Refused refused(Answer answer) {
    Channel channel = answer.channel();
    Decline why = answer.refusal();
    return new SuperKey.Refused(
        why.reason() == Decline.Reason.BAD_REQUEST
            ? SuperKey.Cause.INVALID_REQUEST
            : SuperKey.Cause.PG_PROVIDER,
        why.message(),
        channel.pg().code(),
        channel.mid());
  }
}
