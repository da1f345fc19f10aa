package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.contract.Contract;
import dev.naru.contract.Operation;
import dev.naru.contract.Operation.Standing;
import dev.naru.contract.Parameter;
import dev.naru.contract.Parameter.Where;
import dev.naru.testing.Api;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every operation of V1, asked as it should be, each time about something new: so that what is odd
 * about a request can be compared with the same request without it.
 */
final class Playbook {

  /** Codes have three places, and two that meet are refused. */
  private static final AtomicInteger TIERS =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(36 * 36 * 36));

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String BOUNDARY = "----naru";

  /** Ids, times and the like, of which two requests never have the same. */
  private static final Pattern VOLATILE =
      Pattern.compile(
          "(?<=\"tier_code\":\")[0-9A-Z]{3}|[A-Za-z0-9]{16,}"
              + "|(?=[A-Za-z0-9_.-]{6})[A-Za-z_.-]*[0-9][A-Za-z0-9_.-]*");

  private final Shop shop;
  private final JsonNode paid;
  private final String customer;
  private final Subjects subjects;

  Playbook(Shop shop) {
    this.shop = shop;
    subjects = new Subjects(shop);
    this.paid = shop.paid(Shop.TOSS);
    this.customer = Plans.customer(shop, Shop.TOSS, Api.GOOD_CARD);
  }

  /** All that V1 has or had. */
  static Stream<Operation> operations() {
    return Contract.v1().operations().stream()
        .filter(operation -> operation.standing() != Standing.OUTSIDE);
  }

  /** A request. {@code path} has its ids, and no query. */
  record Request(
      Operation operation, String path, Map<String, Object> query, Map<String, Object> body) {

    Request with(Parameter parameter, @Nullable Object value) {
      Map<String, Object> moreQuery = new LinkedHashMap<>(query);
      Map<String, Object> moreBody = new LinkedHashMap<>(body);
      (parameter.where() == Where.BODY ? moreBody : moreQuery).put(parameter.name(), value);
      return new Request(operation, path, moreQuery, moreBody);
    }

    Request without(Parameter parameter) {
      Map<String, Object> lessQuery = new LinkedHashMap<>(query);
      Map<String, Object> lessBody = new LinkedHashMap<>(body);
      lessQuery.remove(parameter.name());
      lessBody.remove(parameter.name());
      return new Request(operation, path, lessQuery, lessBody);
    }

    Request body(Map<String, ?> more) {
      Map<String, Object> all = new LinkedHashMap<>(body);
      all.putAll(more);
      return new Request(operation, path, query, all);
    }

    boolean has(Parameter parameter) {
      return (parameter.where() == Where.BODY ? body : query).containsKey(parameter.name());
    }

    String address() {
      return query.isEmpty() ? path : path + "?" + form(query);
    }
  }

  /** How a request's body travels. */
  enum Encoding {
    JSON,
    FORM,
    MULTIPART
  }

  Wire.Got send(Request request) {
    return send(request, Encoding.JSON);
  }

  Wire.Got send(Request request, Encoding encoding) {
    return switch (encoding) {
      case JSON -> raw(request, "application/json", JSON.writeValueAsString(request.body()));
      case FORM -> raw(request, "application/x-www-form-urlencoded", form(request.body()));
      case MULTIPART ->
          raw(request, "multipart/form-data; boundary=" + BOUNDARY, parts(request.body()));
    };
  }

  /** The same with any body at all. */
  Wire.Got raw(Request request, String type, String body) {
    return raw(request.operation().method(), request.address(), type, body);
  }

  Wire.Got raw(String method, String address, String type, String body) {
    return Wire.send(
        method,
        address,
        Map.of("Authorization", shop.api().token(), "Content-Type", type),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** What two answers to the same question have in common. */
  static String common(Wire.Got got) {
    return got.status() + " " + VOLATILE.matcher(got.text()).replaceAll("#");
  }

  static boolean succeeded(Wire.Got got) {
    return got.status() == 200 && got.json().path("code").asInt(0) == 0;
  }

  /** PHP's brackets for what is nested. */
  private static String form(Map<String, Object> parameters) {
    List<String> pairs = new ArrayList<>();
    flat(parameters).forEach((name, value) -> pairs.add(encode(name) + "=" + encode(value)));
    return String.join("&", pairs);
  }

  private static String parts(Map<String, Object> parameters) {
    StringBuilder parts = new StringBuilder();
    flat(parameters)
        .forEach(
            (name, value) ->
                parts.append(
                    "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(BOUNDARY, name, value)));
    return parts + "--" + BOUNDARY + "--\r\n";
  }

  private static Map<String, String> flat(Map<String, Object> parameters) {
    Map<String, String> flat = new LinkedHashMap<>();
    parameters.forEach((name, value) -> flatten(name, value, flat));
    return flat;
  }

  private static void flatten(String name, Object value, Map<String, String> into) {
    switch (value) {
      case Map<?, ?> map -> map.forEach((key, one) -> flatten(name + "[" + key + "]", one, into));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          flatten(name + "[" + i + "]", list.get(i), into);
        }
      }
      default -> into.put(name, String.valueOf(value));
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The operation, asked as it should be, about something of its own. */
  Request request(Operation operation) {
    Map<String, Object> query = new LinkedHashMap<>();
    Map<String, Object> body = new LinkedHashMap<>(body(operation));
    String path = operation.path();
    for (Parameter parameter : operation.parameters()) {
      Object sample = parameter.value().sample();
      if (parameter.where() == Where.QUERY && parameter.required()) {
        query.put(parameter.name(), one(Objects.requireNonNull(sample)));
      }
    }
    for (Map.Entry<String, String> id : ids(operation, body).entrySet()) {
      if (path.contains("{" + id.getKey() + "}")) {
        path = path.replace("{" + id.getKey() + "}", encode(id.getValue()));
      } else {
        for (String name : List.of(id.getKey(), id.getKey() + "[]")) {
          operation.parameters().stream()
              .filter(one -> one.where() == Where.QUERY && one.name().equals(name))
              .forEach(one -> query.put(name, id.getValue()));
        }
      }
    }
    for (Parameter parameter : operation.parameters()) {
      path =
          path.replace(
              "{" + parameter.name() + "}", encode(String.valueOf(parameter.value().sample())));
    }
    return new Request(operation, path, query, body);
  }

  private static Object one(Object sample) {
    return sample instanceof List<?> list ? list.getFirst() : sample;
  }

  /** As {@link Operations} has it, or nothing. */
  private Map<String, Object> body(Operation operation) {
    String pattern = operation.call().replaceAll("\\{[^}]*}", "[^/]+");
    Map<String, Object> good =
        Operations.all(shop, paid.path("imp_uid").asString())
            .filter(known -> known.call().matches(pattern))
            .findFirst()
            .map(BadInputTest.Operation::good)
            .orElse(Map.of());
    Map<String, Object> body = new LinkedHashMap<>(good);
    if (body.isEmpty()) {
      operation.parameters().stream()
          .filter(parameter -> parameter.where() == Where.BODY && parameter.required())
          .forEach(
              parameter ->
                  body.put(parameter.name(), Objects.requireNonNull(parameter.value().sample())));
    }
    body.computeIfPresent("schedules", (name, entries) -> List.of(entry()));
    switch (operation.call()) {
      case "POST /payments/cancel" -> body.put("imp_uid", id(shop.paid(Shop.TOSS)));
      case "POST /subscribe/payments/again", "POST /subscribe/payments/schedule" ->
          body.put("customer_uid", customer);
      case "PUT /payments/prepare" -> {
        body.put("merchant_uid", Api.newOrder());
        done(shop.api().post("/payments/prepare", body));
      }
      case "POST /subscribe/payments/unschedule" -> {
        body.put("customer_uid", customer);
        body.put("merchant_uid", List.of(scheduled()));
      }
      case "POST /certifications/otp/request" ->
          body.putAll(Shop.person(Shop.DANAL, Shop.newPhone()));
      default -> {}
    }
    return body;
  }

  private static Map<String, Object> entry() {
    return Plans.entry(Api.newOrder(), Plans.in(86_400));
  }

  private String scheduled() {
    return Plans.scheduled(shop, customer, Plans.in(86_400));
  }

  private static String id(JsonNode payment) {
    return payment.path("imp_uid").asString();
  }

  private static Api.Answer done(Api.Answer answer) {
    assertThat(answer.code()).as(answer.body().toString()).isZero();
    return answer;
  }

  /** What the path or the query of an operation names. */
  private Map<String, String> ids(Operation operation, Map<String, Object> body) {
    String path = operation.path();
    String method = operation.method();
    if (path.startsWith("/certifications/")) {
      return path.contains("{") ? certification(operation, body) : Map.of();
    }
    if (path.contains("/prepare/{merchant_uid}")) {
      return Map.of("merchant_uid", prepared(path, method));
    }
    if (path.startsWith("/subscribe/payments/schedule/{merchant_uid}")) {
      String order = scheduled();
      if (path.endsWith("/reschedule") || path.endsWith("/retry")) {
        done(
            shop.api()
                .post(
                    "/subscribe/payments/unschedule",
                    Map.of("customer_uid", customer, "merchant_uid", List.of(order))));
      }
      return Map.of("merchant_uid", order);
    }
    if (path.contains("{customer_uid}") || path.equals("/subscribe/customers")) {
      return Map.of("customer_uid", customerOf(path, method));
    }
    if (path.startsWith("/vbanks/{") || path.startsWith("/cvs/{")) {
      return Map.of("imp_uid", id(waiting(path, method)));
    }
    if (path.startsWith("/receipts/external/")) {
      return Map.of("merchant_uid", receipted(method));
    }
    if (path.startsWith("/tiers/")) {
      return Map.of("tier_code", tier(method));
    }
    if (path.startsWith("/kcpquick/members/{member_id}")) {
      return Map.of("member_id", shop.member(Shop.newMember()));
    }
    Map<String, String> ids = new LinkedHashMap<>();
    ids.put("imp_uid", id(paid));
    ids.put("merchant_uid", paid.path("merchant_uid").asString());
    ids.putAll(subjects.of(operation, body));
    return ids;
  }

  private Map<String, String> certification(Operation operation, Map<String, Object> body) {
    Map<String, Object> person = Shop.person(Shop.DANAL, Shop.newPhone());
    Api.Answer asked = done(shop.api().post("/certifications/otp/request", person));
    if (operation.method().equals("POST")) {
      body.put("otp", Shop.code(String.valueOf(person.get("phone"))));
    }
    return Map.of("imp_uid", id(asked.response()));
  }

  private String prepared(String path, String method) {
    String order = Api.newOrder();
    if (path.startsWith("/payments/")) {
      done(shop.api().post("/payments/prepare", Map.of("merchant_uid", order, "amount", 1_000)));
    } else if (method.equals("PUT")) {
      Map<String, Object> good =
          Operations.all(shop, id(paid))
              .filter(known -> known.call().equals("POST /kcpquick/prepare/order"))
              .findFirst()
              .orElseThrow()
              .good();
      done(shop.api().post("/kcpquick/prepare/" + order, good));
    }
    return order;
  }

  private String customerOf(String path, String method) {
    return switch (method) {
      case "POST" -> "customer-" + UUID.randomUUID();
      case "DELETE" ->
          path.startsWith("/kcpquick/")
              ? shop.autopay(shop.member(Shop.newMember()))
              : Plans.customer(shop, Shop.TOSS, Api.GOOD_CARD);
      default -> customer;
    };
  }

  private JsonNode waiting(String path, String method) {
    if (path.startsWith("/cvs")) {
      return done(shop.api().post("/cvs", shop.barcode())).response();
    }
    String pg = method.equals("PUT") ? Bank.SETTLE : Shop.TOSS;
    return done(shop.api().post("/vbanks", Shop.account(pg))).response();
  }

  private String receipted(String method) {
    String order = Api.newOrder();
    if (!method.equals("POST")) {
      Map<String, Object> sale =
          Map.of("identifier", "01024681357", "name", "의자", "amount", 1_000, "pg", Shop.INICIS);
      done(shop.api().post("/receipts/external/" + order, sale));
    }
    return order;
  }

  private String tier(String method) {
    int number = Math.floorMod(TIERS.getAndIncrement(), 36 * 36 * 36);
    String code =
        ("00" + Integer.toString(number, 36))
            .replaceFirst(".*(?=.{3}$)", "")
            .toUpperCase(Locale.ROOT);
    if (!method.equals("POST")) {
      done(shop.api().post("/tiers/" + code, Map.of("tier_name", "Branch")));
    }
    return code;
  }
}
