package dev.naru.payment.notice;

import dev.naru.kernel.Name;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.payment.Payment;
import dev.naru.payment.story.Said;
import dev.naru.payment.story.StoryEntry;
import dev.naru.payment.story.StoryEntry.Kind;
import dev.naru.payment.story.StoryEntry.Who;
import dev.naru.payment.story.StoryPart;
import java.util.List;
import org.springframework.stereotype.Component;

/** What PGs told of a payment by themselves, a row each. */
@Component
class NoticeStory implements StoryPart {

  private final NoticeStore store;
  private final PgDirectory pgs;

  NoticeStory(NoticeStore store, PgDirectory pgs) {
    this.store = store;
    this.pgs = pgs;
  }

  @Override
  public List<StoryEntry> entries(Payment payment) {
    String provider = payment.via().provider();
    Name pg = pgs.find(provider).map(one -> one.name()).orElse(new Name(provider, provider));
    return store.of(payment).stream().map(heard -> entry(pg, heard)).toList();
  }

  private static StoryEntry entry(Name pg, Heard heard) {
    return StoryEntry.of(heard.at(), Kind.NOTICE, heard.id(), Who.PG, said(pg, heard))
        .with("order_id", heard.orderId())
        .with("channel_key", heard.channelKey())
        .with("sender", heard.sender())
        .with("body", heard.body())
        .with("why", heard.why().isEmpty() ? null : heard.why());
  }

  private static Said said(Name pg, Heard heard) {
    Said about = about(heard.kind());
    return switch (heard.outcome()) {
      case CHANGED -> Said.of(Word.NOTICE_TAKEN, pg, about);
      case NOTHING_NEW -> Said.of(Word.NOTICE_NOTHING_NEW, pg, about);
      case REFUSED -> Said.of(Word.NOTICE_REFUSED, pg, about);
    };
  }

  private static Said about(Heard.Kind kind) {
    return switch (kind) {
      case DEPOSITED -> Said.of(Word.DEPOSITED);
      case DEPOSIT_REVERSED -> Said.of(Word.DEPOSIT_REVERSED);
      case AT_TILL -> Said.of(Word.AT_TILL);
      case APPROVED -> Said.of(Word.APPROVED);
      case CHANGED -> Said.of(Word.CHANGED);
      case CHARGED -> Said.of(Word.CHARGED);
      case OTHER -> Said.of(Word.OTHER);
    };
  }
}
