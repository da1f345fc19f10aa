package dev.naru.checkout;

import dev.naru.billing.KeyWindows;
import dev.naru.connector.Capability;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Visit;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Money;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.RateLimits;
import dev.naru.merchant.Use;
import dev.naru.payment.Attempt;
import dev.naru.payment.Discounts;
import dev.naru.payment.Payment;
import dev.naru.payment.PaymentStore;
import dev.naru.payment.Purchase;
import dev.naru.payment.Windows;
import dev.naru.webhook.Webhooks;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A payment from the shop's page through the PG's window and back. */
@Component
class Checkouts {

  private static final PayRequest.Meant UNKNOWN = new PayRequest.Meant(null, Money.KRW);

  private final CheckoutStore store;
  private final Merchants merchants;
  private final Channels channels;
  private final ChannelGroups groups;
  private final Windows windows;
  private final KeyWindows keyWindows;
  private final PaymentStore payments;
  private final Webhooks webhooks;
  private final Ids ids;
  private final Settings settings;
  private final Discounts discounts;
  private final RateLimits limits;

  Checkouts(
      CheckoutStore store,
      Merchants merchants,
      Channels channels,
      ChannelGroups groups,
      Windows windows,
      KeyWindows keyWindows,
      PaymentStore payments,
      Webhooks webhooks,
      Ids ids,
      Settings settings,
      Discounts discounts,
      RateLimits limits) {
    this.limits = limits;
    this.discounts = discounts;
    this.store = store;
    this.merchants = merchants;
    this.channels = channels;
    this.groups = groups;
    this.windows = windows;
    this.keyWindows = keyWindows;
    this.payments = payments;
    this.webhooks = webhooks;
    this.ids = ids;
    this.settings = settings;
  }

  /**
   * Makes the payment and its window.
   *
   * @throws Failed where the request is wrong, the shop or channel unknown, the order taken, or the
   *     PG will not open; see {@link Windows#open}
   */
  Checkout open(PayRequest request) {
    return open(request, false);
  }

  /**
   * The same.
   *
   * @param wholePage the page that asks is not the shop's: it goes away and is returned to, on any
   *     device
   */
  Checkout open(PayRequest request, boolean wholePage) {
    Merchant merchant = merchant(request);
    limits.open(merchant.id());
    boolean forKey = request.purchase().customerUid() != null;
    Channel channel = channel(merchant, request, forKey);
    Token token = new Token(merchant.id(), ids.state());
    Visitor visitor = request.visitor();
    Function<ImpUid, Visit> visit = impUid -> visit(token, channel, visitor);
    Purchase purchase = request.purchase(webhooks.defaultUrl(merchant.id()));
    Windows.Opened opened =
        forKey
            ? keyWindows.open(merchant, channel, purchase, visit)
            : windows.open(merchant, channel, discounted(merchant, purchase), visit);
    Checkout checkout =
        new Checkout(
            token,
            opened.payment().impUid(),
            visitor,
            wholePage
                ? Presentation.REDIRECT
                : Presentation.of(channel.pg().code(), purchase, visitor),
            Bridge.of(opened.window()));
    store.insert(checkout, Checkout.Kind.PAYMENT);
    return checkout;
  }

  /** V1: only a window that leads straight to one card company is discounted. */
  private Purchase discounted(Merchant merchant, Purchase purchase) {
    String company = purchase.options().get("card.direct.code");
    boolean direct = company != null && purchase.method().equals("card");
    if (purchase.promotionId() != null && !direct) {
      throw Failed.invalid("프로모션(promotion_id)은 카드사를 지정한 카드 결제(card.direct.code)에서만 사용할 수 있습니다.");
    }
    return discounts.on(merchant, purchase, company);
  }

  /**
   * Which PG a page means, and which currency if it names none: won, if a group is to draw the
   * channel. What else is wrong with it is told in its turn.
   */
  PayRequest.Meant meant(Fields envelope) {
    Fields params = envelope.object("params");
    try {
      String channelKey = params.text("channelKey", 55);
      String pg = params.text("pg", 80);
      if (channelKey == null && pg == null && params.text("channelGroupId", 55) != null) {
        return UNKNOWN;
      }
      boolean forKey = params.text("customer_uid", 80) != null;
      Merchant merchant =
          merchant(merchants, envelope.required("user_code", 20), envelope.text("tier_code", 3));
      Channel channel = choose(merchant, channelKey, pg, forKey);
      return new PayRequest.Meant(channel.pg(), channel.connector().currency());
    } catch (Failed wrong) {
      return UNKNOWN;
    }
  }

