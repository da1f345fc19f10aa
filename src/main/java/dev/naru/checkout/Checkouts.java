package dev.naru.checkout;

import static dev.naru.merchant.Refusal.UNKNOWN_USER_CODE;

import dev.naru.billing.KeyWindows;
import dev.naru.connector.Capability;
import dev.naru.connector.facts.PgFacts;
import dev.naru.connector.facts.Presentation;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Visit;
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
import dev.naru.merchant.Use;
import dev.naru.merchant.door.RateLimits;
import dev.naru.merchant.reach.ReturnAddresses;
import dev.naru.payment.Attempt;
import dev.naru.payment.Discounts;
import dev.naru.payment.HookUrls;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.WindowOpenings;
import dev.naru.payment.flow.Windows;
import dev.naru.payment.store.PaymentStore;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A payment from the shop's page through the PG's window and back. */
@Component
public class Checkouts {

  private static final PayRequest.Meant UNKNOWN = new PayRequest.Meant(null, Money.KRW);

  private final CheckoutStore store;
  private final Merchants merchants;
  private final Channels channels;
  private final ChannelGroups groups;
  private final Windows windows;
  private final WindowOpenings openings;
  private final KeyWindows keyWindows;
  private final PaymentStore payments;
  private final HookUrls hooks;
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
      WindowOpenings openings,
      KeyWindows keyWindows,
      PaymentStore payments,
      HookUrls hooks,
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
    this.openings = openings;
    this.keyWindows = keyWindows;
    this.payments = payments;
    this.hooks = hooks;
    this.ids = ids;
    this.settings = settings;
  }

  /**
   * Makes the payment and its window.
   *
   * @throws Failed where the request is wrong, the shop or channel unknown, the order taken, or the
   *     PG will not open; see {@link WindowOpenings#open}
   */
  public Checkout open(PayRequest request) {
    return open(request, false);
  }

  /**
   * The same.
   *
   * @param wholePage the page that asks is not the shop's: it goes away and is returned to, on any
   *     device
   */
  public Checkout open(PayRequest request, boolean wholePage) {
    Merchant merchant = merchant(request);
    limits.open(merchant.id());
    boolean forKey = request.purchase().customerUid() != null;
    Channel channel = channel(merchant, request, forKey);
    Token token = new Token(merchant.id(), ids.state());
    ReturnAddresses.require(channel.pg(), url(token, "/return"));
    Visitor visitor = request.visitor();
    Function<ImpUid, Visit> visit = impUid -> visit(token, channel, visitor);
    Purchase purchase = told(merchant, request.purchase());
    WindowOpenings.Opened opened =
        forKey
            ? keyWindows.open(merchant, channel, purchase, visit)
            : openings.open(merchant, channel, discounted(merchant, purchase), visit);
    Checkout checkout =
        new Checkout(
            token,
            opened.payment().impUid(),
            visitor,
            wholePage
                ? Presentation.REDIRECT
                : visitor.shown(PgFacts.of(channel.pg().provider()), purchase),
            Bridge.of(opened.window()));
    store.insert(checkout, Checkout.Kind.PAYMENT);
    return checkout;
  }

  /** Where the shop hears of it, and is asked: as it is set now, for as long as it is open. */
  private Purchase told(Merchant merchant, Purchase purchase) {
    return purchase
        .announcedBy(hooks.defaults(merchant.id()))
        .confirmedAt(hooks.confirmUrl(merchant.id(), purchase.confirmUrl()).orElse(null));
  }

  /** V1: only a window that leads straight to one card company is discounted. */
  private Purchase discounted(Merchant merchant, Purchase purchase) {
    String company = purchase.wishes().cards().company();
    boolean direct = company != null && purchase.method().equals("card");
    if (purchase.promotionId() != null && !direct) {
      throw Failed.invalid(Refusal.PROMOTION_WITHOUT_CARD);
    }
    return discounts.on(merchant, purchase, company);
  }

  /**
   * Which PG a page means, and which currency if it names none: won, if a group is to draw the
   * channel. What else is wrong with it is told in its turn.
   */
  public PayRequest.Meant meant(Fields envelope) {
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
      throw Failed.invalid(Refusal.GROUP_ISSUES_NO_KEY);
    }
    Purchase purchase = request.purchase();
    if (purchase.method().equals("vbank") && purchase.wishes().account().due() == null) {
      throw Failed.invalid(Refusal.GROUP_NEEDS_DUE);
    }
    Predicate<Channel> can = WindowOpenings::has;
    return groups.draw(merchant.id(), group, can).getFirst();
  }

  /**
   * Who is to be paid, if the request could be opened.
   *
   * @throws Failed as {@link #open}, as far as that is known without a PG
   */
  public Merchant check(PayRequest request) {
    Merchant merchant = merchant(request);
    Channel channel = channel(merchant, request, false);
    if (!WindowOpenings.has(channel)) {
      channel.require(Capability.Checkout.class);
    }
    return merchant;
  }

  private Merchant merchant(PayRequest request) {
    return merchant(merchants, request.userCode(), request.tierCode());
  }

  /** Whose page asks. Throws {@link Failed} invalid if nobody is known by these codes. */
  public static Merchant merchant(Merchants merchants, String userCode, @Nullable String tierCode) {
    Merchant owner =
        merchants.byUserCode(userCode).orElseThrow(() -> Failed.invalid(UNKNOWN_USER_CODE));
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
  public URI url(Token token, String page) {
    return ReturnAddresses.of(settings.baseUrl(), token.toString(), page);
  }

  /** Where a channel's PG posts its notices. */
  public static URI noticeUrl(Settings settings, Channel channel) {
    return ReturnAddresses.notices(settings.baseUrl(), channel.merchantId(), channel.key());
  }

  /**
   * @throws Failed not found
   */
  public Checkout get(String token) {
    return Token.parse(token)
        .flatMap(known -> store.find(known, Checkout.Kind.PAYMENT))
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_CHECKOUT));
  }

  public Payment payment(Checkout checkout) {
    return payments.find(checkout.token().merchantId(), checkout.impUid()).orElseThrow();
  }

  /** The PG's hosts that the window's page may talk to. */
  public List<String> hosts(Payment payment, Bridge bridge) {
    return hosts(channels.get(payment.merchantId(), payment.via().channelKey()), bridge);
  }

  /** The same of any channel's window. */
  public static List<String> hosts(Channel channel, Bridge bridge) {
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
  public Payment close(Checkout checkout) {
    return windows.close(payment(checkout));
  }
}
