package dev.naru.contract;

import dev.naru.contract.Answer.Shape;
import dev.naru.contract.Operation.Standing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the table's files, {@code contract/*.yaml}. */
final class ContractReader {

  private static final String SHARED = "shared";

  private final ParameterReader parameters;
  private final Map<Integer, Text> statuses = new LinkedHashMap<>();
  private final List<Tag> tags = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, Model> models = new LinkedHashMap<>();

  ContractReader() {
    Keys shared = file(SHARED);
    parameters = new ParameterReader(shared.mapping("parameters"), shared.mapping("groups"));
    shared
        .mapping("statuses")
        .forEach(
            (status, text) ->
                statuses.put(Integer.valueOf(status), new Keys("status " + status, text).both()));
    shared.done();
  }

  Contract read(List<String> files) {
    for (String name : files) {
      Keys file = file(name);
      String tag = file.text("tag");
      tags.add(
          new Tag(
              tag,
              new Keys(name + " title", file.any("title")).both(),
              new Keys(name + " about", file.any("about")).both()));
      file.list("operations").forEach(one -> operations.add(operation(tag, one)));
      file.mapping("models").forEach((model, one) -> models.put(model, model(model, one)));
      file.done();
    }
    return new Contract(tags, operations, models, statuses);
  }

  private Operation operation(String tag, Object mapping) {
    Keys keys = new Keys("an operation of " + tag, mapping);
    String id = keys.text("id");
    String[] call = keys.text("call").split(" ", 2);
    boolean open = keys.flag("public");
    List<Parameter> read = parameters.parameters(id, keys.list("parameters"));
    Object more = keys.any("more");
    Text summary = keys.both();
    Operation operation =
        new Operation(
            id,
            call[0],
            call[1],
            keys.text("alsoAt", ""),
            tag,
            Standing.valueOf(keys.text("standing", "current").toUpperCase(Locale.ROOT)),
            summary,
            more == null ? new Text("", "") : new Keys(id + " more", more).both(),
            open,
            keys.flag("money"),
            keys.list("encodings").equals(List.of("json")),
            keys.texts("atLeastOne"),
            keys.texts("pgs"),
            keys.texts("by"),
            read,
            answer(keys),
            refusals(keys.list("refusals"), id));
    keys.done();
    return operation;
  }

  /** {@code page Payment}, {@code list Customer or SuperBillingKey}, {@code bare ShopChannels}. */
  private static Answer answer(Keys keys) {
    String text = keys.text("answers");
    boolean enveloped = !text.startsWith("bare ");
    String rest = enveloped ? text : text.substring("bare ".length());
    Map<String, String> beside = new LinkedHashMap<>();
    keys.mapping("beside").forEach((name, model) -> beside.put(name, String.valueOf(model)));
    if (rest.equals("none")) {
      return new Answer(Shape.NONE, List.of(), enveloped, beside);
    }
    Shape shape =
        rest.startsWith("list ") ? Shape.LIST : rest.startsWith("page ") ? Shape.PAGE : Shape.ONE;
    String names = shape == Shape.ONE ? rest : rest.substring("list ".length());
    return new Answer(shape, List.of(names.split(" or ", -1)), enveloped, beside);
  }

  /** A status alone means what it means everywhere. */
  private List<Refusal> refusals(List<Object> all, String id) {
    List<Refusal> refusals = new ArrayList<>();
    for (Object one : all) {
      if (one instanceof Integer status) {
        refusals.add(new Refusal(status, status == 207 ? 0 : -1, "", meaning(status)));
      } else {
        Keys keys = new Keys(id + " refusals", one);
        Integer status = keys.whole("status");
        Integer code = keys.whole("code");
        refusals.add(
            new Refusal(
                status == null ? 200 : status,
                code == null ? -1 : code,
                keys.text("text", ""),
                keys.both()));
        keys.done();
      }
    }
    return refusals;
  }

  private Text meaning(int status) {
    Text meaning = statuses.get(status);
    if (meaning == null) {
      throw new IllegalStateException("status " + status + " has no meaning in " + SHARED);
    }
    return meaning;
  }

  private static Model model(String name, @Nullable Object mapping) {
    Keys keys = new Keys(name, mapping);
    List<Field> fields = new ArrayList<>();
    keys.mapping("fields")
        .forEach((field, one) -> fields.add(field(name + "." + field, field, one)));
    Model model = new Model(name, keys.both(), keys.flag("input"), fields);
    keys.done();
    return model;
  }

  private static Field field(String place, String name, @Nullable Object mapping) {
    Keys keys = new Keys(place, mapping);
    keys.flag("relaxed");
    Field field =
        new Field(
            name,
            !keys.flag("sometimes"),
            keys.flag("nullable"),
            keys.flag("beyond"),
            keys.flag("deprecated"),
            ParameterReader.value(keys),
            keys.both());
    keys.done();
    return field;
  }

  private static Keys file(String name) {
    String resource = "/contract/" + name + ".yaml";
    try (InputStream in = ContractReader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing " + resource);
      }
      Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return new Keys(name, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
