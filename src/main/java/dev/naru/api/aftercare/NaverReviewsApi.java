package dev.naru.api.aftercare;

import dev.naru.aftercare.OrderedProducts;
import dev.naru.api.Refusal;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.connector.AfterSale.ProductOrders;
import dev.naru.connector.aftercare.ProductReview;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /naver/reviews}: what buyers wrote of goods of Naver Pay's order type. */
@RestController
class NaverReviewsApi {

  /** What is listed where no time is named. */
  private static final Duration REVIEWED = Duration.ofDays(30);

  private final OrderedProducts products;
  private final Channels channels;
  private final HubClock clock;

  NaverReviewsApi(OrderedProducts products, Channels channels, HubClock clock) {
    this.products = products;
    this.channels = channels;
    this.clock = clock;
  }

  @GetMapping("/naver/reviews")
  Envelope reviews(Merchant merchant, Params params) {
    String channelKey = params.text("channel_key", 55);
    Instant until = params.time("to");
    Instant since = params.time("from");
    Instant to = until != null ? until : since == null ? clock.instant() : since.plus(REVIEWED);
    Instant from = since == null ? to.minus(REVIEWED) : since;
    String type = params.requiredOneOf("review_type", Set.of("general", "premium"));
    ProductReview.Kind kind = ProductReview.Kind.valueOf(type.toUpperCase(Locale.ROOT));
    if (from.isAfter(to)) {
      throw Failed.invalid(Refusal.FROM_AFTER_TO);
    }
    Channel channel = channels.choose(merchant.id(), channelKey, null, ProductOrders.class);
    return Envelope.of(
        products.reviews(channel, from, to.plusNanos(999_999_999), kind).stream()
            .map(NavercoView.Review::of)
            .toList());
  }
}
