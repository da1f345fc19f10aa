package dev.naru.account;

import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of accounts: a global table. */
@Repository
class AccountStore {

  private final JdbcClient jdbc;

  AccountStore(Shards shards) {
    jdbc = shards.global();
  }

  Optional<Account> find(String email) {
    return jdbc.sql("select * from account where email = :email")
        .param("email", email)
        .query(AccountStore::account)
        .optional();
  }

  /** Of a shop and its sub-shops, by name. */
  List<Account> of(long merchantId) {
    return jdbc.sql(
            """
            select account.* from account join merchant using (merchant_id)
            where (merchant_id = :merchant or parent_id = :merchant) and state <> 'ENDED'
            order by account.name, email
            """)
        .param("merchant", merchantId)
        .query(AccountStore::account)
        .list();
  }

  boolean anyOwner() {
    return jdbc.sql(
            """
            select exists (select from account
              where role = 'OWNER' and state = 'ACTIVE' and password_hash is not null)
            """)
        .query(Boolean.class)
        .single();
  }

  Optional<Account> owner(long merchantId) {
    return jdbc.sql(
            """
            select * from account
            where merchant_id = :merchant and role = 'OWNER' and state = 'ACTIVE'
            """)
        .param("merchant", merchantId)
        .query(AccountStore::account)
        .optional();
  }

  /** Nobody else counts accounts of this shop meanwhile. Payments go on. */
  void lock(long merchantId) {
    jdbc.sql("select from merchant where merchant_id = :merchant for no key update")
        .param("merchant", merchantId)
        .query()
        .listOfRows();
  }

  int count(long merchantId, Role role) {
    return jdbc.sql(
            """
            select count(*) from account
            where merchant_id = :merchant and role = :role and state <> 'ENDED'
            """)
        .param("merchant", merchantId)
        .param("role", role.name())
        .query(Integer.class)
        .single();
  }

  /** False if the e-mail has an account that did not end. One that ended begins anew. */
  boolean insert(Account account) {
    return jdbc.sql(
                """
                insert into account (email, merchant_id, role, exports, name, korean, state, created_at)
                values (:email, :merchant, :role, :exports, :name, :korean, :state, :now)
                on conflict (email) do update set merchant_id = excluded.merchant_id,
                  role = excluded.role, exports = excluded.exports, name = excluded.name,
                  korean = excluded.korean, state = excluded.state, created_at = excluded.created_at,
                  password_hash = null, totp = null, totp_offered = null
                where account.state = 'ENDED'
                """)
            .param("email", account.email())
            .param("merchant", account.merchantId())
            .param("role", account.role().name())
            .param("exports", account.exports())
            .param("name", account.name())
            .param("korean", account.korean())
            .param("state", account.state().name())
            .param("now", Timestamp.from(account.createdAt()))
            .update()
        == 1;
  }

  void change(String email, Role role, boolean exports) {
    jdbc.sql("update account set role = :role, exports = :exports where email = :email")
        .param("role", role.name())
        .param("exports", exports)
        .param("email", email)
        .update();
  }

  void speak(String email, boolean korean) {
    jdbc.sql("update account set korean = :korean where email = :email")
        .param("korean", korean)
        .param("email", email)
        .update();
  }

  /** False if it does not wait for that: it may have ended meanwhile. */
  boolean activate(String email, String name) {
    return jdbc.sql(
                """
                update account set state = 'ACTIVE', name = :name
                where email = :email and state = 'INVITED'
                """)
            .param("name", name)
            .param("email", email)
            .update()
        == 1;
  }

  /** What it proved itself with is gone, and so are its sessions and links. */
  void end(String email) {
    jdbc.sql(
            """
            with recovery as (delete from account_recovery where email = :email),
              sessions as (delete from console_session where email = :email),
              views as (delete from account_view where email = :email),
              passkeys as (delete from passkey where email = :email),
              links as (delete from account_link where email = :email)
            update account set state = 'ENDED', password_hash = null, totp = null,
              totp_offered = null
            where email = :email
            """)
        .param("email", email)
        .update();
  }

  static Account account(ResultSet row, int n) throws SQLException {
    Instant created = row.getTimestamp("created_at").toInstant();
    return new Account(
        row.getString("email"),
        row.getLong("merchant_id"),
        Role.valueOf(row.getString("role")),
        row.getBoolean("exports"),
        row.getString("name"),
        row.getBoolean("korean"),
        Account.State.valueOf(row.getString("state")),
        row.getBytes("totp") != null,
        created);
  }
}
