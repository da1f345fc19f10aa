package dev.naru.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TestDatabaseTest {

  @Test
  void eachIsMigratedAndItsOwn() {
    try (TestDatabase one = TestDatabase.fresh();
        TestDatabase other = TestDatabase.fresh()) {
      JdbcClient.create(one.dataSource()).sql("CREATE TABLE only_here (a int)").update();
      assertThat(tables(one)).contains("payment", "only_here");
      assertThat(tables(other)).contains("payment").doesNotContain("only_here");
    }
  }

  private static Iterable<String> tables(TestDatabase database) {
    return JdbcClient.create(database.dataSource())
        .sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        .query(String.class)
        .list();
  }
}
