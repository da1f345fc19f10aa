package dev.naru.billing.quick;

import dev.naru.connector.PgRef;
import dev.naru.kernel.ImpUid;
import java.time.Instant;

/**
 * A buyer who belongs to a shop's own easy pay at the PG (V1's KcpQuickMember).
 *
 * @param memberId the shop's id of them, at most 16 characters
 */
public record QuickMember(
    long merchantId, String channelKey, String memberId, Instant insertedAt, Instant updatedAt) {

  /** The transaction in which a member gave the PIN: V1 names it by an imp_uid. */
  public record PinCheck(
      long merchantId,
      ImpUid impUid,
      String channelKey,
      String memberId,
      PgRef ref,
      Instant checkedAt) {}
}
