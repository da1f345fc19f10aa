package dev.naru.checkout.sdk;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the browser SDK is answered: V1's envelope. */
public final class PageAnswer {

  private PageAnswer() {}

  public static Map<String, Object> of(Map<String, Object> response) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("code", 0);
    answer.put("message", null);
    answer.put("response", response);
    return answer;
  }
}
