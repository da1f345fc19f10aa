package dev.naru.payment.list;

import dev.naru.kernel.HubClock;
import dev.naru.payment.list.PaymentFilter.Amounts;
import dev.naru.payment.list.PaymentFilter.Basis;
import dev.naru.payment.list.PaymentFilter.Field;
import dev.naru.payment.list.PaymentFilter.Kind;
import dev.naru.payment.list.PaymentFilter.Mode;
import dev.naru.payment.list.PaymentFilter.Preset;
import dev.naru.payment.list.PaymentFilter.Read;
import dev.naru.payment.list.PaymentFilter.Search;
import dev.naru.payment.list.PaymentFilter.Span;
import dev.naru.payment.list.PaymentFilter.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Between a filter and the query of an address. What cannot be read is left out, and told. */
final class FilterQuery {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  /** Of a name, a code or a text that is searched for. */
  private static final int LONGEST = 100;

  /** Of values of one name. */
  private static final int MOST = 50;

  private static final String WORD = "[A-Za-z0-9_.-]{1,60}";

  private final Map<String, List<String>> query;
  private final PaymentFilter standard;
  private final Instant now;
  private final Set<String> ignored = new TreeSet<>();

  FilterQuery(Map<String, List<String>> query, PaymentFilter standard, Instant now) {
    this.query = query;
    this.standard = standard;
    this.now = now;
  }

  Read read() {
    PaymentFilter filter =
        standard
            .edit()
            .span(span())
            .statuses(constants("status", Status.class, standard.statuses()))
            .methods(words("method"))
            .pgs(words("pg"))
            .channel(word("channel"))
            .amount(new Amounts(amount("min"), amount("max")))
            .kinds(constants("kind", Kind.class, standard.kinds()))
            .modes(constants("mode", Mode.class, standard.modes()))
            .shop(word("shop"))
            .search(search())
            .filter();
    return new Read(filter, List.copyOf(ignored));
  }

  private Span span() {
    Basis basis = one("basis", Basis.class).orElse(standard.span().basis());
    Optional<Preset> preset = one("period", Preset.class);
    Instant from = time("from");
    Instant to = time("to");
    if (from == null && to == null) {
      Preset usual = standard.span().preset();
      Preset chosen = preset.orElse(usual == null ? Preset.SIX_MONTHS : usual);
      return Spans.of(basis, chosen, now);
    }
    Span usual = Spans.of(basis, Preset.SIX_MONTHS, to == null ? now : to);
    Instant begin = from == null ? usual.from() : from;
    Instant end = to == null ? usual.to() : to.plus(A_MINUTE);
    if (begin.isBefore(end)) {
      return new Span(basis, null, begin, end);
    }
    ignored.add("to");
    return new Span(basis, null, begin, begin.plus(A_MINUTE));
  }

  private @Nullable Instant time(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      LocalDateTime time = LocalDateTime.parse(text, MINUTE);
      if (time.getYear() >= 2000 && time.getYear() < 2200) {
        return time.atZone(HubClock.SEOUL).toInstant();
      }
    } catch (DateTimeException unreadable) {
      // As if it were not there, and told.
    }
    ignored.add(name);
    return null;
  }

  private @Nullable Long amount(String name) {
    String text = text(name).replace(",", "");
    if (text.matches("\\d{1,13}")) {
      return Long.valueOf(text);
    }
    if (!text.isEmpty()) {
      ignored.add(name);
    }
    return null;
  }

  private @Nullable Search search() {
    String text = text("q");
    if (text.isEmpty()) {
      return null;
    }
    if (text.length() > LONGEST || text.indexOf('\0') >= 0) {
      ignored.add("q");
      return null;
    }
    return new Search(one("in", Field.class).orElse(Field.ALL), text);
  }

  private Set<String> words(String name) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : values(name)) {
      if (word.matches(WORD)) {
        words.add(word);
      } else {
        ignored.add(name);
      }
    }
    return words;
  }

  private @Nullable String word(String name) {
    String text = text(name);
    if (text.matches(WORD)) {
      return text;
    }
    if (!text.isEmpty()) {
      ignored.add(name);
    }
    return null;
  }

  private <E extends Enum<E>> Optional<E> one(String name, Class<E> type) {
    return constants(name, type, Set.of()).stream().findFirst();
  }

  private <E extends Enum<E>> Set<E> constants(String name, Class<E> type, Set<E> otherwise) {
    Set<E> found = new LinkedHashSet<>();
    List<String> values = values(name);
    if (values.contains("all")) {
      return found;
    }
    for (String value : values) {
      Optional<E> constant =
          Arrays.stream(type.getEnumConstants())
              .filter(each -> word(each).equals(value))
              .findFirst();
      constant.ifPresentOrElse(found::add, () -> ignored.add(name));
    }
    return found.isEmpty() ? otherwise : found;
  }

  private String text(String name) {
    List<String> values = values(name);
    return values.isEmpty() ? "" : values.getFirst();
  }

  private List<String> values(String name) {
    List<String> given = query.getOrDefault(name, List.of());
    return given.stream().map(String::strip).filter(v -> !v.isEmpty()).limit(MOST).toList();
  }

  // The other way

  static String written(PaymentFilter filter) {
    List<String> pairs = new ArrayList<>();
    Span span = filter.span();
    add(pairs, "basis", List.of(span.basis()), FilterQuery::word);
    if (span.preset() == null) {
      add(pairs, "from", List.of(span.from()), FilterQuery::minute);
      add(pairs, "to", List.of(span.to().minus(A_MINUTE)), FilterQuery::minute);
    } else {
      add(pairs, "period", List.of(span.preset()), FilterQuery::word);
    }
    add(pairs, "status", sorted(filter.statuses()), FilterQuery::word);
    add(pairs, "method", sorted(filter.methods()), word -> word);
    add(pairs, "pg", sorted(filter.pgs()), word -> word);
    add(pairs, "channel", given(filter.channel()), word -> word);
    add(pairs, "min", given(filter.amount().least()), Object::toString);
    add(pairs, "max", given(filter.amount().most()), Object::toString);
    add(pairs, "kind", sorted(filter.kinds()), FilterQuery::word);
    if (filter.modes().isEmpty()) {
      pairs.add("mode=all");
    }
    add(pairs, "mode", sorted(filter.modes()), FilterQuery::word);
    add(pairs, "shop", given(filter.shop()), word -> word);
    Search search = filter.search();
    if (search != null) {
      add(pairs, "in", List.of(search.field()), FilterQuery::word);
      add(pairs, "q", List.of(search.text()), text -> text);
    }
    return String.join("&", pairs);
  }

  private static <T> void add(
      List<String> pairs, String name, Collection<T> values, Function<? super T, String> text) {
    for (T value : values) {
      pairs.add(name + "=" + URLEncoder.encode(text.apply(value), StandardCharsets.UTF_8));
    }
  }

  private static <T> List<T> given(@Nullable T value) {
    return value == null ? List.of() : List.of(value);
  }

  private static <T extends Comparable<? super T>> List<T> sorted(Collection<T> values) {
    return values.stream().sorted().toList();
  }

  private static String minute(Instant time) {
    return MINUTE.format(LocalDateTime.ofInstant(time, HubClock.SEOUL));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
