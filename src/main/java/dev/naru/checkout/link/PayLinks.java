package dev.naru.checkout.link;

import dev.naru.checkout.Checkout;
import dev.naru.checkout.Checkouts;
import dev.naru.checkout.Fields;
import dev.naru.checkout.PayRequest;
import dev.naru.checkout.RawRequest;
import dev.naru.checkout.Refusal;
import dev.naru.checkout.Token;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.door.RateLimits;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.PaymentLists;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Payment links: made by a shop, paid by whoever has the address, disabled. */
@Component
class PayLinks {

  /** Of what a link asks for, in characters: anybody may make one, and it is kept. */
  private static final int LARGEST = 16_000;

  private static final int CODE = 16;

  private final PayLinkStore store;
  private final Checkouts checkouts;
  private final PaymentLists payments;
  private final HubClock clock;
  private final Ids ids;
  private final Settings settings;
  private final RateLimits limits;

  PayLinks(
      PayLinkStore store,
      Checkouts checkouts,
      PaymentLists payments,
      HubClock clock,
      Ids ids,
      Settings settings,
      RateLimits limits) {
    this.limits = limits;
    this.store = store;
    this.checkouts = checkouts;
    this.payments = payments;
    this.clock = clock;
    this.ids = ids;
    this.settings = settings;
  }

  /**
   * Makes a link.
   *
   * @param body V1's, flat or with all but {@code expired_at} as a JSON text in {@code
   *     payment_info}
   * @throws Failed invalid for what no window could be opened for; wrong state if the order is paid
   */
  PayLink make(JsonNode body) {
    return make(body, freshCode());
  }

  /** What tells a link from the shop's others; nobody can guess it. */
  String freshCode() {
    return ids.state().substring(0, CODE);
  }

  PayLink make(JsonNode body, String code) {
    Fields outer = new Fields(body);
    JsonNode given = body.path("payment_info");
    JsonNode info =
        given.isMissingNode()
            ? body
            : given.isString() ? RawRequest.object(given.asString()) : given;
    Fields fields = new Fields(info);
    PayLink.Order order = LinkOrders.order(fields);
    if (order.params().toString().length() > LARGEST) {
      throw Failed.invalid(Refusal.LINK_TOO_LONG, LARGEST);
    }
    Instant expires = expiry(outer.has("expired_at") ? outer : fields);
    Merchant merchant = null;
    for (PayLink.Method method : order.methods()) {
      merchant = checkouts.check(request(order, method, NOBODY));
    }
    if (merchant == null) {
      throw Failed.invalid(Refusal.LINK_METHODS_REQUIRED);
    }
    limits.open(merchant.id());
    if (last(merchant.id(), order, "paid").isPresent()) {
      throw Failed.wrongState(Refusal.LINK_PAID);
    }
    Token token = new Token(merchant.id(), code);
    PayLink link = new PayLink(token, order, expires, false);
    store.insert(link, clock.instant());
    return link;
  }

  private static final PayRequest.Headers NOBODY = new PayRequest.Headers(null, null, null);

  private @Nullable Instant expiry(Fields fields) {
    String text = fields.loose("expired_at", 20);
    if (text == null) {
      return null;
    }
    if (!text.matches("\\d{1,11}")) {
      throw Failed.invalid(Refusal.LINK_EXPIRY_NO_SECONDS);
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(text));
    if (!at.isAfter(clock.instant())) {
      throw Failed.invalid(Refusal.LINK_EXPIRY_IN_PAST);
    }
    return at;
  }

  Optional<PayLink> find(String code) {
    return Token.parse(code).flatMap(store::find);
  }

  /** Throws {@link Failed} not found. */
  PayLink get(String code) {
    return find(code).orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_LINK));
  }

  /** From now on nobody can pay by it. Again and again is the same. */
  void disable(PayLink link) {
    store.disable(link.token(), clock.instant());
  }

  /** What became of the order so far: the payment that counts, or the last one tried. */
  Optional<Payment> payment(PayLink link) {
    long merchantId = link.token().merchantId();
    return last(merchantId, link.order(), "paid")
        .or(() -> last(merchantId, link.order(), "cancelled"))
        .or(() -> last(merchantId, link.order(), null));
  }

  private Optional<Payment> last(long merchantId, PayLink.Order order, @Nullable String status) {
    String merchantUid = order.params().path("merchant_uid").asString("");
    return payments.first(merchantId, merchantUid, status, PaymentLists.Sorting.NEWEST);
  }

  boolean isOver(PayLink link) {
    return link.isOver(clock.instant());
  }

  /**
   * Begins a payment.
   *
   * @throws Failed wrong state for a link that is over; invalid for a method it does not have; and
   *     as {@link Checkouts#open}
   */
  Checkout pay(PayLink link, int method, PayRequest.Headers headers) {
    if (isOver(link)) {
      throw Failed.wrongState(Refusal.LINK_OVER);
    }
    if (method < 0 || method >= link.order().methods().size()) {
      throw Failed.invalid(Refusal.LINK_UNKNOWN_METHOD);
    }
    PayLink.Method chosen = link.order().methods().get(method);
    PayRequest request =
        PayRequest.of(
            PayLink.request(link.order(), chosen, url(link).toString(), isMobile(headers)),
            headers,
            this::meant);
    return checkouts.open(request, true);
  }

  private PayRequest request(
      PayLink.Order order, PayLink.Method method, PayRequest.Headers headers) {
    return PayRequest.of(
        PayLink.request(order, method, settings.baseUrl() + "/link", false), headers, this::meant);
  }

  /** A link that names no currency is in won, whatever its PG means elsewhere. */
  private PayRequest.Meant meant(Fields envelope) {
    return new PayRequest.Meant(checkouts.meant(envelope).pg(), Money.KRW);
  }

  private static boolean isMobile(PayRequest.Headers headers) {
    String agent = headers.userAgent();
    return agent != null && agent.matches("(?i).*(mobi|android|iphone|ipad).*");
  }

  /** Where it is paid. */
  URI url(PayLink link) {
    return URI.create(settings.baseUrl() + "/link/" + link.token());
  }
}
