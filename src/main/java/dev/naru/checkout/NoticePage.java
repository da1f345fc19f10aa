package dev.naru.checkout;

import dev.naru.kernel.Failed;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Notices;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where PGs post what happened later. Anything but their acknowledgement makes them repeat it. */
@RestController
class NoticePage {

  private static final Logger LOG = LoggerFactory.getLogger(NoticePage.class);
  private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

  private final Channels channels;
  private final Notices notices;

  NoticePage(Channels channels, Notices notices) {
    this.channels = channels;
    this.notices = notices;
  }

  @RequestMapping("/notices/{merchant}/{channelKey}")
  ResponseEntity<String> take(
      @PathVariable String merchant, @PathVariable String channelKey, HttpServletRequest request) {
    Channel channel = channel(merchant, channelKey).orElse(null);
    if (channel == null) {
      return answer(404, "FAIL");
    }
    try {
      Notices.Answer answer = notices.take(channel, RawRequest.of(request));
      return answer(answer.taken() ? 200 : 500, answer.taken() ? answer.body() : "FAIL");
    } catch (Failed refused) {
      LOG.warn("a notice to channel {} was refused: {}", channelKey, refused.getMessage());
      return answer(500, "FAIL");
    }
  }

  private Optional<Channel> channel(String merchant, String channelKey) {
    return merchant.matches("[0-9a-z]{1,12}")
        ? channels.byKey(Long.parseLong(merchant, 36), channelKey)
        : Optional.empty();
  }

  private static ResponseEntity<String> answer(int status, String body) {
    return ResponseEntity.status(status).contentType(TEXT).body(body);
  }
}
