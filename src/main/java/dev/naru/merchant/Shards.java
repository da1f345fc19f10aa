package dev.naru.merchant;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The one seam of scaling out: which database a merchant's data is in. Now there is one. */
@Component
public class Shards {

  private final Shard only;

  /**
   * A database that holds the data of some merchants.
   *
   * @param writes for what all payments wait for: connections of its own, on which nothing waits
   *     long for a lock or an answer
   */
  public record Shard(JdbcClient jdbc, TransactionTemplate transaction, JdbcClient writes) {}

  Shards(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      @Qualifier("writers") DataSource writers) {
    only = new Shard(jdbc, new TransactionTemplate(transactions), JdbcClient.create(writers));
  }

  /** The same data on connections of another kind. */
  public static Shards on(DataSource connections) {
    return new Shards(
        JdbcClient.create(connections), new JdbcTransactionManager(connections), connections);
  }

  /** Where this merchant's rows are. */
  public JdbcClient of(long merchantId) {
    return only.jdbc();
  }

  /** Where this merchant's rows are, with its transactions: one transaction is one merchant. */
  public Shard shard(long merchantId) {
    return only;
  }

  /** The global tables: merchants, keys and tokens. */
  public JdbcClient global() {
    return only.jdbc();
  }

  /** Every shard, for what has to be claimed from all of them. */
  public List<Shard> all() {
    return List.of(only);
  }
}
