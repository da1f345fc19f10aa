package dev.naru.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The whole table. It is read when it is first asked for: a hub that nobody asks never does. */
public final class Contract {

  /** Which PGs of this hub can do something: whoever knows their connectors tells. */
  @FunctionalInterface
  public interface Serving {

    /**
     * By V1's codes, each once, in the order of the hub's list.
     *
     * @param capabilities of which a PG needs one
     */
    List<String> pgs(Set<String> capabilities);
  }

  /** Its files, in the order in which the documentation shows them. */
  private static final List<String> FILES =
      List.of(
          "authenticate",
          "payments",
          "prepare",
          "subscribe",
          "customers",
          "vbanks",
          "certifications",
          "receipts",
          "escrows",
          "cvs",
          "benepia",
          "kcpquick",
          "naver",
          "payco",
          "paymentwall",
          "partners",
          "codes",
          "users",
          "tiers",
          "link",
          "retired");

  private static final class Lazy {
    static final Contract V1 = new ContractReader().read(FILES);
  }

  private final List<Tag> tags;
  private final List<Operation> operations;
  private final Map<String, Model> models;

  private final Map<Integer, Text> statuses;

  Contract(
      List<Tag> tags,
      List<Operation> operations,
      Map<String, Model> models,
      Map<Integer, Text> statuses) {
    this.tags = List.copyOf(tags);
    this.operations = List.copyOf(operations);
    this.models = new LinkedHashMap<>(models);
    this.statuses = Map.copyOf(statuses);
  }

  /** Throws {@link IllegalStateException} naming the place if a file is not well made. */
  public static Contract v1() {
    return Lazy.V1;
  }

  public List<Tag> tags() {
    return tags;
  }

  public List<Operation> operations() {
    return operations;
  }

  public List<Model> models() {
    return List.copyOf(models.values());
  }

  /** What a status means where an operation does not say it better. */
  Text meaning(int status) {
    Text meaning = statuses.get(status);
    if (meaning == null) {
      throw new IllegalArgumentException("no meaning of " + status);
    }
    return meaning;
  }

  /** Throws {@link IllegalArgumentException} for a name that is none. */
  public Model model(String name) {
    Model model = models.get(name);
    if (model == null) {
      throw new IllegalArgumentException("no model " + name);
    }
    return model;
  }
}
