package dev.naru.merchant;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The one seam of scaling out: which database a merchant's data is in. Now there is one. */
@Component
public class Shards {

  private final Shard only;

  /** A database that holds the data of some merchants. */
  public record Shard(JdbcClient jdbc, TransactionTemplate transaction) {}

  Shards(JdbcClient jdbc, PlatformTransactionManager transactions) {
    only = new Shard(jdbc, new TransactionTemplate(transactions));
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
