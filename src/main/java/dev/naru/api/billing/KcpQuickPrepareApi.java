package dev.naru.api.billing;

import dev.naru.api.Word;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.api.wire.ParamsReader;
import dev.naru.billing.quick.QuickPrepares;
import dev.naru.billing.quick.QuickPrepares.Registration;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Merchant;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /kcpquick/prepare}: what is registered before a buyer comes to the window. */
@RestController
class KcpQuickPrepareApi {

  private static final int MOST_PREPAID = 999_999_999;
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

  private final QuickPrepares prepares;

  KcpQuickPrepareApi(QuickPrepares prepares) {
    this.prepares = prepares;
  }

  @PostMapping("/kcpquick/prepare/{merchantUid}")
  Envelope register(
      Merchant merchant, Params params, HttpServletRequest http, @PathVariable String merchantUid) {
    Registration registration = registration(params, http, merchantUid);
    prepares.register(merchant.id(), merchantUid, registration);
    return Envelope.done();
  }

  @PutMapping("/kcpquick/prepare/{merchantUid}")
  Envelope change(
      Merchant merchant, Params params, HttpServletRequest http, @PathVariable String merchantUid) {
    Registration registration = registration(params, http, merchantUid);
    prepares.change(merchant.id(), merchantUid, registration);
    return Envelope.done();
  }

  private static Registration registration(
      Params params, HttpServletRequest http, String merchantUid) {
    ParamsReader.requireJson(http);
    if (merchantUid.codePointCount(0, merchantUid.length()) > 40) {
      throw Failed.invalid(Malformed.TOO_LONG, "merchant_uid", 40);
    }
    return new Registration(
        params.required("btid", 20),
        address(params),
        new Secret(params.required("code_verifier", 200)),
        prepaid(params),
        params.text("vender_type", 20),
        params.text("reward_id", 20));
  }

  private static String address(Params params) {
    String address = params.required("cust_ip", 15);
    if (!IPV4.matcher(address).matches()) {
      throw Failed.invalid(Malformed.WRONG_FORM_WANTED, "cust_ip", Word.IPV4_ADDRESS);
    }
    return address;
  }

  private static @Nullable Money prepaid(Params params) {
    int amount = params.whole("prepaid_amount", 0, 1, MOST_PREPAID);
    if (!"Y".equals(params.oneOf("prepaid_auth_yn", Set.of("Y", "N")))) {
      return null;
    }
    if (amount == 0) {
      throw Failed.invalid(Malformed.MISSING, "prepaid_amount");
    }
    return Money.krw(amount);
  }
}
