package dev.naru.console.payments;

import dev.naru.console.payments.Choices.Choice;
import dev.naru.payment.list.PaymentFilter;
import dev.naru.payment.list.PaymentFilter.Amounts;
import dev.naru.payment.list.PaymentFilter.Draft;
import dev.naru.payment.list.PaymentFilter.Mode;
import dev.naru.payment.list.PaymentFilter.Search;
import dev.naru.payment.list.PaymentFilter.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What of a filter is not as usual: each says so, and how the list is without it. */
final class Chips {

  /**
   * One condition.
   *
   * @param href the list without it
   */
  record Chip(String label, String href) {}

  private final Asked asked;
  private final PaymentFilter usual;
  private final Texts texts;
  private final List<Chip> all = new ArrayList<>();

  private Chips(Asked asked, Texts texts) {
    this.asked = asked;
    usual = asked.usual();
    this.texts = texts;
  }

  /**
   * @param names what the values of PGs and channels are called
   */
  static List<Chip> of(Asked asked, Map<String, List<Choice>> names, Texts texts) {
    Chips chips = new Chips(asked, texts);
    PaymentFilter filter = asked.filter();
    chips.span();
    chips.each("status", filter.statuses(), Draft::statuses);
    chips.words("method", filter.methods(), names, Draft::methods);
    chips.words("pg", filter.pgs(), names, Draft::pgs);
    if (filter.channel() != null) {
      String name = name("channel", filter.channel(), names, filter.channel());
      chips.add(texts.text("chip.channel", name), filter.edit().channel(null));
    }
    chips.amount();
    chips.each("kind", filter.kinds(), Draft::kinds);
    if (!filter.modes().equals(asked.usual().modes())) {
      chips.add(chips.modes(filter.modes()), filter.edit().modes(asked.usual().modes()));
    }
    chips.search();
    return List.copyOf(chips.all);
  }

  private String modes(Set<Mode> modes) {
    return Arrays.stream(Mode.values())
        .filter(mode -> modes.isEmpty() || modes.contains(mode))
        .map(mode -> texts.text("mode." + Choices.word(mode)))
        .collect(Collectors.joining(" + "));
  }

  private void add(String label, Draft without) {
    all.add(new Chip(label, asked.with(without.filter()).path()));
  }

  private void span() {
    PaymentFilter filter = asked.filter();
    Span span = filter.span();
    Span standard = usual.span();
    if (span.preset() == null) {
      String from = texts.minute(span.from());
      String to = texts.minute(span.to().minusSeconds(1));
      Span back = new Span(span.basis(), standard.preset(), standard.from(), standard.to());
      add(from + " ~ " + to, filter.edit().span(back));
    } else if (span.preset() != standard.preset()) {
      Span back = new Span(span.basis(), standard.preset(), standard.from(), standard.to());
      add(texts.text("period." + Choices.word(span.preset())), filter.edit().span(back));
    }
    if (span.basis() != standard.basis()) {
      Span back = new Span(standard.basis(), span.preset(), span.from(), span.to());
      add(texts.text("basis." + Choices.word(span.basis())), filter.edit().span(back));
    }
  }

  private <E extends Enum<E>> void each(
      String name, Set<E> values, BiFunction<Draft, Set<E>, Draft> change) {
    values.stream()
        .sorted()
        .forEach(
            value ->
                add(
                    texts.text(name + "." + Choices.word(value)),
                    change.apply(asked.filter().edit(), without(values, value))));
  }

  private void words(
      String name,
      Set<String> values,
      Map<String, List<Choice>> names,
      BiFunction<Draft, Set<String>, Draft> change) {
    values.stream()
        .sorted()
        .forEach(
            value ->
                add(
                    name(name, value, names, value),
                    change.apply(asked.filter().edit(), without(values, value))));
  }

  private static <T> Set<T> without(Set<T> values, T one) {
    Set<T> rest = new LinkedHashSet<>(values);
    rest.remove(one);
    return rest;
  }

  private static String name(
      String name, String value, Map<String, List<Choice>> names, String otherwise) {
    return names.getOrDefault(name, List.of()).stream()
        .filter(choice -> choice.value().equals(value))
        .map(Choice::label)
        .findFirst()
        .orElse(otherwise);
  }

  private void amount() {
    Amounts amount = asked.filter().amount();
    if (amount.least() != null) {
      add(
          texts.text("chip.min", Choices.number(amount.least())),
          asked.filter().edit().amount(new Amounts(null, amount.most())));
    }
    if (amount.most() != null) {
      add(
          texts.text("chip.max", Choices.number(amount.most())),
          asked.filter().edit().amount(new Amounts(amount.least(), null)));
    }
  }

  private void search() {
    Search search = asked.filter().search();
    if (search != null) {
      String field = texts.text("in." + Choices.word(search.field()));
      add(texts.text("chip.search", field, search.text()), asked.filter().edit().search(null));
    }
  }
}
