package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** PGs whose words prove less than they seem to. */
class UnsureAnswersTest {

  private static final World WORLD = World.get();

  /** Refusals of an inquiry as PGs may word them: none tells that there is no such transaction. */
  private static final String REFUSED =
      """
      {"resultCode":"01","detailResultCode":"X1","resultMsg":"조회 권한이 없습니다.",
       "code":"UNAUTHORIZED_KEY","message":"조회 권한이 없습니다.","result":"declined",
       "error_code":-401,"error_message":"조회 권한이 없습니다.",
       "name":"NOT_AUTHORIZED","details":[{"issue":"PERMISSION_DENIED"}],
       "params":{"outStatCd":"0031","outRsltCd":"1901","outRsltMsg":"조회 권한이 없습니다."},"data":{}}
      """;

  static Stream<Arguments> lookups() {
    return World.having(List.of(Lookup.class)).map(pg -> Arguments.of(Named.of(pg.code(), pg)));
  }

  @ParameterizedTest
  @MethodSource("lookups")
  void aRefusedInquiryProvesNothing(Pg<?> pg) throws IOException {
    for (int status : List.of(200, 400, 401, 403)) {
      HttpServer refusing =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      refusing.createContext(
          "/",
          exchange -> {
            byte[] body = REFUSED.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      refusing.start();
      try {
        URI url = URI.create("http://127.0.0.1:" + refusing.getAddress().getPort());
        Order order = WORLD.order(1_000);
        assertThat(lookup(pg, url).find(order, new PgRef("tid"), Map.of("tid", "tid")))
            .as("HTTP " + status)
            .isInstanceOf(Outcome.Unknown.class);
      } finally {
        refusing.stop(0);
      }
    }
  }

  private static <C extends Record> Lookup lookup(Pg<C> pg, URI url) {
    return pg.connect(pg.demo(), WORLD.http(pg, url)).as(Lookup.class).orElseThrow();
  }

  @Test
  void aNoThatNoTableKnowsIsLookedAtAgain() {
    assertThat(Reason.UNLISTED.isDoubtful()).isTrue();
    assertThat(Reason.LIMIT_EXCEEDED.isDoubtful()).isFalse();
  }
}
