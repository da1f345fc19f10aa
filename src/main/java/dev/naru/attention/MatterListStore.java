package dev.naru.attention;

import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Matters of some merchants, as pages list and count them. */
@Repository
public class MatterListStore {

  /** More open matters than this are as many as this. */
  public static final int COUNTED = 100;

  private final Shards shards;

  MatterListStore(Shards shards) {
    this.shards = shards;
  }

  /**
   * Which matters are looked for.
   *
   * @param merchants whose; {@link Attention#HUB} among them for what concerns the hub itself
   * @param open else those that were settled
   * @param kinds empty for all
   * @param about what {@code about} begins with; null for any
   * @param before the place where the page before ended
   */
  public record Query(
      List<Long> merchants,
      boolean open,
      Set<What> kinds,
      @Nullable String about,
      Place before,
      int most) {

    public Query {
      merchants = List.copyOf(merchants);
      kinds = Set.copyOf(kinds);
    }

    /** The newest that are open. */
    public static Query open(Collection<Long> merchants, int most) {
      return new Query(List.copyOf(merchants), true, Set.of(), null, Place.START, most);
    }
  }

  /** What is looked for, newest first. */
  public List<Matter> list(Query query) {
    return shards.all().stream()
        .flatMap(shard -> list(shard, query).stream())
        .sorted(Comparator.comparing(Matter::since).thenComparingLong(Matter::id).reversed())
        .limit(query.most())
        .toList();
  }

  private static List<Matter> list(Shards.Shard shard, Query query) {
    return shard
        .jdbc()
        .sql(
            """
            select * from attention
            where merchant_id = any(:merchants) and (settled_at is null) = :open
              and (:anyKind or what = any(:kinds))
              and (:about::text is null or starts_with(about, :about))
              and (since, matter_id) < (:since, :id)
            order by since desc, matter_id desc limit :most
            """)
        .param("merchants", query.merchants().toArray(Long[]::new))
        .param("open", query.open())
        .param("anyKind", query.kinds().isEmpty())
        .param("kinds", query.kinds().stream().map(What::name).toArray(String[]::new))
        .param("about", query.about())
        .param("since", Timestamp.from(query.before().since()))
        .param("id", query.before().id())
        .param("most", query.most())
        .query(AttentionStore::matter)
        .list();
  }

  public Optional<Matter> one(long merchantId, long id) {
    return shards
        .of(merchantId)
        .sql("select * from attention where merchant_id = :merchant and matter_id = :id")
        .param("merchant", merchantId)
        .param("id", id)
        .query(AttentionStore::matter)
        .optional();
  }

  /** How many of these merchants are open: no more than {@link #COUNTED} are counted. */
  public int countOpen(Collection<Long> merchants) {
    int count = 0;
    for (Shards.Shard shard : shards.all()) {
      count +=
          shard
              .jdbc()
              .sql(
                  """
                  select count(*) from (
                    select 1 from attention
                    where merchant_id = any(:merchants) and settled_at is null limit :most) open
                  """)
              .param("merchants", merchants.toArray(Long[]::new))
              .param("most", COUNTED)
              .query(Integer.class)
              .single();
    }
    return Math.min(count, COUNTED);
  }
}
