package dev.naru.billing.key;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Repository;

/** What of recurring payments hangs on a channel: asked before it is switched off. */
@Repository
public class ChannelUses {

  /** What is due for longer is over, or stuck. */
  private static final Duration LATE = Duration.ofDays(7);

  private final Shards shards;
  private final HubClock clock;

  ChannelUses(Shards shards, HubClock clock) {
    this.shards = shards;
    this.clock = clock;
  }

  /**
   * What hangs on it.
   *
   * @param keys billing keys
   * @param scheduled charges to come
   * @param amounts what they come to, one of each currency
   */
  public record Uses(long keys, long scheduled, List<Money> amounts) {

    public boolean none() {
      return keys == 0 && scheduled == 0;
    }
  }

  /** Of the merchants that use the channel. */
  public Uses of(Collection<Long> merchants, String channelKey) {
    long keys = 0;
    long scheduled = 0;
    Map<Currency, Long> sums = new LinkedHashMap<>();
    for (long merchantId : merchants) {
      keys += keys(merchantId, channelKey);
      for (Sum sum : sums(merchantId, channelKey)) {
        scheduled += sum.count();
        sums.merge(sum.amount().currency(), sum.amount().minor(), Long::sum);
      }
    }
    return new Uses(
        keys,
        scheduled,
        sums.entrySet().stream().map(sum -> new Money(sum.getValue(), sum.getKey())).toList());
  }

  private long keys(long merchantId, String channelKey) {
    return shards
        .of(merchantId)
        .sql(
            """
            select count(*) from billing_key
            where merchant_id = :merchant and channel_key = :channel
            """)
        .param("merchant", merchantId)
        .param("channel", channelKey)
        .query(Long.class)
        .single();
  }

  private record Sum(long count, Money amount) {}

  private List<Sum> sums(long merchantId, String channelKey) {
    return shards
        .of(merchantId)
        .sql(
            """
            select currency, count(*) as n, sum(amount)::bigint as amount from schedule
            where merchant_id = :merchant and channel_key = :channel and state = 'scheduled'
              and schedule_at >= :since
            group by currency order by currency
            """)
        .param("merchant", merchantId)
        .param("channel", channelKey)
        .param("since", Timestamp.from(clock.instant().minus(LATE)))
        .query(
            (row, n) ->
                new Sum(
                    row.getLong("n"),
                    new Money(
                        row.getLong("amount"), Currency.getInstance(row.getString("currency")))))
        .list();
  }
}
