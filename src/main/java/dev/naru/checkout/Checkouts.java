package dev.naru.checkout;

import dev.naru.billing.KeyWindows;
import dev.naru.connector.Capability;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Visit;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.payment.Attempt;
import dev.naru.payment.Discounts;
import dev.naru.payment.Payment;
import dev.naru.payment.PaymentStore;
import dev.naru.payment.Purchase;
import dev.naru.payment.Windows;
import dev.naru.webhook.Webhooks;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** A payment from the shop's page through the PG's window and back. */
@Component
class Checkouts {

  /** PGs whose window for billing keys stays in a frame on mobiles too. */
  private static final Set<String> KEYS_IN_A_FRAME = Set.of("html5_inicis");

  /** PGs all of whose windows do. */
  private static final Set<String> IN_A_FRAME = Set.of("payco");

  /** PGs for which a page is left on desktops too, and the option that keeps it where it is. */
  private static final Map<String, String> LEAVES_UNLESS = Map.of("naverpay", "naverPopupMode");

  /** PGs that show a phone the window of PCs, in a frame as there, and the option to ask for it. */
  private static final Map<String, String> AS_ON_A_PC = Map.of("kakaopay", "kakaopayMobileAsPC");

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
      Discounts discounts) {
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
                || (visitor.redirectUrl() != null && leaves(channel, purchase, visitor.mobile())),
            Bridge.of(opened.window()));
    store.insert(checkout);
    return checkout;
  }

  /** Whether the shop's page makes way for the window; otherwise it is a layer in the page. */
  private static boolean leaves(Channel channel, Purchase purchase, boolean mobile) {
    String pg = channel.pg().code();
    boolean forKey = purchase.customerUid() != null;
    String asOnAPc = AS_ON_A_PC.get(pg);
    if (mobile && asOnAPc != null && "true".equals(purchase.options().get(asOnAPc))) {
      return false;
    }
    if (mobile) {
      return !IN_A_FRAME.contains(pg) && !(forKey && KEYS_IN_A_FRAME.contains(pg));
    }
    String unless = LEAVES_UNLESS.get(pg);
    return unless != null && !"true".equals(purchase.options().get(unless));
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

  /** V1: a channelKey or pg wins over a group, and keys are not issued by groups. */
  private Channel channel(Merchant merchant, PayRequest request, boolean forKey) {
    String group = request.channelGroupId();
    if (group == null || request.channelKey() != null || request.pg() != null) {
      return channels.choose(
          merchant.id(),
          request.channelKey(),
          request.pg(),
          forKey ? Capability.WindowKey.class : Capability.Checkout.class);
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
    Merchant owner =
        merchants
            .byUserCode(request.userCode())
            .orElseThrow(() -> Failed.invalid("등록되지 않은 가맹점 식별코드입니다."));
    return merchants.actingFor(owner.id(), request.tierCode());
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
        .flatMap(store::find)
        .orElseThrow(() -> Failed.notFound("결제 요청을 찾을 수 없습니다."));
  }

  Payment payment(Checkout checkout) {
    return payments.find(checkout.token().merchantId(), checkout.impUid()).orElseThrow();
  }

  /** The PG's hosts that the window's page may talk to. */
  List<String> hosts(Payment payment, Bridge bridge) {
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
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
