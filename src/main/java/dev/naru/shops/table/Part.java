package dev.naru.shops.table;

import dev.naru.shops.text.Spot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the table has found right: values of the kinds that their names have in it. */
public record Part(Spot at, Map<String, Found> values) {

  /**
   * @param it a String, Boolean, Long, Part, or a list of Founds
   */
  record Found(Spot at, Object it) {}

  /** A text with its place. */
  public record Placed(Spot at, String text) {}

  /** Where a value stands, or else all of this. */
  public Spot at(String name) {
    Found found = values.get(name);
    return found == null ? at : found.at();
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public Optional<String> text(String name) {
    return find(name).map(String.class::cast);
  }

  /** The text of what is required. */
  public String required(String name) {
    return Objects.requireNonNull((String) Objects.requireNonNull(values.get(name)).it());
  }

  public boolean flag(String name) {
    return find(name).map(Boolean.class::cast).orElse(false);
  }

  public boolean flagOr(String name, boolean otherwise) {
    return find(name).map(Boolean.class::cast).orElse(otherwise);
  }

  public Optional<Long> whole(String name) {
    return find(name).map(Long.class::cast);
  }

  public Optional<Part> part(String name) {
    return find(name).map(Part.class::cast);
  }

  public List<Part> parts(String name) {
    return list(name).stream().map(found -> (Part) found.it()).toList();
  }

  public List<Placed> texts(String name) {
    return list(name).stream().map(found -> new Placed(found.at(), (String) found.it())).toList();
  }

  @SuppressWarnings("unchecked")
  private List<Found> list(String name) {
    return find(name).map(list -> (List<Found>) list).orElse(List.of());
  }

  private Optional<Object> find(String name) {
    return Optional.ofNullable(values.get(name)).map(Found::it);
  }
}
