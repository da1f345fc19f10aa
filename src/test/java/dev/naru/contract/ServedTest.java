package dev.naru.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.contract.Parameter.Where;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table and the server, compared both ways, and every operation called as the table says. */
class ServedTest {

  /** Paths whose operations are described and not served yet. Take out a line when they are. */
  private static final List<String> NOT_YET = List.of();

  /** They only say that something is missing in the path. */
  private static final Set<String> NO_OPERATIONS =
      Set.of("GET /payments/find", "GET /payments/findAll", "GET /payments/status");

  private static final JsonMapper JSON = new JsonMapper();

  private final Api api = new Api(Hub.shared().url());

  static boolean isServed(Operation operation) {
    return NOT_YET.stream().noneMatch(path -> Pattern.matches(path, operation.path()));
  }

  /** Method and path, variables without their names, with the package that serves it. */
  private static Map<String, String> served() {
    Map<String, String> served = new TreeMap<>();
    // The servlet has its mappings from the first request on.
    new Api(Hub.shared().url()).get("/users/pg");
    for (HandlerMapping each :
        Objects.requireNonNull(Hub.shared().bean(DispatcherServlet.class).getHandlerMappings())) {
      if (each instanceof RequestMappingHandlerMapping ours) {
        ours.getHandlerMethods()
            .forEach(
                (mapping, method) ->
                    calls(mapping)
                        .forEach(call -> served.put(call, method.getBeanType().getPackageName())));
      }
    }
    return served;
  }

  private static Stream<String> calls(RequestMappingInfo mapping) {
    return mapping.getPatternValues().stream()
        .flatMap(
            path ->
                mapping.getMethodsCondition().getMethods().stream()
                    .map(method -> method + " " + nameless(path)));
  }

  private static String nameless(String path) {
    return path.replaceAll("\\{[^}]*}", "{}");
  }

  private static Set<String> described(Predicate<Operation> which) {
    Set<String> calls = new TreeSet<>();
    for (Operation operation : Contract.v1().operations()) {
      if (which.test(operation)) {
        calls.add(operation.method() + " " + nameless(operation.path()));
        if (!operation.alsoAt().isEmpty()) {
          calls.add(operation.method() + " " + nameless(operation.alsoAt()));
        }
      }
    }
    return calls;
  }

  @Test
  void whatIsDescribedIsServed() {
    assertThat(served().keySet()).containsAll(described(ServedTest::isServed));
  }

  @Test
  void whatIsServedIsDescribed() {
    Set<String> api = new TreeSet<>();
    served()
        .forEach(
            (call, place) -> {
              if (place.startsWith("dev.naru.api")) {
                api.add(call);
              }
            });
    api.removeAll(NO_OPERATIONS);
    assertThat(described(any -> true)).containsAll(api);
  }

  /** Whoever serves one takes its line out of the list. */
  @Test
  void whatIsSaidToBeMissingIs() {
    Set<String> missing = described(operation -> !isServed(operation));
    missing.retainAll(served().keySet());
    assertThat(missing).isEmpty();
  }

  static Stream<Operation> operations() {
    return Contract.v1().operations().stream().filter(ServedTest::isServed);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void answersAsTheTableSays(Operation operation) {
    check(operation, call(operation, Map.of()));
    check(operation, call(operation, example(operation)));
  }

  private static void check(Operation operation, Api.Answer answer) {
    String place = operation.call() + ": " + answer.body();
    assertThat(operation.statuses()).as(place).contains(answer.status());
    boolean succeeded = answer.status() == 200 && answer.body().path("code").asInt(0) == 0;
    if (!succeeded) {
      assertThat(answer.body().propertyNames()).as(place).contains("code", "message", "response");
      assertThat(answer.message()).as(place).isNotBlank();
    } else {
      assertThat(Conformity.problems(operation, answer.body())).as(place).isEmpty();
    }
  }

  private Api.Answer call(Operation operation, Map<String, Object> body) {
    String path = path(operation);
    if (operation.method().equals("GET")) {
      return api.get(path);
    }
    if (operation.method().equals("DELETE")) {
      return api.delete(path);
    }
    return api.raw(operation.method(), path, "application/json", JSON.writeValueAsString(body));
  }

  /** With the samples of what is required or shown, and order ids that are new. */
  private static String path(Operation operation) {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      String sample = text(parameter);
      if (parameter.where() == Where.PATH) {
        path = path.replace("{" + parameter.name() + "}", encode(sample));
      } else if (parameter.where() == Where.QUERY && isGiven(parameter)) {
        query.add(encode(parameter.name()) + "=" + encode(sample));
      }
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private static boolean isGiven(Parameter parameter) {
    return parameter.required() || parameter.marks().shown();
  }

  private static String text(Parameter parameter) {
    Object sample = parameter.value().sample();
    return String.valueOf(sample instanceof List<?> list ? list.getFirst() : sample);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<String, Object> example(Operation operation) {
    Map<String, Object> body = new LinkedHashMap<>();
    for (Parameter parameter : operation.parameters()) {
      if (parameter.where() == Where.BODY && isGiven(parameter)) {
        Object sample = Objects.requireNonNull(parameter.value().sample());
        body.put(
            parameter.name(), parameter.name().equals("merchant_uid") ? Api.newOrder() : sample);
      }
    }
    body.computeIfPresent("imp_secret", (name, sample) -> Api.SECRET);
    return body;
  }

  @Test
  void aCheckThatFailsSaysWhere() {
    JsonNode wrong =
        JSON.readTree("{\"access_token\":1,\"now\":\"x\",\"expired_at\":null,\"more\":true}");
    assertThat(Conformity.problems("Token", wrong))
        .containsExactlyInAnyOrder(
            "Token.access_token is no STRING: 1",
            "Token.now is no INTEGER: \"x\"",
            "Token.expired_at is null",
            "Token.more is not in Token");
    assertThat(Conformity.problems("Token", JSON.readTree("{}"))).hasSize(3);
    assertThat(Conformity.problems("Token", JSON.readTree("[]"))).hasSize(1);
  }
}
