package dev.naru.certification;

import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of lists of certifications: walked by the index of when they were asked for. */
@Repository
class CertificationListStore {

  private static final Comparator<Place> NEWEST =
      Comparator.comparing(Place::at).thenComparing(Place::impUid).reversed();

  private final Shards shards;
  private final CertificationRows rows;

  CertificationListStore(Shards shards, Vault vault, JsonMapper json) {
    this.shards = shards;
    rows = new CertificationRows(vault, json);
  }

  /** One that was passed, and whether it is of the list. */
  record Place(long merchantId, Instant at, String impUid, boolean fits) {

    /** Before all that there are. */
    static final Place FIRST = new Place(0, Instant.parse("9999-01-01T00:00:00Z"), "", false);
  }

  /**
   * @param state as it is stored; empty for any
   * @param text an imp_uid or a merchant_uid, whole; empty for any
   */
  List<Place> walk(Collection<Long> merchants, String state, String text, Place after, int most) {
    List<Place> passed = new ArrayList<>();
    byShard(merchants)
        .forEach(
            (jdbc, part) ->
                passed.addAll(
                    jdbc.sql(
                            """
                            select c.* from unnest(:merchants) m(id) cross join lateral (
                              select merchant_id, requested_at, imp_uid,
                                (:state = '' or state = :state) and (:text = ''
                                  or imp_uid = :text or merchant_uid = :text) as fits
                              from certification
                              where merchant_id = m.id and (requested_at, imp_uid) < (:at, :uid)
                              order by requested_at desc, imp_uid desc limit :most) c
                            order by c.requested_at desc, c.imp_uid desc limit :most
                            """)
                        .param("merchants", part.toArray(Long[]::new))
                        .param("state", state)
                        .param("text", text)
                        .param("at", Timestamp.from(after.at()))
                        .param("uid", after.impUid())
                        .param("most", most)
                        .query(
                            (row, n) ->
                                new Place(
                                    row.getLong("merchant_id"),
                                    row.getTimestamp("requested_at").toInstant(),
                                    row.getString("imp_uid"),
                                    row.getBoolean("fits")))
                        .list()));
    passed.sort(NEWEST);
    return passed.subList(0, Math.min(passed.size(), most));
  }

  /** Of one of some merchants. */
  Optional<Certification> find(Collection<Long> merchants, ImpUid impUid) {
    return byShard(merchants).entrySet().stream()
        .flatMap(
            part ->
                part
                    .getKey()
                    .sql(
                        """
                        select * from certification
                        where merchant_id = any(:merchants) and imp_uid = :uid
                        """)
                    .param("merchants", part.getValue().toArray(Long[]::new))
                    .param("uid", impUid.value())
                    .query(rows::certification)
                    .list()
                    .stream())
        .findFirst();
  }

  private Map<JdbcClient, List<Long>> byShard(Collection<Long> merchants) {
    Map<JdbcClient, List<Long>> parts = new LinkedHashMap<>();
    for (long merchant : merchants) {
      parts.computeIfAbsent(shards.of(merchant), _ -> new ArrayList<>()).add(merchant);
    }
    return parts;
  }
}
