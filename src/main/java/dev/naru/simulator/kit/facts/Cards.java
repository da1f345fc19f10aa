package dev.naru.simulator.kit.facts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one table of magic cards and phones, the card issuers and the banks, as all simulators know
 * them.
 */
public final class Cards {

  /** A card company; the codes that PGs give it are theirs, see {@link #codes}. */
  public record Issuer(String name, List<String> bins, String institution) {}

  /** A bank by its code. */
  public record Bank(String code, String name, String english) {}

  /** A row of the magic table. */
  public record Magic(String number, Effect effect, String korean, String english) {}

  /** What a simulator keeps of a card: never its number. */
  public record Face(String masked, String issuer, int months) {

    /** The same, paid in so many months. */
    public Face in(int fixed) {
      return new Face(masked, issuer, fixed);
    }
  }

  private static final List<Magic> ALL_MAGIC =
      rows("magic.csv").map(r -> new Magic(r[0], Effect.valueOf(r[1]), r[2], r[3])).toList();

  /** The cards of the table. */
  public static final List<Magic> MAGIC =
      ALL_MAGIC.stream().filter(magic -> wellFormed(magic.number())).toList();

  /** Its phones. */
  public static final List<Magic> PHONES =
      ALL_MAGIC.stream().filter(magic -> !wellFormed(magic.number())).toList();

  /** All banks. */
  public static final List<Bank> BANKS =
      rows("banks.csv").map(r -> new Bank(r[0], r[1], r[2])).toList();

  private static final Map<String, Effect> EFFECTS =
      ALL_MAGIC.stream().collect(Collectors.toMap(Magic::number, Magic::effect));
  private static final List<Issuer> ISSUERS =
      rows("issuers.csv").map(r -> new Issuer(r[0], List.of(r[1].split(" ", -1)), r[2])).toList();
  private static final Map<String, Issuer> ISSUERS_BY_NAME =
      ISSUERS.stream().collect(Collectors.toMap(Issuer::name, i -> i));
  private static final Map<String, Issuer> ISSUERS_BY_BIN = new LinkedHashMap<>();

  static {
    ISSUERS.forEach(issuer -> issuer.bins().forEach(bin -> ISSUERS_BY_BIN.put(bin, issuer)));
  }

  private Cards() {}

  /** The text without all that is no digit. */
  public static String digits(String number) {
    return number.replaceAll("\\D", "");
  }

  /** Whether it can be the number of a card. */
  public static boolean wellFormed(String number) {
    return number.matches("\\d{14,16}");
  }

  /**
   * Whether a card was good until a month that has ended, in Seoul. What is no month at all is so,
   * too.
   *
   * @param year two digits
   * @param month two digits
   */
  public static boolean expired(String year, String month, Instant now) {
    return !year.matches("\\d\\d")
        || !month.matches("0[1-9]|1[0-2]")
        || Seoul.month(now)
            .isAfter(YearMonth.of(2000 + Integer.parseInt(year), Integer.parseInt(month)));
  }

  /** What this card or phone brings about. */
  public static Effect effect(String number) {
    return EFFECTS.getOrDefault(digits(number), Effect.APPROVE);
  }

  /** What is kept of a card. */
  public static Face face(String number, int months) {
    String digits = digits(number);
    String masked =
        digits.substring(0, 8)
            + "*".repeat(digits.length() - 12)
            + digits.substring(digits.length() - 4);
    return new Face(masked, issuerOf(digits).name(), months);
  }

  /** A card company by its name. */
  public static Issuer issuer(String name) {
    return ISSUERS_BY_NAME.getOrDefault(name, ISSUERS.getFirst());
  }

  /** A resource file of two columns, such as a PG's codes of card companies by their names. */
  public static Map<String, String> codes(String resource) {
    return rows(resource).collect(Collectors.toMap(r -> r[0], r -> r[1]));
  }

  /** The code of the company of this card. */
  public static String code(Map<String, String> codes, Face face) {
    return codes.getOrDefault(issuer(face.issuer()).name(), "");
  }

  /** By code or by name, as the PGs accept both. */
  public static Optional<Bank> bank(String codeOrName) {
    return BANKS.stream()
        .filter(b -> b.code().equals(codeOrName) || codeOrName.startsWith(b.name()))
        .findFirst();
  }

  private static Issuer issuerOf(String digits) {
    String bin = digits.substring(0, 6);
    Issuer known = ISSUERS_BY_BIN.get(bin);
    return known != null ? known : ISSUERS.get(Integer.parseInt(bin) % ISSUERS.size());
  }

  /** The rows of a resource file, by columns. */
  public static Stream<String[]> rows(String resource) {
    return text(resource)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(",", -1));
  }

  /** A resource file. */
  public static String text(String resource) {
    try (InputStream in = Cards.class.getResourceAsStream("/simulator/" + resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no such resource: " + resource);
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .collect(Collectors.joining("\n", "", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
