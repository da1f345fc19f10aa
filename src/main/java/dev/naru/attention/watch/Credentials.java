package dev.naru.attention.watch;

import dev.naru.attention.Attention;
import dev.naru.attention.What;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.merchant.reach.PgCalls;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Notices channels whose credentials their PG refuses, and when it takes them again. */
@Component
class Credentials {

  private final Attention attention;
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  /** Channels that were seen to work: what an earlier process told of them is over. */
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  Credentials(Attention attention, PgCalls calls) {
    this.attention = attention;
    calls.listen(this::on);
  }

  private void on(long merchantId, String channelKey, Outcome<?> outcome) {
    String channel = merchantId + "/" + channelKey;
    if (outcome instanceof Outcome.Declined<?>(Decline no)
        && no.reason() == Reason.BAD_CREDENTIALS) {
      refused.add(channel);
      attention.raise(merchantId, What.CREDENTIALS_FAIL, channelKey, no.message());
    } else if (outcome instanceof Outcome.Ok<?>) {
      works(merchantId, channelKey, channel);
    }
  }

  private void works(long merchantId, String channelKey, String channel) {
    boolean again = refused.remove(channel);
    if (taken.add(channel) || again) {
      attention.settled(merchantId, What.CREDENTIALS_FAIL, channelKey);
    }
  }
}
