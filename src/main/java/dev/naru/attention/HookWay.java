package dev.naru.attention;

import dev.naru.connector.http.Outbound;
import dev.naru.connector.http.Outbound.Patience;
import dev.naru.connector.http.OutboundCall;
import dev.naru.connector.http.OutboundReply;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The operator's webhook: {@code text} as Slack wants it, and the matters as {@code matters}. Its
 * address comes from whoever runs the hub and not with a request, so that it may be a private one.
 */
@Component
class HookWay implements Way, DisposableBean {

  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(10), Duration.ofSeconds(20));

  private static final Logger LOG = LoggerFactory.getLogger(HookWay.class);

  private final Announcing announcing;
  private final Settings settings;
  private final JsonMapper json = JsonMapper.shared();
  private final Outbound outbound = new Outbound(false);

  HookWay(Announcing announcing, Settings settings) {
    this.announcing = announcing;
    this.settings = settings;
  }

  @Override
  public Kind kind() {
    return Kind.HOOK;
  }

  @Override
  public boolean isOpen() {
    return announcing.webhook() != null;
  }

  @Override
  public boolean tell(List<Matter> matters) {
    Secret url = announcing.webhook();
    if (url == null) {
      return false;
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("text", Telling.text(matters));
    body.put("hub", settings.baseUrl().toString());
    body.put("mode", settings.live() ? "live" : "sandbox");
    body.put("matters", matters.stream().map(MatterView::of).toList());
    OutboundReply reply =
        outbound.post(
            new OutboundCall(
                url.reveal(),
                "application/json; charset=utf-8",
                json.writeValueAsString(body),
                Map.of(),
                PATIENCE));
    if (reply instanceof OutboundReply.Answered(int status, String answer) && status / 100 == 2) {
      return true;
    }
    // The address is a secret at Slack, and stays out of the log.
    LOG.warn(
        "the operator's webhook did not take {} matters: {}",
        matters.size(),
        reply instanceof OutboundReply.Answered(int status, String answer)
            ? "status " + status
            : "no answer");
    return false;
  }

  @Override
  public void destroy() throws IOException {
    outbound.close();
  }
}
