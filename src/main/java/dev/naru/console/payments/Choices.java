package dev.naru.console.payments;

import dev.naru.console.frame.Viewer;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.list.PaymentFilter;
import dev.naru.payment.list.PaymentFilter.Basis;
import dev.naru.payment.list.PaymentFilter.Field;
import dev.naru.payment.list.PaymentFilter.Kind;
import dev.naru.payment.list.PaymentFilter.Mode;
import dev.naru.payment.list.PaymentFilter.Preset;
import dev.naru.payment.list.PaymentFilter.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the filter's form offers, and what of it is chosen. */
@Component
class Choices {

  private static final List<String> METHODS =
      List.of(
          "card",
          "trans",
          "vbank",
          "phone",
          "culturegift",
          "cultureland",
          "smartculture",
          "booknlife",
          "point",
          "other");

  private final Channels channels;
  private final PaidBy paidBy;

  Choices(Channels channels, PaidBy paidBy) {
    this.channels = channels;
    this.paidBy = paidBy;
  }

  /**
   * One of several.
   *
   * @param count how many payments there are of it; null where that is not known
   */
  record Choice(String value, String label, boolean chosen, @Nullable String count) {}

  /**
   * All of them, by the name that the query has for them; nothing for what there is no choice of.
   */
  Map<String, List<Choice>> of(PaymentFilter filter, Viewer viewer, Texts texts) {
    Map<String, List<Choice>> all = new LinkedHashMap<>();
    all.put(
        "period",
        constants(Preset.values(), "period", one -> one == filter.span().preset(), texts));
    all.put("basis", constants(Basis.values(), "basis", filter.span().basis()::equals, texts));
    all.put("in", constants(Field.values(), "in", field(filter)::equals, texts));
    all.put("method", METHODS.stream().map(one -> method(one, filter, texts)).toList());
    all.put("pg", pgs(filter, viewer, texts));
    all.put("channel", channels(filter, viewer));
    all.put("kind", constants(Kind.values(), "kind", filter.kinds()::contains, texts));
    all.put(
        "mode",
        viewer.live()
            ? constants(
                Mode.values(),
                "mode",
                mode -> filter.modes().isEmpty() || filter.modes().contains(mode),
                texts)
            : List.of());
    all.put("shop", shops(viewer, texts));
    return all;
  }

  /** Statuses with how many payments there are of each. */
  List<Choice> statuses(PaymentFilter filter, Map<Status, Long> counts, Texts texts) {
    return Arrays.stream(Status.values())
        .map(
            status ->
                new Choice(
                    word(status),
                    texts.text("status." + word(status)),
                    filter.statuses().contains(status),
                    // Those that a PG decides later are counted among the ready.
                    status == Status.PENDING ? null : number(counts.getOrDefault(status, 0L))))
        .toList();
  }

  static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Field field(PaymentFilter filter) {
    return filter.search() == null ? Field.ALL : filter.search().field();
  }

  private static <E extends Enum<E>> List<Choice> constants(
      E[] all, String name, Predicate<? super E> chosen, Texts texts) {
    return Arrays.stream(all)
        .map(
            one ->
                new Choice(word(one), texts.text(name + "." + word(one)), chosen.test(one), null))
        .toList();
  }

  private static Choice method(String method, PaymentFilter filter, Texts texts) {
    return new Choice(
        method, texts.text("method." + method), filter.methods().contains(method), null);
  }

  private List<Choice> pgs(PaymentFilter filter, Viewer viewer, Texts texts) {
    Map<String, String> names = new LinkedHashMap<>();
    mine(viewer)
        .forEach(
            channel -> names.putIfAbsent(channel.pg().provider(), texts.name(channel.pg().name())));
    filter.pgs().forEach(pg -> names.putIfAbsent(pg, paidBy.pg(pg, texts)));
    return names.entrySet().stream()
        .map(pg -> new Choice(pg.getKey(), pg.getValue(), filter.pgs().contains(pg.getKey()), null))
        .toList();
  }

  private List<Choice> channels(PaymentFilter filter, Viewer viewer) {
    Map<String, Choice> all = new LinkedHashMap<>();
    for (Channel channel : mine(viewer)) {
      String label = channel.name() + " (" + channel.mid() + ")";
      all.putIfAbsent(
          channel.key(),
          new Choice(channel.key(), label, channel.key().equals(filter.channel()), null));
    }
    String chosen = filter.channel();
    if (chosen != null) {
      all.putIfAbsent(chosen, new Choice(chosen, chosen, true, null));
    }
    return List.copyOf(all.values());
  }

  private List<Channel> mine(Viewer viewer) {
    return viewer.shops().stream().flatMap(shop -> channels.of(shop.id()).stream()).toList();
  }

  private static List<Choice> shops(Viewer viewer, Texts texts) {
    List<Choice> all = new ArrayList<>();
    if (viewer.hasSubShops()) {
      String selected = viewer.selected();
      all.add(new Choice(Viewer.ALL, texts.text("shop.all"), selected.equals(Viewer.ALL), null));
      all.add(new Choice(Viewer.OWN, viewer.home().name(), selected.equals(Viewer.OWN), null));
      viewer
          .subShops()
          .forEach(
              sub ->
                  all.add(
                      new Choice(
                          String.valueOf(sub.tierCode()),
                          sub.name() + " (" + sub.tierCode() + ")",
                          selected.equals(sub.tierCode()),
                          null)));
    }
    return all;
  }
}
