package dev.naru.checkout.story;

import dev.naru.checkout.CheckoutStore;
import dev.naru.checkout.Visitor;
import dev.naru.payment.Payment;
import dev.naru.payment.story.Said;
import dev.naru.payment.story.StoryEntry;
import dev.naru.payment.story.StoryEntry.Kind;
import dev.naru.payment.story.StoryEntry.Who;
import dev.naru.payment.story.StoryPart;
import java.util.List;
import org.springframework.stereotype.Component;

/** Every window of a payment: when it was opened, and from which page. */
@Component
class CheckoutStory implements StoryPart {

  private final CheckoutStore store;

  CheckoutStory(CheckoutStore store) {
    this.store = store;
  }

  @Override
  public List<StoryEntry> entries(Payment payment) {
    return store.opened(payment.merchantId(), payment.impUid()).stream()
        .map(one -> entry(payment, one))
        .toList();
  }

  private static StoryEntry entry(Payment payment, CheckoutStore.Opened one) {
    Visitor visitor = one.visitor();
    boolean known = visitor.origin().contains("://");
    return StoryEntry.of(
            one.at(),
            Kind.WINDOW,
            0,
            Who.BUYER,
            known ? Said.of(Word.OPENED_AT, visitor.origin()) : Said.of(Word.OPENED))
        .with("environment", payment.purchase().origin().channel())
        .with("language", visitor.language())
        .with("m_redirect_url", visitor.redirectUrl());
  }
}
