package dev.naru.console.audit;

import dev.naru.console.frame.Viewer;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.audit.Audited;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Rows of the audit log as pages show them: what changed, and nothing of what stayed. */
@Component
class AuditRows {

  private final JsonMapper json;

  AuditRows(JsonMapper json) {
    this.json = json;
  }

  /**
   * One value that is another now.
   *
   * @param before null if there was none
   * @param after null if there is none any more
   */
  public record Difference(String name, @Nullable String before, @Nullable String after) {}

  /**
   * A row.
   *
   * @param act in words
   * @param shop whose settings
   */
  public record Row(Audited audited, String act, String shop, List<Difference> differences) {}

  List<Row> of(Viewer viewer, List<Audited> all) {
    return all.stream()
        .map(
            one ->
                new Row(
                    one,
                    viewer.words().of(one.act()),
                    viewer.everyShop().stream()
                        .filter(shop -> shop.id() == one.merchantId())
                        .map(Merchant::name)
                        .findFirst()
                        .orElse(""),
                    differences(one)))
        .toList();
  }

  private List<Difference> differences(Audited one) {
    JsonNode before = read(one.before());
    JsonNode after = read(one.after());
    if (!before.isObject() && !after.isObject()) {
      String was = text(before);
      String is = text(after);
      return was == null && is == null ? List.of() : List.of(new Difference("", was, is));
    }
    Set<String> names = new LinkedHashSet<>(before.propertyNames());
    names.addAll(after.propertyNames());
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      String was = text(before.path(name));
      String is = text(after.path(name));
      if (!Objects.equals(was, is)) {
        differences.add(new Difference(name, was, is));
      }
    }
    return differences;
  }

  private JsonNode read(@Nullable String text) {
    try {
      return text == null ? MissingNode.getInstance() : json.readTree(text);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private static @Nullable String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    return node.isValueNode() ? node.asString() : node.toString();
  }
}
