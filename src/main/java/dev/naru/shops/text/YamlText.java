package dev.naru.shops.text;

import dev.naru.shops.text.Value.Broken;
import dev.naru.shops.text.Value.Entry;
import dev.naru.shops.text.Value.Items;
import dev.naru.shops.text.Value.Mapping;
import dev.naru.shops.text.Value.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 with the places of everything. Anchors, aliases and {@code <<} are followed,
 * {@code ${NAME}} and {@code ${NAME:-default}} in values come from the environment. What a small
 * file can grow into is bounded.
 */
public final class YamlText {

  /** The largest file, in characters. */
  public static final int LARGEST = 1 << 20;

  private static final int DEEPEST = 20;
  private static final int MOST_NODES = 50_000;
  private static final String MERGE = "<<";

  private final Problems problems;
  private final Environment environment;
  private final Set<Node> above = new HashSet<>();
  private int nodes;

  private YamlText(Problems problems, Function<String, @Nullable String> environment) {
    this.problems = problems;
    this.environment = new Environment(problems, environment);
  }

  /** What the file says; empty if it says nothing, or nothing that can be read. */
  public static Optional<Value> read(
      String text, Function<String, @Nullable String> environment, Problems problems) {
    if (text.length() > LARGEST) {
      problems.add(Spot.START, "is too large: a shop file has no more than 1 MiB");
      return Optional.empty();
    }
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setSchema(new CoreSchema())
              .setAllowRecursiveKeys(false)
              // They are counted where they are used.
              .setMaxAliasesForCollections(MOST_NODES)
              .setCodePointLimit(LARGEST)
              .setUseMarks(true)
              .build();
      Optional<Node> node = new Compose(settings).composeString(text);
      return node.map(root -> new YamlText(problems, environment).value(root, 0));
    } catch (MarkedYamlEngineException wrong) {
      Spot at = wrong.getProblemMark().map(YamlText::spot).orElse(Spot.START);
      // Its message would show the line, and with it what stands there.
      problems.add(at, "is no YAML: " + said(wrong.getProblem()));
    } catch (YamlEngineException | StackOverflowError wrong) {
      problems.add(Spot.START, "is no YAML that can be read");
    }
    return Optional.empty();
  }

  private static String said(@Nullable String problem) {
    return problem == null || problem.isBlank()
        ? "it ends where more must follow"
        : problem.strip();
  }

  private Value value(Node node, int depth) {
    Spot at = spot(node);
    if (depth > DEEPEST || !above.add(node)) {
      problems.add(at, "is nested too deeply");
      return new Broken(at);
    }
    try {
      if (++nodes > MOST_NODES) {
        if (nodes == MOST_NODES + 1) {
          problems.add(at, "is too much: no more than 50,000 values, aliases counted each time");
        }
        return new Broken(at);
      }
      return switch (node) {
        case ScalarNode scalar -> scalar(scalar);
        case SequenceNode items -> items(items, depth);
        case MappingNode mapping -> mapping(mapping, depth);
        default -> new Broken(at);
      };
    } finally {
      above.remove(node);
    }
  }

  private Value scalar(ScalarNode node) {
    Optional<String> filled = environment.filled(node.getValue(), spot(node));
    if (filled.isEmpty()) {
      return new Broken(spot(node));
    }
    boolean none = node.getTag().equals(Tag.NULL);
    return new Scalar(spot(node), filled.get(), node.getValue(), none);
  }

  private Items items(SequenceNode node, int depth) {
    List<Value> all = new ArrayList<>();
    node.getValue().forEach(item -> all.add(value(item, depth + 1)));
    return new Items(spot(node), all);
  }

  private Mapping mapping(MappingNode node, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, Entry> merged = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Spot at = spot(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(at, "a key must be a plain word");
      } else if (key.isPlain() && key.getValue().equals(MERGE)) {
        merge(tuple.getValueNode(), depth, merged);
      } else {
        Value value = value(tuple.getValueNode(), depth + 1);
        if (entries.containsKey(key.getValue())) {
          problems.add(at, "\"%s\" stands here twice".formatted(key.getValue()));
        }
        entries.putIfAbsent(key.getValue(), new Entry(at, value));
      }
    }
    merged.forEach(entries::putIfAbsent);
    return new Mapping(spot(node), entries);
  }

  private void merge(Node from, int depth, Map<String, Entry> into) {
    Value value = value(from, depth + 1);
    List<Value> all = value instanceof Items items ? items.all() : List.of(value);
    for (Value one : all) {
      if (one instanceof Mapping mapping) {
        mapping.entries().forEach(into::putIfAbsent);
      } else {
        problems.add(spot(from), "\"<<\" takes what is a mapping");
      }
    }
  }

  private static Spot spot(Node node) {
    return node.getStartMark().map(YamlText::spot).orElse(Spot.START);
  }

  private static Spot spot(Mark mark) {
    return new Spot(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
