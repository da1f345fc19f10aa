package dev.naru.checkout;

import dev.naru.connector.Capability;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Buttons and widgets in the shop's page: {@code IMP.loadUI} asks before it draws one. */
@RestController
@CrossOrigin(origins = "*", allowCredentials = "false", maxAge = 600)
class PgUiPage {

  /** Whose they are, by V1's names. */
  private static final Map<String, String> PGS =
      Map.of(
          "paypal-spb", "paypal_v2",
          "paypal-rt", "paypal_v2",
          "toss-brandpay-widget", "toss_brandpay");

  /** Its button issues a billing key. */
  private static final String FOR_KEY = "paypal-rt";

  private final Merchants merchants;
  private final Channels channels;

  PgUiPage(Merchants merchants, Channels channels) {
    this.merchants = merchants;
    this.channels = channels;
  }

  /**
   * Whether the channel's PG has this UI.
   *
   * @throws Failed invalid if it has not, or the shop or channel is unknown
   */
  @PostMapping("/checkout/ui")
  Map<String, Object> ui(HttpServletRequest request) {
    Fields envelope = new Fields(RawRequest.object(request));
    String type = envelope.required("ui_type", 40);
    String pg = PGS.get(type);
    if (pg == null) {
      throw Failed.invalid("지원하지 않는 UI 타입입니다: " + type);
    }
    Merchant merchant =
        merchants
            .byUserCode(envelope.required("user_code", 20))
            .map(owner -> merchants.actingFor(owner.id(), envelope.text("tier_code", 3)))
            .orElseThrow(() -> Failed.invalid("등록되지 않은 가맹점 식별코드입니다."));
    Fields params = envelope.object("params");
    Class<? extends Capability> capability =
        FOR_KEY.equals(type) ? Capability.WindowKey.class : Capability.Checkout.class;
    Channel channel =
        channels.choose(
            merchant.id(), params.text("channelKey", 55), params.text("pg", 80), capability);
    if (!channel.pg().code().equals(pg)) {
      throw Failed.invalid(
          channel.pg().code() + "은(는) " + type + " UI를 제공하지 않습니다. (" + pg + " 전용)");
    }
    channel.require(capability);
    return PreparePage.envelope(Map.of("ui_type", type));
  }
}
