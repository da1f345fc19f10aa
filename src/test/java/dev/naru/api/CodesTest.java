package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code /cards} and {@code /banks}. */
class CodesTest {

  private final Api api = new Api(Hub.shared().url());

  @ParameterizedTest
  @CsvSource({"/cards, 366, 신한카드", "/banks, 088, 신한은행", "/banks, 004, KB국민은행"})
  void listsAndReads(String path, String code, String name) {
    JsonNode all = api.get(path).response();
    assertThat(all.size()).isGreaterThan(10);
    assertThat(all.valueStream().map(one -> one.path("code").asString("")))
        .allMatch(one -> one.matches("[0-9A-Z]{3}"))
        .doesNotHaveDuplicates();
    assertThat(all.valueStream().map(one -> one.path("name").asString(""))).doesNotContain("");
    JsonNode one = api.get(path + "/" + code).response();
    assertThat(one.toString()).isEqualTo("{\"code\":\"%s\",\"name\":\"%s\"}".formatted(code, name));
    assertThat(all.valueStream()).contains(one);
    assertThat(api.get(path + "/").response()).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cards/000", "/cards/x", "/banks/999", "/banks/%EC%8B%A0%ED%95%9C"})
  void doesNotKnowOthers(String path) {
    Wire.refused(api.get(path), 404, -1);
  }

  @Test
  void takesJsonTypeWithoutABody() {
    Api.Answer answer = api.raw("GET", "/cards", "application/json", "");
    assertThat(answer.status()).isEqualTo(200);
  }
}
