package dev.naru.checkout.link;

import dev.naru.checkout.Token;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * V1's link pay (링크 결제): a page of ours where whoever has its address pays for one order.
 *
 * @param expiresAt null if it stays open until it is disabled
 */
record PayLink(Token token, Order order, @Nullable Instant expiresAt, boolean disabled) {

  /**
   * What is to be paid for, and how.
   *
   * @param title the page's heading
   * @param language of the page, ko or en
   * @param params those of {@code IMP.request_pay}, but for the channel and the pay_method
   * @param direct the only method, and its window opens by itself
   */
  record Order(
      String title,
      String language,
      String userCode,
      @Nullable String tierCode,
      JsonNode params,
      List<Method> methods,
      boolean direct) {

    boolean isKorean() {
      return language.equals("ko");
    }
  }

  /** A way to pay. The label is the shop's, null if it gave none. */
  record Method(
      @Nullable String channelKey, @Nullable String pg, String payMethod, @Nullable String label) {}

  /** No payment can be begun any more. */
  boolean isOver(Instant now) {
    return disabled || (expiresAt != null && !now.isBefore(expiresAt));
  }

  /**
   * What the SDK would send if the link's page were a shop's.
   *
   * @param page the address of the link's page, to which the browser returns
   */
  static JsonNode request(Order order, Method method, String page, boolean mobile) {
    ObjectNode params = order.params().deepCopy().asObject();
    params.put("channelKey", method.channelKey());
    params.put("pg", method.pg());
    params.put("pay_method", method.payMethod());
    params.put("m_redirect_url", page);
    ObjectNode request = JsonMapper.shared().createObjectNode();
    request.put("user_code", order.userCode());
    request.put("tier_code", order.tierCode());
    request.put("mobile", mobile);
    request.put("page", page);
    request.set("params", params);
    return request;
  }
}