  private Channel choose(
      Merchant merchant, @Nullable String channelKey, @Nullable String pg, boolean forKey) {
    return channels.choose(merchant.id(), channelKey, pg, forKey ? Use.KEY_WINDOW : Use.WINDOW);
  }

  /** V1: a channelKey or pg wins over a group, and keys are not issued by groups. */
  private Channel channel(Merchant merchant, PayRequest request, boolean forKey) {
    String group = request.channelGroupId();
    if (group == null || request.channelKey() != null || request.pg() != null) {
      return choose(merchant, request.channelKey(), request.pg(), forKey);
    }
    if (forKey) {
      throw Failed.invalid("채널 그룹(channelGroupId)으로는 결제창에서 빌링키를 발급할 수 없습니다.");
    }
    Purchase purchase = request.purchase();
    if (purchase.method().equals("vbank") && !purchase.options().containsKey("vbank_due")) {
      throw Failed.invalid("채널 그룹으로 가상계좌를 발급하려면 입금기한(vbank_due)이 필요합니다.");
    }
    Predicate<Channel> can = Windows::has;
    return groups.draw(merchant.id(), group, can).getFirst();
  }

  /**
   * Who is to be paid, if the request could be opened.
   *
   * @throws Failed as {@link #open}, as far as that is known without a PG
   */
  Merchant check(PayRequest request) {
    Merchant merchant = merchant(request);
    Channel channel = channel(merchant, request, false);
    if (!Windows.has(channel)) {
      channel.require(Capability.Checkout.class);
    }
    return merchant;
  }

  private Merchant merchant(PayRequest request) {
    return merchant(merchants, request.userCode(), request.tierCode());
  }

  /** Whose page asks. Throws {@link Failed} invalid if nobody is known by these codes. */
  static Merchant merchant(Merchants merchants, String userCode, @Nullable String tierCode) {
    Merchant owner =
        merchants.byUserCode(userCode).orElseThrow(() -> Failed.invalid("등록되지 않은 가맹점 식별코드입니다."));
    return merchants.actingFor(owner.id(), tierCode);
  }

  private Visit visit(Token token, Channel channel, Visitor visitor) {
    return new Visit(
        visitor.mobile(),
        url(token, "/return"),
        url(token, "/close"),
        noticeUrl(settings, channel),
        visitor.language(),
        visitor.appScheme());
  }

  /** Where a page of this window is; empty for the window itself. */
  URI url(Token token, String page) {
    return URI.create(settings.baseUrl() + "/checkout/" + token + page);
  }

  /** Where a channel's PG posts its notices. */
  static URI noticeUrl(Settings settings, Channel channel) {
    return URI.create(
        settings.baseUrl()
            + "/notices/"
            + Long.toString(channel.merchantId(), 36)
            + "/"
            + channel.key());
  }

  /**
   * @throws Failed not found
   */
  Checkout get(String token) {
    return Token.parse(token)
        .flatMap(known -> store.find(known, Checkout.Kind.PAYMENT))
        .orElseThrow(() -> Failed.notFound("결제 요청을 찾을 수 없습니다."));
  }

  Payment payment(Checkout checkout) {
    return payments.find(checkout.token().merchantId(), checkout.impUid()).orElseThrow();
  }

  /** The PG's hosts that the window's page may talk to. */
  List<String> hosts(Payment payment, Bridge bridge) {
    return hosts(channels.get(payment.merchantId(), payment.via().channelKey()), bridge);
  }

  /** The same of any channel's window. */
  static List<String> hosts(Channel channel, Bridge bridge) {
    return switch (channel.mode()) {
      case SANDBOX -> List.of(bridge.origin());
      case LIVE, TEST ->
          Stream.concat(Stream.of(bridge.origin()), channel.pg().browserHosts().stream().sorted())
              .distinct()
              .toList();
    };
  }

  /**
   * The browser is back from the PG. Again and again gives the same.
   *
   * @throws Failed invalid for what is not the PG's return; it changes nothing
   */
  Payment comeBack(Checkout checkout, PgReturn back) {
    Payment payment = payment(checkout);
    return payment.attempt().verb() == Attempt.Verb.WINDOW_KEY
        ? keyWindows.comeBack(payment, back)
        : windows.comeBack(payment, back);
  }

  /** The buyer closes the window; of no effect once the charge has begun. */
  Payment close(Checkout checkout) {
    return windows.close(payment(checkout));
  }
}
