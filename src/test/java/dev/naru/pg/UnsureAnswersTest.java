package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRef;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PGs whose words prove less than they seem to. */
@Execution(ExecutionMode.CONCURRENT)
class UnsureAnswersTest {

  /** Refusals of an inquiry as PGs may word them: none tells that there is no such transaction. */
  private static final String REFUSED =
      """
      {"resultCode":"01","detailResultCode":"X1","resultMsg":"조회 권한이 없습니다.",
       "code":"UNAUTHORIZED_KEY","message":"조회 권한이 없습니다.","result":"declined",
       "error_code":-401,"error_message":"조회 권한이 없습니다.",
       "name":"NOT_AUTHORIZED","details":[{"issue":"PERMISSION_DENIED"}],
       "params":{"outStatCd":"0031","outRsltCd":"1901","outRsltMsg":"조회 권한이 없습니다."},"data":{}}
      """;

  static Stream<Rig> lookups() {
    return Rig.having(Lookup.class);
  }

  @ParameterizedTest
  @MethodSource("lookups")
  void aRefusedInquiryProvesNothing(Rig rig) {
    try (Answering refusing = new Answering()) {
      Lookup books = rig.at(refusing.url()).as(Lookup.class).orElseThrow();
      for (int status : List.of(200, 400, 401, 403)) {
        refusing.with(status, REFUSED);
        assertThat(books.find(rig.order(1_000), new PgRef("tid"), Map.of("tid", "tid")))
            .as("HTTP " + status)
            .isInstanceOf(Outcome.Unknown.class);
      }
    }
  }
}
