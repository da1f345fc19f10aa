package dev.naru.sandbox;

import dev.naru.billing.quick.QuickWindows;
import dev.naru.connector.Capability.QuickWindow;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a member of a shop's easy pay does in KCP's window, done by a tester with the shop's token:
 * joining, giving the PIN, agreeing to automatic payment. {@code channel_key} picks a channel.
 */
@RestController
@RequestMapping("/sandbox/kcpquick/members/{memberId}")
@Conditional(SandboxOnly.class)
class QuickWindowApi {

  private final QuickWindows windows;
  private final Channels channels;

  QuickWindowApi(QuickWindows windows, Channels channels) {
    this.windows = windows;
    this.channels = channels;
  }

  @PostMapping
  Map<String, String> join(
      Merchant merchant,
      @PathVariable String memberId,
      @RequestParam(name = "channel_key", required = false) @Nullable String channelKey) {
    windows.join(merchant, channel(merchant, channelKey), checked(memberId));
    return Map.of("member_id", memberId);
  }

  /** Answers the imp_uid that {@code POST /kcpquick/payment/money} wants. */
  @PostMapping("/pin-check")
  Map<String, String> checkPin(
      Merchant merchant,
      @PathVariable String memberId,
      @RequestParam(name = "channel_key", required = false) @Nullable String channelKey) {
    String impUid =
        windows.checkPin(merchant, channel(merchant, channelKey), checked(memberId)).value();
    return Map.of("member_id", memberId, "imp_uid", impUid);
  }

  /** The customer_uid has a key from now on. */
  @PostMapping("/autopay/{customerUid}")
  Map<String, String> registerAutopay(
      Merchant merchant,
      @PathVariable String memberId,
      @PathVariable String customerUid,
      @RequestParam(name = "channel_key", required = false) @Nullable String channelKey) {
    if (customerUid.codePointCount(0, customerUid.length()) > 80) {
      throw Failed.invalid(Malformed.TOO_LONG, "customer_uid", 80);
    }
    windows.registerAutopay(
        merchant, channel(merchant, channelKey), checked(memberId), customerUid);
    return Map.of("member_id", memberId, "customer_uid", customerUid);
  }

  private Channel channel(Merchant merchant, @Nullable String channelKey) {
    return channels.choose(merchant.id(), channelKey, null, QuickWindow.class);
  }

  private static String checked(String memberId) {
    if (!memberId.matches("[0-9A-Za-z_.-]{1,16}")) {
      throw Failed.invalid(Malformed.WRONG_FORM_WANTED, "member_id", Word.MEMBER_ID);
    }
    return memberId;
  }
}
