package dev.naru.account.proof;

import dev.naru.merchant.Shards;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of one-time and recovery codes. */
@Repository
class CodeStore {

  private final JdbcClient jdbc;

  CodeStore(Shards shards) {
    jdbc = shards.global();
  }

  Optional<byte[]> key(String email) {
    return jdbc.sql("select totp from account where email = :email and totp is not null")
        .param("email", email)
        .query(byte[].class)
        .optional();
  }

  Optional<byte[]> offered(String email) {
    return jdbc.sql(
            "select totp_offered from account where email = :email and totp_offered is not null")
        .param("email", email)
        .query(byte[].class)
        .optional();
  }

  void offer(String email, byte[] sealed) {
    jdbc.sql("update account set totp_offered = :key where email = :email")
        .param("key", sealed)
        .param("email", email)
        .update();
  }

  void take(String email, long step) {
    jdbc.sql(
            """
            update account set totp = totp_offered, totp_offered = null, totp_step = :step
            where email = :email and totp_offered is not null
            """)
        .param("step", step)
        .param("email", email)
        .update();
  }

  /** False if this step, or a later one, was used before. */
  boolean use(String email, long step) {
    return jdbc.sql(
                "update account set totp_step = :step where email = :email and totp_step < :step")
            .param("step", step)
            .param("email", email)
            .update()
        == 1;
  }

  void keepRecovery(String email, List<String> hashes) {
    jdbc.sql(
            """
            with gone as (delete from account_recovery
              where email = :email and code_hash <> all (:hashes))
            insert into account_recovery (email, code_hash)
            select :email, unnest(cast(:hashes as text[])) on conflict do nothing
            """)
        .param("email", email)
        .param("hashes", hashes.toArray(String[]::new))
        .update();
  }

  boolean useRecovery(String email, String hash) {
    return jdbc.sql("delete from account_recovery where email = :email and code_hash = :hash")
            .param("email", email)
            .param("hash", hash)
            .update()
        == 1;
  }

  int recoveryLeft(String email) {
    return jdbc.sql("select count(*) from account_recovery where email = :email")
        .param("email", email)
        .query(Integer.class)
        .single();
  }

  void drop(String email) {
    jdbc.sql(
            """
            with recovery as (delete from account_recovery where email = :email)
            update account set totp = null, totp_offered = null where email = :email
            """)
        .param("email", email)
        .update();
  }
}
