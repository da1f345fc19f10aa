package dev.naru.console.payment;

import dev.naru.aftercare.CashReceipt.Sale;
import dev.naru.aftercare.CashReceipts;
import dev.naru.aftercare.escrow.EscrowDeliveries;
import dev.naru.connector.AfterSale.Escrow;
import dev.naru.connector.AfterSale.Receipts;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Name;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.PaymentLists;
import dev.naru.payment.story.PaymentDetail;
import dev.naru.payment.story.Story;
import dev.naru.payment.story.StoryEntry;
import dev.naru.webhook.Delivery;
import dev.naru.webhook.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Finds payments for who may see them, and puts together what their page shows. */
@Component
class Dossiers {

  /** A webhook that is tried within this time is waited for at the page. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private final PaymentLists payments;
  private final Story story;
  private final Webhooks webhooks;
  private final CashReceipts receipts;
  private final EscrowDeliveries deliveries;
  private final Channels channels;
  private final PgDirectory pgs;
  private final HubClock clock;
  private final JsonMapper json = JsonMapper.shared();

  Dossiers(
      PaymentLists payments,
      Story story,
      Webhooks webhooks,
      CashReceipts receipts,
      EscrowDeliveries deliveries,
      Channels channels,
      PgDirectory pgs,
      HubClock clock) {
    this.payments = payments;
    this.story = story;
    this.webhooks = webhooks;
    this.receipts = receipts;
    this.deliveries = deliveries;
    this.channels = channels;
    this.pgs = pgs;
    this.clock = clock;
  }

  /**
   * A payment of any shop that the viewer sees, whichever is chosen: its address can be shared.
   *
   * @throws Failed not found
   */
  Payment require(Viewer viewer, String impUid) {
    int slot = ImpUid.parse(impUid).map(ImpUid::slot).orElse(-1);
    return viewer.everyShop().stream()
        .filter(shop -> slot < 0 || shop.slot() == slot)
        .flatMap(shop -> payments.find(shop.id(), impUid).stream())
        .findFirst()
        .orElseThrow(() -> Failed.notFound(Refusal.NO_PAYMENT));
  }

  /**
   * @param reveal whether the buyer is shown unmasked
   * @param all whether nothing is folded
   */
  Dossier of(Viewer viewer, Payment payment, boolean reveal, boolean all) {
    List<StoryEntry> entries = story.of(payment);
    List<Delivery> hooks = webhooks.log(payment.merchantId(), payment.impUid()).reversed();
    PaymentDetail detail = PaymentDetail.of(payment, reveal);
    Optional<Channel> channel = channels.byKey(payment.merchantId(), payment.via().channelKey());
    return new Dossier(
        payment,
        detail,
        viewer.requireShop(payment.merchantId()),
        story.summary(payment, viewer.words()),
        name(story.pg(payment), viewer),
        channel.map(Channel::name).orElse(null),
        brand(detail.means().brand(), viewer),
        after(payment, channel),
        Timeline.of(entries, viewer.words(), all),
        Books.of(payment, entries),
        hooks,
        data(payment.purchase().customData()),
        isSettling(payment, hooks),
        mark(payment, entries));
  }

  /** The same on every node. */
  private static String mark(Payment payment, List<StoryEntry> entries) {
    List<Integer> parts =
        entries.stream()
            .map(entry -> Objects.hash(entry.at(), entry.rank(), entry.detail()))
            .toList();
    return Integer.toHexString(Objects.hash(parts, payment.version()));
  }

  private Dossier.After after(Payment payment, Optional<Channel> channel) {
    boolean cash = CashReceipts.isOf(payment);
    boolean escrow = payment.purchase().escrow();
    return new Dossier.After(
        cash && channel.filter(one -> one.has(Receipts.class)).isPresent(),
        cash
            ? receipts.find(payment.merchantId(), Sale.of(payment.impUid().value())).orElse(null)
            : null,
        escrow
            && payment.state() instanceof Payment.State.Paid
            && channel.filter(one -> one.has(Escrow.class)).isPresent(),
        escrow ? deliveries.find(payment).orElse(null) : null);
  }

  private boolean isSettling(Payment payment, List<Delivery> hooks) {
    Instant soon = clock.instant().plus(SOON);
    return payment.isUndecided()
        || payment.cancelRunning().isPresent()
        || hooks.stream().anyMatch(hook -> hook.dueAt() != null && hook.dueAt().isBefore(soon));
  }

  private @Nullable String brand(@Nullable String code, Viewer viewer) {
    return code == null
        ? null
        : pgs.find(code).map(pg -> name(new Name(pg.nameKo(), pg.nameEn()), viewer)).orElse(code);
  }

  private static String name(Name name, Viewer viewer) {
    return viewer.korean() ? name.korean() : name.english();
  }

  /** JSON on several lines; what is none as it is. */
  private @Nullable String data(@Nullable String text) {
    try {
      return text == null ? null : json.readTree(text).toPrettyString();
    } catch (JacksonException other) {
      return text;
    }
  }
}
