package dev.naru.checkout.notice;

import dev.naru.checkout.RawRequest;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Notice.Manner;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.notice.NoticeAnswer;
import dev.naru.payment.notice.Notices;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
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

  private final Channels channels;
  private final Notices notices;

  NoticePage(Channels channels, Notices notices) {
    this.channels = channels;
    this.notices = notices;
  }

  @RequestMapping("/notices/{merchant}/{channelKey}")
  ResponseEntity<byte[]> take(
      @PathVariable String merchant, @PathVariable String channelKey, HttpServletRequest request) {
    Channel channel = channel(merchant, channelKey).orElse(null);
    if (channel == null) {
      return answer(404, Manner.PLAIN, Manner.PLAIN.refusal());
    }
    Manner manner =
        channel.connector().as(Notifies.class).map(Notifies::manner).orElse(Manner.PLAIN);
    try {
      NoticeAnswer answer = notices.take(channel, RawRequest.of(request));
      return answer.taken()
          ? answer(200, manner, answer.body())
          : answer(500, manner, manner.refusal());
    } catch (Failed refused) {
      LOG.warn("a notice to channel {} was refused: {}", channelKey, refused.getMessage());
      return answer(500, manner, manner.refusal());
    }
  }

  private Optional<Channel> channel(String merchant, String channelKey) {
    return merchant.matches("[0-9a-z]{1,12}")
        ? channels.byKey(Long.parseLong(merchant, 36), channelKey)
        : Optional.empty();
  }

  private static ResponseEntity<byte[]> answer(int status, Manner manner, String body) {
    MediaType type = MediaType.parseMediaType(manner.contentType());
    Charset charset = Objects.requireNonNullElse(type.getCharset(), StandardCharsets.UTF_8);
    return ResponseEntity.status(status).contentType(type).body(body.getBytes(charset));
  }
}
