package dev.naru.checkout.link;

import dev.naru.checkout.Fields;
import dev.naru.checkout.PayRequest;
import dev.naru.checkout.Refusal;
import dev.naru.checkout.Token;
import dev.naru.checkout.link.PayLinkStore.Stored;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import dev.naru.payment.Payment;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Payment links as a person at the console makes them, looks at them and switches them off. */
@Component
public class LinkDesk {

  private final PayLinks links;
  private final PayLinkStore store;
  private final Merchants merchants;
  private final Changes changes;
  private final HubClock clock;

  LinkDesk(
      PayLinks links, PayLinkStore store, Merchants merchants, Changes changes, HubClock clock) {
    this.links = links;
    this.store = store;
    this.merchants = merchants;
    this.changes = changes;
    this.clock = clock;
  }

  /** What can be done with a link now. */
  public enum State {
    OPEN,
    PAID,
    EXPIRED,
    OFF
  }

  /**
   * A link.
   *
   * @param code in its address, and its name here
   * @param name of the order
   * @param methods what buyers choose from, by the shop's labels or V1's names
   * @param payment the one that counts, or the last one tried; null for none
   */
  public record Shown(
      long merchantId,
      String code,
      URI url,
      State state,
      String title,
      String name,
      String merchantUid,
      Money amount,
      List<String> methods,
      Times times,
      @Nullable Payment payment) {}

  /** When it was made, and when it ends or was switched off; null for never. */
  public record Times(Instant made, @Nullable Instant expires, @Nullable Instant off) {}

  /**
   * A page of links, the newest first.
   *
   * @param next the code of its last link if there are more
   */
  public record Page(List<Shown> links, @Nullable String next) {}

  /**
   * @param after the code of the last link of the page before; null for the first
   */
  public Page page(Collection<Long> merchantIds, @Nullable String after, int size) {
    Stored last = after == null ? null : Token.parse(after).flatMap(store::stored).orElse(null);
    boolean theirs = last != null && merchantIds.contains(last.link().token().merchantId());
    List<Stored> found = store.page(merchantIds, theirs ? last : null, size + 1);
    List<Shown> shown =
        found.subList(0, Math.min(size, found.size())).stream().map(this::shown).toList();
    return new Page(shown, found.size() > size ? shown.getLast().code() : null);
  }

  /** Throws {@link Failed} not found. */
  public Shown get(long merchantId, String code) {
    return shown(stored(merchantId, code));
  }

  /** One of some shops', by its code. Throws {@link Failed} not found. */
  public Shown find(Collection<Long> merchantIds, String code) {
    return Token.parse(code)
        .filter(token -> merchantIds.contains(token.merchantId()))
        .flatMap(store::stored)
        .map(this::shown)
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_LINK));
  }

  /** For a form that makes one link, however often it is sent. */
  public String once() {
    return links.freshCode();
  }

  /**
   * Makes one as the shop's server would.
   *
   * @param order V1's parameters, without the shop's name
   * @param once what a form was given by {@link #once}: sent twice, it makes one link
   * @throws Failed invalid for what no window could be opened for; wrong state if the order is paid
   */
  public Shown make(Actor actor, Merchant shop, ObjectNode order, String once) {
    String code = once.matches("[0-9a-f]{16}") ? once : once();
    ObjectNode named = order.deepCopy();
    Long parent = shop.parentId();
    named.put("user_code", parent == null ? shop.userCode() : merchants.get(parent).userCode());
    named.put("tier_code", shop.tierCode());
    return changes.make(
        actor,
        shop.id(),
        Act.LINK_MADE,
        "",
        change -> {
          Token token = new Token(shop.id(), code);
          if (store.stored(token).isPresent()) {
            change.none();
            return get(shop.id(), token.toString());
          }
          PayLink link = links.make(named, code);
          Shown shown = get(shop.id(), link.token().toString());
          change
              .about(shown.code())
              .after(
                  Map.of("merchant_uid", shown.merchantUid(), "amount", shown.amount().toString()));
          return shown;
        });
  }

  /** From now on nobody can pay by it. Throws {@link Failed} not found. */
  public Shown close(Actor actor, long merchantId, String code) {
    Stored stored = stored(merchantId, code);
    return changes.make(
        actor,
        merchantId,
        Act.LINK_CLOSED,
        code,
        change -> {
          if (stored.link().disabled()) {
            change.none();
          }
          links.disable(stored.link());
          change.after(Map.of());
          return get(merchantId, code);
        });
  }

  private Stored stored(long merchantId, String code) {
    return Token.parse(code)
        .filter(token -> token.merchantId() == merchantId)
        .flatMap(store::stored)
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_LINK));
  }

  private Shown shown(Stored stored) {
    PayLink link = stored.link();
    PayLink.Order order = link.order();
    Payment payment = links.payment(link).orElse(null);
    return new Shown(
        link.token().merchantId(),
        link.token().toString(),
        links.url(link),
        state(link, payment),
        order.title(),
        order.params().path("name").asString(""),
        order.params().path("merchant_uid").asString(""),
        PayRequest.amount(new Fields(order.params())),
        order.methods().stream().map(LinkDesk::label).toList(),
        new Times(stored.made(), link.expiresAt(), stored.off()),
        payment);
  }

  private State state(PayLink link, @Nullable Payment payment) {
    if (payment != null && payment.state() instanceof Payment.State.Paid) {
      return State.PAID;
    }
    if (link.disabled()) {
      return State.OFF;
    }
    return link.isOver(clock.instant()) ? State.EXPIRED : State.OPEN;
  }

  private static String label(PayLink.Method method) {
    String label = method.label();
    return label == null ? method.payMethod() : label;
  }
}
