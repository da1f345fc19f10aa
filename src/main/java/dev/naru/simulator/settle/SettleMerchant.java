package dev.naru.simulator.settle;

import dev.naru.simulator.kit.facts.Digests;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hecto's published test merchants, which share their two keys. The real ones are for one means of
 * payment each; here each of them takes all.
 */
record SettleMerchant(String mid) {

  private static final String HASH_KEY = "ST1009281328226982205";
  private static final String AES_KEY = "pgSettle30y739r82jtd709yOfZ2yK5K";

  private static final Set<String> PUBLISHED =
      Set.of(
          "nxca_jt_il",
          "nxca_jt_bi",
          "nxca_ks_gu",
          "nxca_jt_gu",
          "nx_mid_il",
          "nxva_fix",
          "nxva_fix2",
          "nxva_sb_il",
          "nxhp_sb_il",
          "nxhp_sb_hd",
          "nxhp_sb_ma");

  /** How the numbers of the accounts begin that the merchants were given, and of which bank. */
  private static final List<String> FIXED_BANKS = List.of("004", "011");

  static @Nullable SettleMerchant of(String mid) {
    return PUBLISHED.contains(mid) ? new SettleMerchant(mid) : null;
  }

  static String hash(String... parts) {
    return Digests.sha256(String.join("", parts) + HASH_KEY);
  }

  static String encrypt(String text) {
    return Digests.encryptEcb(AES_KEY, text);
  }

  /** Empty for what was not encrypted with the key. */
  static String decrypt(String encrypted) {
    return Digests.decryptEcb(AES_KEY, encrypted);
  }

  /**
   * Of the published accounts, those up to 50 take one deposit at a time, the others any number.
   */
  static boolean isGiven(String bank, String number, boolean unlimited) {
    String head = "2022" + bank + "0000";
    if (!FIXED_BANKS.contains(bank) || !number.matches(head + "\\d{2}")) {
      return false;
    }
    int last = Integer.parseInt(number.substring(head.length()));
    return unlimited ? last >= 56 : last >= 1 && last <= 50;
  }
}
