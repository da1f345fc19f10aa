package dev.naru.shops.table;

import dev.naru.shops.table.Kind.Choice;
import dev.naru.shops.table.Kind.Depending;
import dev.naru.shops.table.Kind.Field;
import dev.naru.shops.table.Kind.Flag;
import dev.naru.shops.table.Kind.Several;
import dev.naru.shops.table.Kind.Shape;
import dev.naru.shops.table.Kind.Text;
import dev.naru.shops.table.Kind.Whole;
import dev.naru.shops.table.Part.Found;
import dev.naru.shops.text.Problems;
import dev.naru.shops.text.Spot;
import dev.naru.shops.text.Value;
import dev.naru.shops.text.Value.Broken;
import dev.naru.shops.text.Value.Entry;
import dev.naru.shops.text.Value.Items;
import dev.naru.shops.text.Value.Mapping;
import dev.naru.shops.text.Value.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Holds what somebody wrote against the table. Wrong values are reported, and left out. */
public final class Check {

  private static final int SHOWN = 60;
  private static final int DIGITS = 15;

  private final Problems problems;

  public Check(Problems problems) {
    this.problems = problems;
  }

  /** The names and values of a shape that are right; empty if this is no mapping at all. */
  public Optional<Part> shape(Value value, Shape shape) {
    return mapping(value, shape.name()).map(mapping -> part(mapping, shape));
  }

  private Optional<Mapping> mapping(Value value, String name) {
    if (value instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    wrong(value, name + " must be names with values, such as \"name: value\"");
    return Optional.empty();
  }

  private Part part(Mapping mapping, Shape shape) {
    Map<String, Found> found = new LinkedHashMap<>();
    List<String> names = shape.fields().stream().map(Field::name).toList();
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              if (!names.contains(name)) {
                unknown(name, entry, names);
              }
            });
    for (Field field : shape.fields()) {
      Entry entry = mapping.entries().get(field.name());
      if (entry != null) {
        value(entry.value(), field).ifPresent(one -> found.put(field.name(), one));
      } else if (field.required()) {
        problems.add(
            mapping.at(),
            "%s needs \"%s\": %s".formatted(shape.name(), field.name(), field.says()));
      }
    }
    return new Part(mapping.at(), found);
  }

  private void unknown(String name, Entry entry, Collection<String> known) {
    problems.add(
        entry.at(), "unknown key \"%s\"%s".formatted(shown(name), Likely.hint(name, known)));
  }

  private Optional<Found> value(Value value, Field field) {
    return value(value, field.kind(), field.name()).map(it -> new Found(value.at(), it));
  }

  private Optional<Object> value(Value value, Kind kind, String name) {
    return switch (kind) {
      case Text text -> text(value, text, name).map(it -> it);
      case Choice choice -> choice(value, choice, name).map(it -> it);
      case Flag _ -> flag(value, name).map(it -> it);
      case Whole whole -> whole(value, whole, name).map(it -> it);
      case Several several -> several(value, several, name).map(it -> it);
      case Shape shape -> shape(value, shape).map(it -> it);
      case Depending depending -> depending(value, depending).map(it -> it);
    };
  }

  private Optional<Scalar> scalar(Value value, String name, String wanted) {
    if (value instanceof Scalar scalar && !scalar.none()) {
      return Optional.of(scalar);
    }
    wrong(
        value,
        value instanceof Scalar
            ? "\"%s\" has no value: it must be %s".formatted(name, wanted)
            : "\"%s\" must be %s, not a list or a mapping".formatted(name, wanted));
    return Optional.empty();
  }

  private Optional<String> text(Value value, Text kind, String name) {
    String wanted = kind.form().says();
    return scalar(value, name, wanted)
        .filter(
            scalar -> {
              boolean takes = kind.form().takes(scalar.text());
              if (!takes) {
                String not = kind.secret() ? "" : ", not \"" + shown(scalar.told()) + "\"";
                problems.add(scalar.at(), "\"%s\" must be %s%s".formatted(name, wanted, not));
              }
              return takes;
            })
        .map(Scalar::text);
  }

  private Optional<String> choice(Value value, Choice kind, String name) {
    String wanted = String.join(" or ", kind.words());
    Optional<Scalar> scalar = scalar(value, name, wanted);
    if (scalar.isEmpty() || kind.words().contains(scalar.get().text())) {
      return scalar.map(Scalar::text);
    }
    String not = shown(scalar.get().told());
    String hint = Likely.hint(not, kind.words());
    wrong(value, "\"%s\" must be %s, not \"%s\"%s".formatted(name, wanted, not, hint));
    return Optional.empty();
  }

  private Optional<Boolean> flag(Value value, String name) {
    Optional<Scalar> scalar = scalar(value, name, "true or false");
    String text = scalar.map(one -> one.text().toLowerCase(Locale.ROOT)).orElse("");
    if (scalar.isPresent() && !text.equals("true") && !text.equals("false")) {
      String not = shown(scalar.get().told());
      wrong(value, "\"%s\" must be true or false, not \"%s\"".formatted(name, not));
      return Optional.empty();
    }
    return scalar.map(one -> text.equals("true"));
  }

  private Optional<Long> whole(Value value, Whole kind, String name) {
    String wanted = "a whole number from %d to %d".formatted(kind.least(), kind.most());
    Optional<Scalar> scalar = scalar(value, name, wanted);
    // As people write large amounts.
    String digits = scalar.map(one -> one.text().replace("_", "")).orElse("");
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    if (digits.matches("\\d{1," + DIGITS + "}")) {
      long number = Long.parseLong(digits);
      if (number >= kind.least() && number <= kind.most()) {
        return Optional.of(number);
      }
    }
    String not = shown(scalar.get().told());
    wrong(value, "\"%s\" must be %s, not \"%s\"".formatted(name, wanted, not));
    return Optional.empty();
  }

  private Optional<List<Found>> several(Value value, Several kind, String name) {
    if (!(value instanceof Items items)) {
      wrong(value, "\"%s\" must be a list: each of it begins with \"- \"".formatted(name));
      return Optional.empty();
    }
    if (items.all().size() > kind.most()) {
      wrong(value, "\"%s\" has more than %d".formatted(name, kind.most()));
    }
    List<Found> all = new ArrayList<>();
    for (Value item : items.all()) {
      value(item, kind.of(), name).ifPresent(it -> all.add(new Found(item.at(), it)));
    }
    return Optional.of(all);
  }

  private Optional<Part> depending(Value value, Depending kind) {
    Optional<Mapping> mapping = mapping(value, kind.name());
    Optional<Value> by = mapping.flatMap(one -> one.get(kind.by()));
    if (mapping.isPresent() && by.isEmpty()) {
      Spot at = value.at();
      problems.add(at, "%s needs \"%s\": %s".formatted(kind.name(), kind.by(), kind.says()));
    }
    return by.flatMap(one -> scalar(one, kind.by(), kind.says()))
        .flatMap(
            scalar -> {
              Shape shape = kind.shapes().get(scalar.text());
              if (shape == null) {
                String name = shown(scalar.told());
                String hint = Likely.hint(name, kind.shapes().keySet());
                problems.add(scalar.at(), "unknown %s \"%s\"%s".formatted(kind.by(), name, hint));
              }
              return Optional.ofNullable(shape);
            })
        .map(shape -> part(mapping.orElseThrow(), shape));
  }

  private void wrong(Value value, String what) {
    if (!(value instanceof Broken)) {
      problems.add(value.at(), what);
    }
  }

  private static String shown(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}
