package dev.naru.webhook;

import dev.naru.payment.Payment;
import dev.naru.payment.story.Said;
import dev.naru.payment.story.StoryEntry;
import dev.naru.payment.story.StoryEntry.Kind;
import dev.naru.payment.story.StoryEntry.Who;
import dev.naru.payment.story.StoryPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What webhooks have to tell of a payment: every one, and every try of it. */
@Component
class WebhookStory implements StoryPart {

  private final DeliveryStore store;

  WebhookStory(DeliveryStore store) {
    this.store = store;
  }

  @Override
  public List<StoryEntry> entries(Payment payment) {
    List<StoryEntry> entries = new ArrayList<>();
    for (Delivery delivery : store.log(payment.merchantId(), payment.impUid())) {
      for (Delivery.Try one : delivery.log()) {
        entries.add(entry(delivery, one));
      }
      if (delivery.state() != Delivery.State.DELIVERED) {
        entries.add(open(delivery));
      }
    }
    return entries;
  }

  private static StoryEntry entry(Delivery delivery, Delivery.Try one) {
    Said said =
        one.status() == 0
            ? Said.of(Word.TRY_UNANSWERED, delivery.status(), one.millis())
            : Said.of(Word.TRY_ANSWERED, delivery.status(), one.status(), one.millis());
    return of(delivery, StoryEntry.of(one.at(), Kind.WEBHOOK, one.no(), Who.HUB, said))
        .with("try", one.no())
        .with("status", one.status())
        .with("answer", one.answer());
  }

  private static StoryEntry open(Delivery delivery) {
    Said said =
        delivery.state() == Delivery.State.WAITING
            ? Said.of(Word.WAITS, delivery.status())
            : Said.of(Word.GIVEN_UP, delivery.status());
    // What came of the last try is said after it.
    Instant at = delivery.log().isEmpty() ? delivery.createdAt() : delivery.log().getLast().at();
    return of(
        delivery,
        StoryEntry.of(at, Kind.WEBHOOK, delivery.tries() + 1, Who.HUB, said)
            .with("due_at", delivery.dueAt()));
  }

  private static StoryEntry of(Delivery delivery, StoryEntry entry) {
    return entry
        .with("url", delivery.url())
        .with("event_id", delivery.eventId())
        .with("no", delivery.no())
        .with("state", delivery.state().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public Optional<Said> summary(Payment payment) {
    List<Delivery> all = store.log(payment.merchantId(), payment.impUid());
    long givenUp = all.stream().filter(one -> one.state() == Delivery.State.GIVEN_UP).count();
    long waiting = all.stream().filter(one -> one.state() == Delivery.State.WAITING).count();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    if (givenUp > 0) {
      return Optional.of(Said.of(Word.SOME_GIVEN_UP, givenUp));
    }
    return Optional.of(
        waiting > 0 ? Said.of(Word.SOME_WAIT, waiting) : Said.of(Word.ALL_DELIVERED));
  }
}
