package dev.naru.aftercare.story;

import dev.naru.aftercare.story.AftercareStoryStore.Followed;
import dev.naru.payment.Payment;
import dev.naru.payment.story.Said;
import dev.naru.payment.story.StoryEntry;
import dev.naru.payment.story.StoryEntry.Kind;
import dev.naru.payment.story.StoryEntry.Who;
import dev.naru.payment.story.StoryPart;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What followed a sale: cash receipts, registered deliveries, what its PG was told. */
@Component
class AftercareStory implements StoryPart {

  private final AftercareStoryStore store;

  AftercareStory(AftercareStoryStore store) {
    this.store = store;
  }

  @Override
  public List<StoryEntry> entries(Payment payment) {
    List<StoryEntry> entries = new ArrayList<>();
    for (Followed one : store.of(payment)) {
      entries.add(
          StoryEntry.of(one.at(), Kind.AFTERCARE, entries.size(), Who.SHOP, said(one))
              .with("state", one.state())
              .with("about", one.about())
              .with("url", one.url())
              .with("why", one.why()));
    }
    return entries;
  }

  private static Said said(Followed one) {
    return switch (one.kind()) {
      case "receipt" -> Said.of(Word.RECEIPT_REQUESTED);
      case "receipt_end" -> Said.of(Word.RECEIPT_WAS_REVOKED);
      case "delivery" -> Said.of(Word.DELIVERY_REGISTERED);
      case "partner" -> Said.of(Word.PARTNER_RECEIPT_REQUESTED);
      default -> Said.of(Word.PG_TOLD);
    };
  }
}
