package dev.naru.payment.story;

import dev.naru.kernel.Money;
import dev.naru.kernel.Name;
import dev.naru.kernel.Wording;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.payment.Attempt;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.story.StoryEntry.Kind;
import dev.naru.payment.story.StoryEntry.Who;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells what became of a payment: everything in the order in which it happened, and a sentence. */
@Component
public class Story {

  private final StoryStore store;
  private final PgDirectory pgs;
  private final List<StoryPart> parts;
  private final Askers askers;

  Story(StoryStore store, PgDirectory pgs, List<StoryPart> parts, Askers askers) {
    this.askers = askers;
    this.store = store;
    this.pgs = pgs;
    this.parts = parts;
  }

  /** Everything, the first thing first; the same each time it is asked. */
  public List<StoryEntry> of(Payment payment) {
    List<StoryEntry> all = new ArrayList<>();
    asked(payment, all);
    for (Attempt attempt : payment.attempts()) {
      all.add(attempt(payment, attempt));
    }
    for (Cancellation cancel : payment.cancellations()) {
      all.add(cancel(payment, cancel));
    }
    store.calls(payment).forEach(call -> all.add(call(payment, call)));
    Happenings happenings = new Happenings(payment, pg(payment));
    store.events(payment).forEach(event -> all.add(happenings.entry(event)));
    store.ledger(payment).forEach(posting -> all.add(posting(posting)));
    store.matters(payment).forEach(matter -> raised(matter, all));
    parts.forEach(part -> all.addAll(part.entries(payment)));
    return all.stream().sorted(StoryEntry.ORDER).toList();
  }

  /** One sentence, or a few: where the payment stands, and how it came there. */
  public String summary(Payment payment, Wording wording) {
    Stream<Said> own = new Summary(payment, pg(payment)).sentences().stream();
    Stream<Said> others =
        parts.stream().map(part -> part.summary(payment)).flatMap(Optional::stream);
    return Stream.concat(own, others)
        .map(said -> said.text(wording))
        .collect(Collectors.joining(" "));
  }

  /** What its PG is called. */
  public Name pg(Payment payment) {
    String provider = payment.via().provider();
    return pgs.find(provider)
        .map(pg -> new Name(pg.nameKo(), pg.nameEn()))
        .orElse(new Name(provider, provider));
  }

  private void asked(Payment payment, List<StoryEntry> all) {
    Purchase purchase = payment.purchase();
    all.add(
        StoryEntry.of(
                payment.startedAt(),
                Kind.REQUEST,
                1,
                Who.SHOP,
                Said.of(Line.REQUESTED, payment.amount()))
            .with("merchant_uid", purchase.merchantUid())
            .with("name", purchase.name())
            .with("pay_method", purchase.method())
            .with("environment", purchase.origin().channel())
            .with("user_agent", purchase.origin().userAgent())
            .with("channel_key", payment.via().channelKey()));
    store
        .prepared(payment)
        .ifPresent(
            at -> all.add(StoryEntry.of(at, Kind.REQUEST, 0, Who.SHOP, Said.of(Line.PREPARED))));
  }

  private StoryEntry attempt(Payment payment, Attempt attempt) {
    return StoryEntry.of(
            attempt.startedAt(),
            Kind.ATTEMPT,
            attempt.no(),
            Who.HUB,
            Said.of(Line.ATTEMPT_BEGUN, attempt.no(), pg(payment)))
        .with("order_id", attempt.orderId())
        .with("verb", attempt.verb().name().toLowerCase(Locale.ROOT))
        .with("state", attempt.state().name().toLowerCase(Locale.ROOT))
        .with("tid", attempt.ref() == null ? null : attempt.ref().tid())
        .with("looks", attempt.tries())
        .with("why", attempt.why());
  }

  private StoryEntry cancel(Payment payment, Cancellation cancel) {
    Optional<Actor> asker = askers.of(payment, cancel);
    return StoryEntry.of(
            cancel.requestedAt(),
            Kind.CANCEL,
            cancel.no(),
            Summary.isAdmin(cancel) ? Who.OPERATOR : Who.SHOP,
            Said.of(Line.CANCEL_REQUESTED, Summary.by(cancel), cancel.amount(), cancel.reason()))
        .with("by", asker.map(Actor::name).orElse(null))
        .with("from", asker.map(Actor::address).orElse(null))
        .with("cancellation_id", cancel.id())
        .with("state", cancel.state().name().toLowerCase(Locale.ROOT))
        .with("tid", cancel.tid())
        .with("done_at", cancel.doneAt())
        .with("receipt_url", cancel.receiptUrl())
        .with("looks", cancel.tries())
        .with("why", cancel.why());
  }

  private StoryEntry call(Payment payment, StoryStore.Call call) {
    return StoryEntry.of(call.at(), Kind.CALL, call.id(), Who.HUB, said(payment, call))
        .with("method", call.method())
        .with("url", call.url())
        .with("request", call.request())
        .with("status", call.status())
        .with("answer", call.answer())
        .with("millis", call.millis());
  }

  /** The PG, or the shop by its confirm process. */
  private Said said(Payment payment, StoryStore.Call call) {
    boolean answered = call.status() != 0;
    if (call.url().equals(payment.purchase().confirmUrl())) {
      return answered
          ? Said.of(Line.CONFIRM_ANSWERED, call.status(), call.millis())
          : Said.of(Line.CONFIRM_UNANSWERED, call.millis());
    }
    return answered
        ? Said.of(Line.CALL_ANSWERED, pg(payment), call.status(), call.millis())
        : Said.of(Line.CALL_UNANSWERED, pg(payment), call.millis());
  }

  private static StoryEntry posting(StoryStore.Posting posting) {
    Money amount = new Money(posting.amount(), Currency.getInstance(posting.currency()));
    return StoryEntry.of(
            posting.at(),
            Kind.LEDGER,
            posting.eventId(),
            Who.HUB,
            Said.of(Line.POSTED, posting.debit(), posting.credit(), amount))
        .with("debit", posting.debit())
        .with("credit", posting.credit())
        .with("amount", amount.minor());
  }

  private static void raised(StoryStore.Raised matter, List<StoryEntry> all) {
    all.add(
        StoryEntry.of(
                matter.since(),
                Kind.ATTENTION,
                matter.id(),
                Who.HUB,
                Said.of(Line.MATTER, matter.what()))
            .with("why", matter.why()));
    if (matter.settledAt() != null) {
      StoryStore.Closed closed = matter.closed();
      all.add(
          StoryEntry.of(
              matter.settledAt(),
              Kind.ATTENTION,
              matter.id(),
              closed == null ? Who.HUB : Who.OPERATOR,
              closed == null
                  ? Said.of(Line.MATTER_SETTLED, matter.what())
                  : Said.of(Line.MATTER_DISMISSED, matter.what(), closed.by(), closed.why())));
    }
  }
}
