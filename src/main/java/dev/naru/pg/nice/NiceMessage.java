package dev.naru.pg.nice;

import dev.naru.kernel.Secret;
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Digests;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Sealing;
import dev.naru.pg.kit.Seoul;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A message to NICE or from it, as the table {@code nice_v2-messages} has it. */
record NiceMessage(String place, Set<String> yes, List<String> signed, List<String> fields) {

  private static final CodeTable ALL = CodeTable.load("nice_v2-messages");

  static NiceMessage named(String name) {
    String[] row = ALL.get(name, "").split("\t", 4);
    return new NiceMessage(
        row[0], Form.names(row[1]), List.of(row[2].split(" ", -1)), List.of(row[3].split(" ", -1)));
  }

  /** Of what is known the fields that it has, with who asks, when, and the signature. */
  Map<String, String> form(Map<String, String> known, Secret key) {
    Map<String, String> form = new LinkedHashMap<>();
    fields.forEach(field -> Form.putIf(form, field, known.get(field)));
    form.put("SignData", signature(form, key));
    return form;
  }

  /** SHA-256. Throws {@link IllegalArgumentException} if not all is there that is signed. */
  String signature(Map<String, String> message, Secret key) {
    Stream<String> parts = signed.stream().map(field -> Form.need(message, field));
    return Digests.sha256(parts.collect(Collectors.joining()) + key.reveal());
  }

  /** AES-128 in ECB mode under the first 16 characters of the key, in upper-case hex digits. */
  static String seal(Secret key, String text) {
    Secret first = new Secret(key.reveal().substring(0, 16));
    return HexFormat.of()
        .withUpperCase()
        .formatHex(Base64.getDecoder().decode(Sealing.ecb(first).seal(text)));
  }

  /**
   * The id of what is done without a window: merchant, method and medium, time, four digits. The
   * same attempt always has the same, by which it is looked up. {@code [inferred]} Of two orders of
   * one second that share their digits NICE refuses the second: check with the PG.
   */
  static String tid(String mid, String what, Instant at, String id) {
    int serial = Math.floorMod(id.hashCode(), 10_000);
    return mid + what + Seoul.stamp(at).substring(2) + "%04d".formatted(serial);
  }
}
