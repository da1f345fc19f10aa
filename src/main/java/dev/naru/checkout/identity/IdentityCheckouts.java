package dev.naru.checkout.identity;

import static dev.naru.certification.Refusal.UNKNOWN_REQUEST;

import dev.naru.certification.Certification;
import dev.naru.certification.IdentityWindows;
import dev.naru.checkout.Bridge;
import dev.naru.checkout.Checkout;
import dev.naru.checkout.CheckoutStore;
import dev.naru.checkout.Checkouts;
import dev.naru.checkout.Fields;
import dev.naru.checkout.Token;
import dev.naru.checkout.Visitor;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.Pg;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Visit;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.door.RateLimits;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** An identity verification from the shop's page through the PG's window and back. */
@Component
class IdentityCheckouts {

  private final CheckoutStore store;
  private final Merchants merchants;
  private final Channels channels;
  private final IdentityWindows windows;
  private final Ids ids;
  private final Settings settings;
  private final RateLimits limits;

  IdentityCheckouts(
      CheckoutStore store,
      Merchants merchants,
      Channels channels,
      IdentityWindows windows,
      Ids ids,
      Settings settings,
      RateLimits limits) {
    this.limits = limits;
    this.store = store;
    this.merchants = merchants;
    this.channels = channels;
    this.windows = windows;
    this.ids = ids;
    this.settings = settings;
  }

  /**
   * Makes the verification and its window.
   *
   * @throws Failed where the request is wrong, the shop or channel unknown, or the PG will not
   *     open; see {@link IdentityWindows#open}
   */
  Opened open(IdentityRequest request) {
    Merchant merchant = Checkouts.merchant(merchants, request.userCode(), request.tierCode());
    limits.open(merchant.id());
    Channel channel =
        channels.choose(merchant.id(), request.channelKey(), request.pg(), IdentityWindow.class);
    Token token = new Token(merchant.id(), ids.state());
    Visitor visitor = request.visitor();
    IdentityWindows.Opened opened =
        windows.open(merchant, channel, request.wanted(), () -> visit(token, channel, visitor));
    Checkout checkout =
        new Checkout(
            token,
            opened.certification().impUid(),
            visitor,
            request.presentation(),
            Bridge.of(opened.window()));
    store.insert(checkout, Checkout.Kind.IDENTITY);
    return new Opened(checkout, opened.certification());
  }

  /** Which PG a page means; null if none. What else is wrong with it is told in its turn. */
  @Nullable Pg<?> meant(Fields envelope) {
    Fields params = envelope.object("params");
    try {
      Merchant merchant =
          Checkouts.merchant(
              merchants, envelope.required("user_code", 20), envelope.text("tier_code", 3));
      return channels
          .choose(
              merchant.id(),
              params.text("channelKey", 55),
              params.text("pg", 80),
              IdentityWindow.class)
          .pg();
    } catch (Failed wrong) {
      return null;
    }
  }

  /** A window, and the verification it is for. */
  record Opened(Checkout checkout, Certification certification) {}

  private Visit visit(Token token, Channel channel, Visitor visitor) {
    return new Visit(
        visitor.mobile(),
        url(token, "/return"),
        url(token, "/close"),
        Checkouts.noticeUrl(settings, channel),
        visitor.language(),
        visitor.appScheme());
  }

  /** Where a page of this window is; empty for the window itself. */
  URI url(Token token, String page) {
    return URI.create(settings.baseUrl() + "/checkout/identity/" + token + page);
  }

  /**
   * @throws Failed not found
   */
  Checkout get(String token) {
    return Token.parse(token)
        .flatMap(known -> store.find(known, Checkout.Kind.IDENTITY))
        .orElseThrow(() -> Failed.notFound(UNKNOWN_REQUEST));
  }

  Certification certification(Checkout checkout) {
    return windows.get(checkout.token().merchantId(), checkout.impUid());
  }

  /** The PG's hosts that the window's page may talk to. */
  List<String> hosts(Certification of, Bridge bridge) {
    return Checkouts.hosts(channels.get(of.merchantId(), of.via().channelKey()), bridge);
  }

  /** See {@link IdentityWindows#comeBack}. */
  Certification comeBack(Checkout checkout, PgReturn back) {
    return windows.comeBack(certification(checkout), back);
  }

  /** See {@link IdentityWindows#close}. */
  Certification close(Checkout checkout) {
    return windows.close(certification(checkout));
  }
}
