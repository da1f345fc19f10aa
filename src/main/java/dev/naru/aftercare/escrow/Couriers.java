package dev.naru.aftercare.escrow;

import java.util.List;
import java.util.Locale;

/** V1's couriers, older ones included. */
public final class Couriers {

  /** Whoever is none of the others. */
  public static final String ANY_OTHER = "ETC";

  /** Their codes, those that are much used first. */
  public static final List<String> ALL =
      List.of(
          "CJGLS",
          "HANJIN",
          "KGB",
          "EPOST",
          "HYUNDAI",
          "CVSNET",
          "KDEXP",
          "DAESIN",
          "ILYANG",
          "CHUNIL",
          "HONAM",
          "HDEXP",
          "REGISTPOST",
          "DONGBU",
          "HANARO",
          "SAGAWA",
          "YELLOWCAP",
          ANY_OTHER);

  private Couriers() {}

  /** Two couriers were taken over by others; one that V1 does not know is any other. */
  public static String code(String given) {
    String code = given.strip().toUpperCase(Locale.ROOT);
    return switch (code) {
      case "LOGEN" -> "KGB";
      case "KOREX" -> "CJGLS";
      default -> ALL.contains(code) ? code : ANY_OTHER;
    };
  }
}
