package dev.naru.checkout.sdk;

import static dev.naru.merchant.Refusal.UNKNOWN_USER_CODE;

import dev.naru.checkout.Fields;
import dev.naru.checkout.RawRequest;
import dev.naru.checkout.Refusal;
import dev.naru.connector.Capability;
import dev.naru.connector.facts.PgFacts;
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
    PgFacts owner =
        PgFacts.all().stream()
            .filter(each -> each.ui(type).isPresent())
            .findFirst()
            .orElseThrow(() -> Failed.invalid(Refusal.UNKNOWN_UI, type));
    Merchant merchant =
        merchants
            .byUserCode(envelope.required("user_code", 20))
            .map(shop -> merchants.actingFor(shop.id(), envelope.text("tier_code", 3)))
            .orElseThrow(() -> Failed.invalid(UNKNOWN_USER_CODE));
    Fields params = envelope.object("params");
    Class<? extends Capability> capability =
        owner.ui(type).filter(PgFacts.Ui::forKey).isPresent()
            ? Capability.WindowKey.class
            : Capability.Checkout.class;
    Channel channel =
        channels.choose(
            merchant.id(), params.text("channelKey", 55), params.text("pg", 80), capability);
    if (!channel.pg().provider().equals(owner.code())) {
      throw Failed.invalid(Refusal.OTHER_UI, channel.pg().code(), type, owner.code());
    }
    channel.require(capability);
    return PageAnswer.of(Map.of("ui_type", type));
  }
}
