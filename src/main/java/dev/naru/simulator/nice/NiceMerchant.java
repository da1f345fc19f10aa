package dev.naru.simulator.nice;

import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Form;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What messages of merchants must be like. All test merchants have one key, the published one. */
final class NiceMerchant {

  private static final String KEY =
      "EYzu8jGGMfqaDEp76gSckuvnaHHu+bC4opsSN6lHv3b2lurNYkVXrZ7Z1AoqQnXI3eLuaUFyoRNC6FkrzVjceg==";

  private static final Map<String, String> REFUSALS = Cards.codes("nice/refusals.csv");

  /** What is signed, by path. */
  private static final Map<String, String> SIGNED = Cards.codes("nice/messages.csv");

  private static final String FIELDS = Cards.text("nice/fields.txt");

  private NiceMerchant() {}

  static boolean isMessage(String path) {
    return SIGNED.containsKey(path);
  }

  /** Of NICE's list, and what it is about. */
  static Refusal refusal(String code, String about) {
    String text = REFUSALS.getOrDefault(code, "");
    return new Refusal(200, code, about.isEmpty() ? text : text + ": " + about);
  }

  /** What is wrong with a message; null if nothing is. */
  static @Nullable Refusal wrong(String path, Map<String, String> form) {
    if (!form.getOrDefault("MID", "").matches("nicepay00m|nictest\\d\\dm")) {
      return refusal("A114", "");
    }
    String text =
        Arrays.stream(SIGNED.getOrDefault(path, "").split(" ", -1))
            .map(name -> form.getOrDefault(name, ""))
            .collect(Collectors.joining());
    boolean signed =
        form.getOrDefault("EdiDate", "").matches("\\d{14}")
            && sign(text).equals(form.getOrDefault("SignData", ""));
    return !signed
        ? refusal("A101", "")
        : FIELDS
            .lines()
            .map(line -> line.split(" ", 4))
            .filter(row -> row[0].equals(path))
            .filter(row -> !form.getOrDefault(row[2], "").strip().matches(row[3]))
            .map(row -> refusal(row[1], row[2]))
            .findFirst()
            .orElse(null);
  }

  static String sign(String text) {
    return Digests.sha256(text + KEY);
  }

  /** A card's data, by their names; empty when they do not decrypt. */
  static Map<String, String> open(String sealed) {
    String encoded = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sealed));
    String clear = Digests.decryptEcb(KEY.substring(0, 16), encoded);
    return Form.decode(clear, StandardCharsets.US_ASCII);
  }
}
