package dev.naru.checkout;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.RateLimits;
import dev.naru.payment.Payment;
import dev.naru.payment.PaymentLists;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Payment links: made by a shop, paid by whoever has the address, disabled. */
@Component
class PayLinks {

  /** What is not a parameter of the payment. */
  private static final Set<String> OF_THE_LINK =
      Set.of(
          "title",
          "user_code",
          "tier_code",
          "expired_at",
          "display_language",
          "pay_methods",
          "direct",
          "payment_info");

  /** A link pays for one order, once. */
  private static final Set<String> NOT_BY_LINK = Set.of("customer_uid", "m_redirect_url", "popup");

  /** Of what a link asks for, in characters: anybody may make one, and it is kept. */
  private static final int LARGEST = 16_000;

  private static final int MOST_METHODS = 20;
  private static final Set<String> LANGUAGES = Set.of("ko", "en");

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
    Fields outer = new Fields(body);
    JsonNode given = body.path("payment_info");
    JsonNode info =
        given.isMissingNode()
            ? body
            : given.isString() ? RawRequest.object(given.asString()) : given;
    Fields fields = new Fields(info);
    PayLink.Order order = order(fields);
    if (order.params().toString().length() > LARGEST) {
      throw Failed.invalid("결제 정보는 모두 합하여 " + LARGEST + "자를 초과할 수 없습니다.");
    }
    Instant expires = expiry(outer.has("expired_at") ? outer : fields);
    Merchant merchant = null;
    for (PayLink.Method method : order.methods()) {
      merchant = checkouts.check(request(order, method, NOBODY));
    }
    if (merchant == null) {
      throw Failed.invalid("결제수단(pay_methods 또는 direct)은 필수 입력값입니다.");
    }
    limits.open(merchant.id());
    if (last(merchant.id(), order, "paid").isPresent()) {
      throw Failed.wrongState("이미 결제가 완료된 merchant_uid입니다.");
    }
    Token token = new Token(merchant.id(), ids.state().substring(0, 16));
    PayLink link = new PayLink(token, order, expires, false);
    store.insert(link, clock.instant());
    return link;
  }

  private static final PayRequest.Headers NOBODY = new PayRequest.Headers(null, null, null);

  private static PayLink.Order order(Fields fields) {
    String title = fields.required("title", 100);
    String userCode = fields.required("user_code", 20);
    for (String required : List.of("currency", "buyer_tel")) {
      if (fields.loose(required, 16) == null) {
        throw Failed.invalid(required + "은(는) 필수 입력값입니다.");
      }
    }
    boolean direct = fields.has("direct");
    if (direct == fields.has("pay_methods")) {
      throw Failed.invalid("pay_methods와 direct 중 하나만 입력해 주세요.");
    }
    String language = fields.text("display_language", 10);
    return new PayLink.Order(
        title,
        language != null && LANGUAGES.contains(language) ? language : "ko",
        userCode,
        fields.text("tier_code", 3),
        params(fields.node()),
        direct ? List.of(method(fields.object("direct"))) : methods(fields.node()),
        direct);
  }

  private static List<PayLink.Method> methods(JsonNode info) {
    JsonNode given = info.path("pay_methods");
    if (!given.isArray() || given.isEmpty() || given.size() > MOST_METHODS) {
      throw Failed.invalid("pay_methods는 1개 이상 " + MOST_METHODS + "개 이하의 배열이어야 합니다.");
    }
    List<PayLink.Method> methods = new ArrayList<>();
    given.forEach(each -> methods.add(method(new Fields(each))));
    return methods;
  }

  private static PayLink.Method method(Fields fields) {
    String channelKey = fields.text("channelKey", 55);
    String pg = fields.text("pg", 80);
    if (channelKey == null && pg == null) {
      throw Failed.invalid("결제수단마다 channelKey는 필수 입력값입니다.");
    }
    return new PayLink.Method(
        channelKey, pg, fields.required("pay_method", 20), fields.text("label", 40));
  }

  /** Numbers as texts too: the shops' servers that make links are not all typed. */
  private static JsonNode params(JsonNode info) {
    ObjectNode params = JsonMapper.shared().createObjectNode();
    info.properties().stream()
        .filter(each -> !OF_THE_LINK.contains(each.getKey()))
        .filter(each -> !NOT_BY_LINK.contains(each.getKey()))
        .forEach(each -> params.set(each.getKey(), each.getValue()));
    for (String name : List.of("amount", "tax_free", "vat_amount")) {
      String text = params.path(name).asString("");
      if (params.path(name).isString() && text.matches("\\d{1,15}")) {
        params.put(name, Long.parseLong(text));
      }
    }
    return params;
  }

  private @Nullable Instant expiry(Fields fields) {
    String text = fields.loose("expired_at", 20);
    if (text == null) {
      return null;
    }
    if (!text.matches("\\d{1,11}")) {
      throw Failed.invalid("expired_at은 UNIX 초(second)여야 합니다.");
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(text));
    if (!at.isAfter(clock.instant())) {
      throw Failed.invalid("expired_at은 현재 시각 이후여야 합니다.");
    }
    return at;
  }

  Optional<PayLink> find(String code) {
    return Token.parse(code).flatMap(store::find);
  }

  /** Throws {@link Failed} not found. */
  PayLink get(String code) {
    return find(code).orElseThrow(() -> Failed.notFound("존재하지 않는 결제 링크입니다."));
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
      throw Failed.wrongState("사용할 수 없는 결제 링크입니다.");
    }
    if (method < 0 || method >= link.order().methods().size()) {
      throw Failed.invalid("선택할 수 없는 결제수단입니다.");
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
