package dev.naru.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.contract.Parameter.Where;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every operation of the table refuses what the table says it does not take: each required
 * parameter missing, each limit exceeded, each value that is not allowed, each wrong type; as JSON
 * and as a form; and nothing changes. The shop's own payments are what they are asked about.
 */
@Apart
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {

  private static final JsonMapper JSON = new JsonMapper();

  /** What the table's sample of {@code pg} is. */
  private static final String SAMPLE_PG = "tosspayments";

  private static final String MONEY = "money";

  /** What a request that came through would leave rows in. */
  private static final List<String> TABLES =
      List.of(
          "payment",
          "cancellation",
          "billing_key",
          "prepared",
          "schedule",
          "certification",
          "partner_receipt");

  /** Its own: the rows of all tables are counted. */
  private final Hub hub = Hub.start(Map.of());

  private final Api api = new Api(hub.url());
  private final Map<String, Long> before = new TreeMap<>();
  private final Map<String, String> ids = new LinkedHashMap<>();

  @BeforeAll
  void aPayment() {
    Map<String, Object> card = Api.keyIn(Api.newOrder(), "tosspayments", Api.GOOD_CARD);
    ids.put(
        "imp_uid",
        api.post("/subscribe/payments/onetime", card).response().path("imp_uid").asString());
    Map<String, Object> person =
        Map.of(
            "pg", "danal",
            "name", "김나루",
            "phone", "01055501234",
            "birth", "000229",
            "gender_digit", "4",
            "carrier", "KT");
    ids.put(
        "certification",
        api.post("/certifications/otp/request", person).response().path("imp_uid").asString());
  }

  @AfterAll
  void close() {
    hub.close();
  }

  @BeforeEach
  void whatThereIs() {
    before.putAll(rows());
  }

  @AfterEach
  void nothingHasChanged() {
    assertThat(rows()).isEqualTo(before);
  }

  private Map<String, Long> rows() {
    JdbcClient database = JdbcClient.create(hub.database().dataSource());
    return TABLES.stream()
        .collect(
            Collectors.toMap(
                table -> table,
                table -> database.sql("select count(*) from " + table).query(Long.class).single()));
  }

  /** A request that must be refused. */
  private record Case(String what, Map<String, Object> query, Map<String, Object> body) {}

  static Stream<Operation> operations() {
    return Contract.v1().operations().stream()
        .filter(ServedTest::isServed)
        .filter(operation -> operation.parameters().stream().anyMatch(one -> !isPath(one)));
  }

  private static boolean isPath(Parameter parameter) {
    return parameter.where() == Where.PATH;
  }

  @ParameterizedTest
  @MethodSource("operations")
  void refusesWhatItDoesNotTake(Operation operation) {
    List<String> problems = new ArrayList<>();
    for (Case wrong : cases(operation)) {
      for (boolean form : operation.jsonOnly() ? List.of(false) : List.of(false, true)) {
        Api.Answer answer = send(operation, wrong, form);
        boolean unknown = answer.status() == 404 && namesNothing(operation);
        boolean refused =
            (answer.status() == operation.refusesBy() || unknown) && answer.code() == -1;
        boolean told = answer.message() != null && !answer.message().isBlank();
        if (!refused || !told || !answer.body().path("response").isNull()) {
          problems.add(
              wrong.what() + (form ? " (form): " : ": ") + answer.status() + " " + answer.body());
        }
      }
    }
    assertThat(problems).as(operation.call()).isEmpty();
  }

  /** An id in the path that nothing has: some operations say that first. */
  private boolean namesNothing(Operation operation) {
    return operation.parameters().stream()
        .anyMatch(one -> isPath(one) && !ids.containsKey(idOf(operation, one)));
  }

  private static String idOf(Operation operation, Parameter parameter) {
    return operation.tag().equals("certifications") ? "certification" : parameter.name();
  }

  static Stream<Operation> guarded() {
    return Contract.v1().operations().stream()
        .filter(ServedTest::isServed)
        .filter(operation -> !operation.open());
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void refusesWhoHasNoToken(Operation operation) {
    for (String token : List.of("", "0".repeat(40))) {
      Api.Answer answer =
          api.bare(
              HttpRequest.newBuilder(api.at(operation.path().replaceAll("\\{[^}]*}", "1")))
                  .header("Authorization", token)
                  .header("Content-Type", "application/json")
                  .method(operation.method(), BodyPublishers.ofString("{}")));
      assertThat(answer.status()).as(operation.call()).isEqualTo(401);
      assertThat(answer.code()).isEqualTo(-1);
      assertThat(answer.message()).isEqualTo("Unauthorized");
    }
  }

  private static List<Case> cases(Operation operation) {
    List<Case> cases = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      boolean unread = isUnread(operation, parameter);
      if (isPath(parameter) || parameter.marks().ignored() || unread) {
        continue;
      }
      if (parameter.required() && !parameter.marks().relaxed()) {
        cases.add(wrong(operation, parameter, "no " + parameter.name(), null));
      }
      for (Map.Entry<String, Object> bad : bad(parameter.value()).entrySet()) {
        cases.add(
            wrong(operation, parameter, parameter.name() + " " + bad.getKey(), bad.getValue()));
      }
    }
    return cases;
  }

  /** Whether the PG that the table's samples name does not read it: then nobody judges it. */
  private static boolean isUnread(Operation operation, Parameter parameter) {
    boolean read = parameter.pgs().isEmpty() || parameter.pgs().contains(SAMPLE_PG);
    // Where no account is refunded to, nobody reads whose that would be.
    boolean refund =
        operation.path().equals("/payments/cancel") && parameter.name().startsWith("refund_");
    boolean ofOne = operation.pgs().size() == 1;
    return refund || (!read && !ofOne && !MONEY.equals(parameter.value().format()));
  }

  private static Map<String, Object> bad(Value value) {
    Map<String, Object> bad = new LinkedHashMap<>();
    if (value.limit() != null) {
      bad.put("too long", "1".repeat(value.limit() + 1));
    }
    if (!value.allowed().isEmpty() && !value.lenient()) {
      bad.put("not allowed", "nothing");
    }
    switch (value.type()) {
      case NUMBER, INTEGER -> bad.put("no number", "many");
      case STRING -> {
        // Where a text holds JSON, the JSON itself is as good.
        if (!"json-text".equals(value.format())) {
          bad.put("no text", Map.of("a", 1));
        }
      }
      case BOOLEAN, ARRAY, OBJECT -> {
        // V1's clients send these in many ways; what is wrong with them the operations' own tests
        // say.
      }
    }
    return bad;
  }

  private static Case wrong(
      Operation operation, Parameter changed, String what, @Nullable Object value) {
    Map<String, Object> query = new LinkedHashMap<>();
    Map<String, Object> body = new LinkedHashMap<>();
    for (Parameter parameter : operation.parameters()) {
      Map<String, Object> into = parameter.where() == Where.BODY ? body : query;
      if (!isPath(parameter) && (parameter.required() || parameter.marks().shown())) {
        into.put(parameter.name(), Objects.requireNonNull(parameter.value().sample()));
      }
    }
    body.computeIfPresent("merchant_uid", (name, sample) -> Api.newOrder());
    Map<String, Object> into = changed.where() == Where.BODY ? body : query;
    into.remove(changed.name());
    if (value != null) {
      into.put(changed.name(), value);
    }
    return new Case(what, query, body);
  }

  private Api.Answer send(Operation operation, Case wrong, boolean form) {
    String path = operation.path();
    for (Parameter parameter : operation.parameters()) {
      if (isPath(parameter)) {
        String sample = String.valueOf(parameter.value().sample());
        path =
            path.replace(
                "{" + parameter.name() + "}",
                encode(ids.getOrDefault(idOf(operation, parameter), sample)));
      }
    }
    String query = encoded(wrong.query());
    String type = form ? "application/x-www-form-urlencoded" : "application/json";
    String body = form ? encoded(wrong.body()) : JSON.writeValueAsString(wrong.body());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.at(query.isEmpty() ? path : path + "?" + query))
            .header("Authorization", api.token())
            .header("Content-Type", type);
    boolean bodiless = operation.method().equals("GET") || operation.method().equals("DELETE");
    return api.bare(
        bodiless
            ? request.method(operation.method(), BodyPublishers.noBody())
            : request.method(operation.method(), BodyPublishers.ofString(body)));
  }

  /** PHP's brackets for what is nested. */
  private static String encoded(Map<String, Object> parameters) {
    List<String> pairs = new ArrayList<>();
    parameters.forEach((name, value) -> encode(name, value, pairs));
    return String.join("&", pairs);
  }

  private static void encode(String name, Object value, List<String> pairs) {
    switch (value) {
      case Map<?, ?> map -> map.forEach((key, one) -> encode(name + "[" + key + "]", one, pairs));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          encode(name + "[" + i + "]", list.get(i), pairs);
        }
      }
      default -> pairs.add(encode(name) + "=" + encode(String.valueOf(value)));
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
