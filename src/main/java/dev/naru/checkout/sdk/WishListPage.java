package dev.naru.checkout.sdk;

import dev.naru.checkout.Checkouts;
import dev.naru.checkout.PayRequest;
import dev.naru.checkout.RawRequest;
import dev.naru.checkout.Refusal;
import dev.naru.connector.Capability.WishLists;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.facts.Presentation;
import dev.naru.connector.window.Wish;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Ids;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What {@code IMP.naver_zzim} calls, from any shop's page. No money moves and nothing is kept: what
 * somebody puts on their list is between them and the PG.
 */
@RestController
@CrossOrigin(origins = "*", allowCredentials = "false", maxAge = 600)
class WishListPage {

  private static final Logger LOG = LoggerFactory.getLogger(WishListPage.class);

  private final Merchants merchants;
  private final Channels channels;
  private final Ids ids;

  WishListPage(Merchants merchants, Channels channels, Ids ids) {
    this.merchants = merchants;
    this.channels = channels;
    this.ids = ids;
  }

  /**
   * Tells where the PG's window is.
   *
   * @throws Failed invalid for a wrong request, or an unknown shop or channel; unsupported if the
   *     PG has no wish lists; refused by PG if it would not open, or if its answer is not known
   */
  @PostMapping("/checkout/wishlist")
  Map<String, Object> open(HttpServletRequest request) {
    WishRequest asked = WishRequest.of(RawRequest.object(request), PayRequest.Headers.of(request));
    Merchant merchant = Checkouts.merchant(merchants, asked.userCode(), asked.tierCode());
    WishLists pg =
        channels
            .choose(merchant.id(), asked.channelKey(), asked.pg(), WishLists.class)
            .require(WishLists.class);
    Wish wish = new Wish(ids.orderId(merchant.slot()), asked.language(), asked.products());
    return switch (pg.openWishList(wish)) {
      case Outcome.Ok<URI>(URI window) ->
          PageAnswer.of(
              Map.of("url", window.toString(), "presentation", Presentation.POPUP.wire()));
      case Outcome.Declined<URI>(Decline decline) ->
          throw new Failed(new Failure.RefusedByPg(decline.why()));
      case Outcome.Unknown<URI>(String why) -> throw unopened(wish, why);
      case Outcome.Pending<URI>(var ref, var until) -> throw unopened(wish, "pending");
    };
  }

  /** Nobody has been sent there: it may be asked for again. */
  private static Failed unopened(Wish wish, String why) {
    LOG.warn("the wish list of {} did not open: {}", wish.id(), why);
    return Failed.refusedByPg(Refusal.NO_WISH_LIST);
  }
}
