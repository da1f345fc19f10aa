package dev.naru.contract;

import dev.naru.contract.Contract.Serving;
import dev.naru.contract.Operation.Standing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table as an OpenAPI 3.1 document, in one language. */
final class Document {

  static final String JSON = "application/json";
  static final String FORM = "application/x-www-form-urlencoded";
  private static final String TOKEN = "token";

  private final Contract contract;
  private final Schemas schemas;
  private final Requests requests;
  private final Preface preface;

  private Document(Contract contract, Locale language, Serving serving) {
    this.contract = contract;
    this.schemas = new Schemas(language);
    this.requests = new Requests(schemas);
    this.preface = new Preface(language, serving);
  }

  /** A tree of maps, lists, texts, numbers and flags. */
  static Map<String, Object> of(Contract contract, Locale language, Serving serving) {
    return new Document(contract, language, serving).whole();
  }

  private Map<String, Object> whole() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", preface.info());
    // No servers: it is the one the document was fetched from.
    document.put("security", List.of(Map.of(TOKEN, List.of())));
    document.put("tags", contract.tags().stream().map(this::tag).toList());
    document.put("paths", paths());
    document.put("webhooks", webhooks());
    document.put("components", components());
    return document;
  }

  private Map<String, Object> tag(Tag tag) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", tag.name());
    one.put("description", schemas.in(tag.title()) + ". " + schemas.in(tag.about()));
    return one;
  }

  private Map<String, Object> paths() {
    Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    for (Operation operation : contract.operations()) {
      path(paths, operation.path())
          .put(operation.method().toLowerCase(Locale.ROOT), operation(operation));
      if (!operation.alsoAt().isEmpty()) {
        Map<String, Object> shorter = operation(operation);
        shorter.put("operationId", operation.id() + "InAnyState");
        shorter.put("parameters", requests.parameters(operation, operation.alsoAt()));
        path(paths, operation.alsoAt()).put(operation.method().toLowerCase(Locale.ROOT), shorter);
      }
    }
    return new LinkedHashMap<>(paths);
  }

  private static Map<String, Object> path(Map<String, Map<String, Object>> paths, String path) {
    return paths.computeIfAbsent(path, any -> new LinkedHashMap<>());
  }

  private Map<String, Object> operation(Operation operation) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("tags", List.of(operation.tag()));
    one.put("operationId", operation.id());
    one.put("summary", schemas.in(operation.summary()));
    String description = preface.describe(operation);
    if (!description.isEmpty()) {
      one.put("description", description);
    }
    one.put("parameters", requests.parameters(operation, operation.path()));
    if (operation.hasBody()) {
      one.put("requestBody", requests.body(operation));
    }
    one.put("responses", responses(operation));
    if (operation.standing() == Standing.RETIRED) {
      one.put("deprecated", true);
    }
    if (operation.open()) {
      one.put("security", List.of());
    }
    return one;
  }

  private Map<String, Object> responses(Operation operation) {
    Map<String, Object> responses = new LinkedHashMap<>();
    for (int status : operation.statuses()) {
      List<Refusal> refusals =
          operation.refusals().stream().filter(one -> one.status() == status).toList();
      String name = Integer.toString(status);
      if (status == 200 || status == 207) {
        responses.put(name, response(preface.outcome(status, refusals), answer(operation)));
      } else if (refusals.isEmpty()) {
        responses.put(name, Map.of("$ref", "#/components/responses/" + name));
      } else {
        responses.put(name, response(preface.reasons(refusals), Schemas.ref(Schemas.REFUSED)));
      }
    }
    return responses;
  }

  private Map<String, Object> answer(Operation operation) {
    return new Envelopes(schemas).answer(operation.answer());
  }

  private static Map<String, Object> response(String description, Map<String, Object> schema) {
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("description", description);
    response.put("content", Map.of(JSON, Map.of("schema", schema)));
    return response;
  }

  private Map<String, Object> webhooks() {
    Map<String, Object> schema = Schemas.ref("Webhook");
    Map<String, Object> post = new LinkedHashMap<>();
    post.put("operationId", "paymentChanged");
    post.put("summary", preface.webhook().summary());
    post.put("description", preface.webhook().description());
    post.put("security", List.of());
    post.put(
        "requestBody",
        Map.of("content", Map.of(JSON, Map.of("schema", schema), FORM, Map.of("schema", schema))));
    post.put("responses", Map.of("200", Map.of("description", preface.webhook().taken())));
    return Map.of("paymentChanged", Map.of("post", post));
  }

  private Map<String, Object> components() {
    Map<String, Object> responses = new LinkedHashMap<>();
    for (int status : List.of(400, 401, 403, 404, 409, 413, 422, 429)) {
      Map<String, Object> response =
          response(schemas.in(contract.meaning(status)), Schemas.ref(Schemas.REFUSED));
      if (status == 429) {
        response.put("headers", Map.of("Retry-After", Map.of("schema", Map.of("type", "integer"))));
      }
      responses.put(Integer.toString(status), response);
    }
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("schemas", schemas.all(contract));
    components.put("responses", responses);
    components.put(
        "parameters",
        Map.of(
            Requests.TIER, header(Requests.TIER, 3, preface.tier()),
            Requests.KEY, header(Requests.KEY, 255, preface.idempotencyKey())));
    components.put(
        "securitySchemes",
        Map.of(
            TOKEN,
            Map.of(
                "type", "apiKey",
                "in", "header",
                "name", "Authorization",
                "description", preface.token())));
    return components;
  }

  private static Map<String, Object> header(String name, int limit, String description) {
    return Map.of(
        "name",
        name,
        "in",
        "header",
        "required",
        false,
        "description",
        description,
        "schema",
        Map.of("type", "string", "maxLength", limit));
  }
}
