package dev.naru.account.proof;

import dev.naru.merchant.Shards;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of passwords. */
@Repository
class PasswordStore {

  private final JdbcClient jdbc;

  PasswordStore(Shards shards) {
    jdbc = shards.global();
  }

  Optional<String> hash(String email) {
    return jdbc.sql(
            """
            select password_hash from account
            where email = :email and state = 'ACTIVE' and password_hash is not null
            """)
        .param("email", email)
        .query(String.class)
        .optional();
  }

  void keep(String email, String hash) {
    jdbc.sql("update account set password_hash = :hash where email = :email")
        .param("hash", hash)
        .param("email", email)
        .update();
  }
}
