package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies made to cost much, or to be taken for what they are not, at every kind of door that
 * anybody may knock at: each is answered as ordinary refusals are, for little processor time.
 */
class OddBodiesTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  /** Processor time, not time that passes: a busy machine is no reason to fail. */
  private static final Duration BUDGET = Duration.ofMillis(1_500);

  private static final com.sun.management.OperatingSystemMXBean MACHINE =
      ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);

  private static String many(int count, String between, IntFunction<String> each) {
    return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(between));
  }

  private static Map<String, String> forms() {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("pairs of one object", many(20_000, "&", i -> "a[g" + i + "]="));
    forms.put("values of one list", many(40_000, "&", _ -> "a[]=1"));
    forms.put("one name again and again", many(60_000, "&", _ -> "a=1"));
    forms.put("numbered objects", many(18_000, "&", i -> "a[" + i + "][b]="));
    forms.put("nothing but separators", "&".repeat(250_000));
    forms.put("a name of brackets", "a" + "[b]".repeat(80_000) + "=1");
    forms.put("open brackets", "a" + "[".repeat(250_000) + "=1");
    forms.put("many deep names", many(9_000, "&", i -> "a[b][c][d][e][f" + i + "]=1"));
    forms.put("escapes that are none", "a=" + "%".repeat(250_000));
    return forms;
  }

  private static Map<String, String> jsons() {
    Map<String, String> jsons = new LinkedHashMap<>();
    jsons.put("deep lists", "{\"a\":" + "[".repeat(120_000) + "]".repeat(120_000) + "}");
    jsons.put("deep objects", "{\"a\":".repeat(40_000) + "1" + "}".repeat(40_000));
    jsons.put("many names", "{" + many(25_000, ",", i -> "\"n" + i + "\":0") + "}");
    jsons.put("many values", "{\"a\":[" + many(120_000, ",", _ -> "1") + "]}");
    jsons.put("a number of many digits", "{\"imp_key\":" + "9".repeat(250_000) + "}");
    jsons.put("a fraction of many digits", "{\"amount\":0." + "1".repeat(250_000) + "}");
    for (String number :
        new String[] {
          "1e2147483647",
          "1e2147483648",
          "-1e2147483648",
          "1e-2147483648",
          "1e99999999999",
          "1e-99999999999",
          "1E400"
        }) {
      jsons.put(
          number,
          "{\"imp_key\":N,\"imp_secret\":N,\"amount\":N,\"params\":{\"amount\":N,\"tax_free\":N},\"user_code\":N,\"page\":N,\"status\":N,\"data\":{\"orderId\":N}}"
              .replace("N", number));
    }
    return jsons;
  }

  private static Stream<Arguments> odd() {
    Stream<String> doors =
        Stream.of(
            "/users/getToken",
            "/payments/prepare",
            "/checkout/prepare",
            "/checkout/pay-links",
            "/notices/1/none",
            "/sandbox/clock",
            "/sandbox/hooks/odd",
            "/demo/calls/pay",
            "/no/such/door");
    return doors.flatMap(
        door ->
            Stream.concat(
                forms().keySet().stream().map(odd -> Arguments.of(door, FORM, odd)),
                jsons().keySet().stream().map(odd -> Arguments.of(door, JSON, odd))));
  }

  @ParameterizedTest
  @MethodSource("odd")
  void costLittleAndBreakNothing(String door, String type, String odd) {
    String body = Objects.requireNonNull((type.equals(FORM) ? forms() : jsons()).get(odd));
    Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", type));
    // To start the hub is no part of it.
    assertThat(Hub.shared().url()).isNotNull();
    if (door.equals("/payments/prepare")) {
      headers.put("Authorization", new Api(Hub.shared().url()).token());
    }
    long before = MACHINE.getProcessCpuTime();
    Wire.Got got = Wire.send("POST", door, headers, body.getBytes(StandardCharsets.UTF_8));
    assertThat(Duration.ofNanos(MACHINE.getProcessCpuTime() - before)).isLessThan(BUDGET);
    // Notices answer 500 in the PG's own words, so that it comes again.
    if (!door.startsWith("/notices/")) {
      assertThat(got.status()).as(got.text()).isLessThan(500);
    }
  }
}
