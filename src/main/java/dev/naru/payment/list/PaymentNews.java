package dev.naru.payment.list;

import dev.naru.merchant.Shards;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Repository;

/** What happens to payments, for those who watch. */
@Repository
public class PaymentNews {

  private final Shards shards;

  PaymentNews(Shards shards) {
    this.shards = shards;
  }

  /** Something that happened to a payment. */
  public record News(long merchantId, long eventId, String impUid) {}

  /**
   * The newest of what happened to payments of these merchants, the oldest of it first.
   *
   * @param after events after this one
   */
  public List<News> since(Collection<Long> merchants, long after, int most) {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql(
                        """
                        select merchant_id, event_id, imp_uid from event
                        where merchant_id = any(:merchants) and event_id > :after
                        order by event_id desc limit :most
                        """)
                    .param("merchants", merchants.toArray(Long[]::new))
                    .param("after", after)
                    .param("most", most)
                    .query(
                        (row, n) ->
                            new News(
                                row.getLong("merchant_id"),
                                row.getLong("event_id"),
                                row.getString("imp_uid")))
                    .list()
                    .stream())
        .sorted(Comparator.comparingLong(News::eventId))
        .toList();
  }
}
