package dev.naru.simulator.settle;

import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.simulator.kit.facts.Digests;
import java.util.List;
import java.util.Map;

/** A merchant of Hecto, and what its two keys do. */
record SettleMerchant(String mid, String hashKey, String aesKey) {

  /** How the numbers of the accounts begin that the merchants were given, and of which bank. */
  private static final List<String> FIXED_BANKS = List.of("004", "011");

  /** Without a MID if Hecto has no contract with it. */
  static SettleMerchant of(Contracts contracts, String mid) {
    Map<String, String> keys = contracts.of(mid);
    return new SettleMerchant(
        keys.getOrDefault("mid", ""),
        keys.getOrDefault("licenceKey", ""),
        keys.getOrDefault("encryptionKey", ""));
  }

  String hash(String... parts) {
    return Digests.sha256(String.join("", parts) + hashKey);
  }

  String encrypt(String text) {
    return Digests.encryptEcb(aesKey, text);
  }

  /** Empty for what was not encrypted with the key. */
  String decrypt(String encrypted) {
    return Digests.decryptEcb(aesKey, encrypted);
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
