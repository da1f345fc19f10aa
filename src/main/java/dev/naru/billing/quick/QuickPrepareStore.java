package dev.naru.billing.quick;

import dev.naru.billing.quick.QuickPrepares.Registration;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of what is registered for an easy pay's window. A registration is sealed as a whole. */
@Repository
class QuickPrepareStore {

  private final Shards shards;
  private final Vault vault;
  private final JsonMapper json;

  QuickPrepareStore(Shards shards, Vault vault, JsonMapper json) {
    this.shards = shards;
    this.vault = vault;
    this.json = json;
  }

  /** A registration in clear, as it is sealed; the amount in won. */
  private record Clear(
      String btid,
      String custIp,
      String codeVerifier,
      @Nullable Long prepaid,
      @Nullable String venderType,
      @Nullable String rewardId) {}

  /** False if the merchant_uid has one already. */
  boolean insert(long merchantId, String merchantUid, Registration registration, Instant now) {
    return write(
        """
        insert into quick_prepared (merchant_id, merchant_uid, registration, prepared_at)
        values (:merchant, :merchantUid, :registration, :now)
        on conflict do nothing
        """,
        merchantId,
        merchantUid,
        registration,
        now);
  }

  /** False if the merchant_uid has none. */
  boolean update(long merchantId, String merchantUid, Registration registration, Instant now) {
    return write(
        """
        update quick_prepared set registration = :registration, prepared_at = :now
        where merchant_id = :merchant and merchant_uid = :merchantUid
        """,
        merchantId,
        merchantUid,
        registration,
        now);
  }

  Optional<Registration> find(long merchantId, String merchantUid) {
    return shards
        .of(merchantId)
        .sql(
            """
            select registration from quick_prepared
            where merchant_id = :merchant and merchant_uid = :merchantUid
            """)
        .param("merchant", merchantId)
        .param("merchantUid", merchantUid)
        .query((row, n) -> opened(row.getBytes("registration"), place(merchantId, merchantUid)))
        .optional();
  }

  private boolean write(
      String sql, long merchantId, String merchantUid, Registration registration, Instant now) {
    return shards
            .of(merchantId)
            .sql(sql)
            .param("merchant", merchantId)
            .param("merchantUid", merchantUid)
            .param("registration", sealed(registration, place(merchantId, merchantUid)))
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  private byte[] sealed(Registration registration, String place) {
    Money prepaid = registration.prepaid();
    Clear clear =
        new Clear(
            registration.btid(),
            registration.custIp(),
            registration.codeVerifier().reveal(),
            prepaid == null ? null : prepaid.minor(),
            registration.venderType(),
            registration.rewardId());
    return vault.seal(json.writeValueAsString(clear), place);
  }

  private Registration opened(byte[] sealed, String place) {
    Clear clear = json.readValue(vault.open(sealed, place), Clear.class);
    return new Registration(
        clear.btid(),
        clear.custIp(),
        new Secret(clear.codeVerifier()),
        clear.prepaid() == null ? null : Money.krw(clear.prepaid()),
        clear.venderType(),
        clear.rewardId());
  }

  private static String place(long merchantId, String merchantUid) {
    return "quick_prepared.registration/" + merchantId + "/" + merchantUid;
  }
}
