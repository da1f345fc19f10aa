package dev.naru.console.payments;

import dev.naru.console.frame.Viewer;
import dev.naru.payment.list.PaymentFilter;
import dev.naru.payment.list.PaymentFilter.Mode;
import dev.naru.payment.list.PaymentFilter.Preset;
import dev.naru.payment.list.PaymentKey;
import dev.naru.payment.list.PaymentListing.Sort;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an address of the list asks for.
 *
 * @param usual what a list without any wish shows
 * @param shop the viewer's choice of a shop, as addresses have it; empty for who has one shop only
 * @param trail where each page began since the first, so that one can go back
 * @param ignored names of what could not be read
 */
record Asked(
    PaymentFilter filter,
    PaymentFilter usual,
    String shop,
    Sort sort,
    List<PaymentKey> trail,
    List<String> ignored) {

  static final String PATH = "/console/payments";

  /** Further back than so many pages one begins anew. */
  private static final int LONGEST_TRAIL = 30;

  /** As a period: from and to count, and no preset. */
  private static final String EXACT = "exact";

  Asked {
    trail = List.copyOf(trail);
    ignored = List.copyOf(ignored);
  }

  /** What a list without any wish shows: with real money, no tests. */
  static PaymentFilter standard(Viewer viewer, Instant now) {
    PaymentFilter usual =
        viewer.live() ? PaymentFilter.standard(now, Mode.LIVE) : PaymentFilter.standard(now);
    return usual.edit().shop(tier(viewer)).filter();
  }

  static Asked of(Map<String, String[]> parameters, Viewer viewer, Instant now) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    parameters.forEach((name, values) -> query.put(name, Arrays.asList(values)));
    return read(query, viewer, now);
  }

  /** Of a query as it stands in an address. */
  static Asked of(String query, Viewer viewer, Instant now) {
    Map<String, List<String>> pairs = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        decoded(parts[1])
            .ifPresent(value -> pairs.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(value));
      }
    }
    return read(pairs, viewer, now);
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static Asked read(Map<String, List<String>> query, Viewer viewer, Instant now) {
    period(query);
    // Whose payments they are is the viewer's choice, which was looked at already.
    query.remove("shop");
    PaymentFilter usual = standard(viewer, now);
    PaymentFilter.Read read = PaymentFilter.of(query, usual, now);
    TreeSet<String> ignored = new TreeSet<>(read.ignored());
    List<PaymentKey> trail = new ArrayList<>();
    for (String word : query.getOrDefault("after", List.of())) {
      PaymentKey.of(word).ifPresentOrElse(trail::add, () -> ignored.add("after"));
    }
    boolean oldest = query.getOrDefault("sort", List.of()).contains("oldest");
    return new Asked(
        read.filter().edit().shop(tier(viewer)).filter(),
        usual,
        viewer.hasSubShops() ? viewer.selected() : "",
        oldest ? Sort.OLDEST : Sort.NEWEST,
        trail.subList(Math.max(0, trail.size() - LONGEST_TRAIL), trail.size()),
        List.copyOf(ignored));
  }

  /** A form sends its preset and its times: which of them counts is said by the period. */
  private static void period(Map<String, List<String>> query) {
    List<String> periods = query.getOrDefault("period", List.of());
    if (periods.contains(EXACT)) {
      query.remove("period");
    } else if (periods.stream().anyMatch(Asked::isPreset)) {
      query.remove("from");
      query.remove("to");
    }
  }

  private static boolean isPreset(String word) {
    return Arrays.stream(Preset.values())
        .anyMatch(preset -> preset.name().toLowerCase(Locale.ROOT).equals(word));
  }

  /** The shop of a filter; null for all that the viewer sees. */
  private static @Nullable String tier(Viewer viewer) {
    return switch (viewer.selected()) {
      case Viewer.ALL -> null;
      case Viewer.OWN -> PaymentFilter.REPRESENTATIVE;
      default -> viewer.selected();
    };
  }

  /** The key after which the page begins; null for the first. */
  @Nullable PaymentKey after() {
    return trail.isEmpty() ? null : trail.getLast();
  }

  public int page() {
    return trail.size() + 1;
  }

  /** The same list with another filter, from its beginning. */
  public Asked with(PaymentFilter other) {
    return new Asked(other, usual, shop, sort, List.of(), List.of());
  }

  public Asked sorted(Sort other) {
    return new Asked(filter, usual, shop, other, List.of(), List.of());
  }

  /** The query of the first page. */
  public String query() {
    String words = filter.edit().shop(null).filter().query();
    boolean modeSaid = !filter.modes().equals(usual.modes());
    return (modeSaid ? words : words.replaceAll("&mode=[a-z]+", ""))
        + (shop.isEmpty() ? "" : "&shop=" + shop)
        + (sort == Sort.OLDEST ? "&sort=oldest" : "");
  }

  /** The address of the first page. */
  public String path() {
    return PATH + "?" + query();
  }

  public String next(PaymentKey from) {
    List<PaymentKey> longer = new ArrayList<>(trail);
    longer.add(from);
    return at(longer);
  }

  /** Null on the first page. */
  public @Nullable String previous() {
    return trail.isEmpty() ? null : at(trail.subList(0, trail.size() - 1));
  }

  private String at(List<PaymentKey> pages) {
    StringBuilder address = new StringBuilder(path());
    pages.forEach(key -> address.append("&after=").append(key.word()));
    return address.toString();
  }
}
